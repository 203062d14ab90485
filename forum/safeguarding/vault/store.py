"""What the letterbox and the desk write. Callers seal first, then open `writing()` around these."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from forum import clock, ids
from forum.errors import NotFound, Refused
from forum.safeguarding.policy import GROUP_IDS, Policy
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import (
    AttachmentRow,
    CaseRow,
    DeskKeyRow,
    MessageRow,
    ReportRow,
    VaultOutboxRow,
)
from forum.safeguarding.vault.sealed import PreparedMessage, PreparedReport
from forum.safeguarding.vault.types import Kept
from forum.sealing.envelope import DeskKey

ENTRANCES = ("neighbour", "professional", "child", "self", "telephone", "letter", "counter", "forum")


def record(name: str, subject: str) -> None:
    """Promise, inside the open transaction, that the worker hears of it. Never text."""
    moment = clock.now()
    vault_db.session.add(VaultOutboxRow(name=name, subject=subject, recorded_at=moment, due_at=moment))


def desk_key() -> DeskKey:
    """The key to seal to. Raises Refused("no_desk_key") where the desk was never set up."""
    row = vault_db.session.scalar(
        select(DeskKeyRow)
        .where(DeskKeyRow.retired_at.is_(None))
        .order_by(DeskKeyRow.made_at.desc(), DeskKeyRow.id)
        .limit(1)
    )
    if row is None:
        raise Refused("no_desk_key")
    return DeskKey(row.id, row.public_key)


def put_report(
    prepared: PreparedReport,
    policy: Policy,
    *,
    entrance: str,
    groups: Sequence[str],
    urgent: bool,
    once: str,
    burst: int = 0,
    at: datetime | None = None,
) -> Kept:
    """Store a report and open its case; the same ticket again gives what was stored before.

    The clock runs from `at`: now, or when a telephone call began.
    """
    before = vault_db.session.scalar(select(ReportRow).where(ReportRow.once == once))
    if before is not None:
        return _kept(before)
    chosen = [one for one in GROUP_IDS if one in groups]
    if not chosen or entrance not in ENTRANCES:
        raise ValueError("a report needs a known entrance and somebody who receives it")
    moment = at or clock.now()
    training = vault_db.session.get_one(DeskKeyRow, prepared.key_id).training
    case = CaseRow(
        public_id=ids.new_public_id(),
        groups=" ".join(chosen),
        urgent=urgent,
        opened_at=moment,
        clock_started_at=moment,
        due_at=policy.due_at(moment, chosen, urgent),
        training=training,
    )
    vault_db.session.add(case)
    vault_db.session.flush()
    report = _report_row(prepared, case, moment, entrance, burst, once)
    vault_db.session.add(report)
    vault_db.session.flush()
    _add_files(report.id, None, prepared.files)
    record("ReportArrived", case.public_id)
    return Kept(report.public_id, case.public_id, moment, case.due_at)


def _report_row(
    prepared: PreparedReport, case: CaseRow, moment: datetime, entrance: str, burst: int, once: str
) -> ReportRow:
    return ReportRow(
        public_id=prepared.report_id,
        case_id=case.id,
        received_at=moment,
        entrance=entrance,
        burst=burst,
        once=once,
        lookup=prepared.lookup,
        reporter_key=prepared.reporter_key,
        key_id=prepared.key_id,
        wrapped_key=prepared.wrapped_key,
        body=prepared.body,
        identity=prepared.identity,
    )


def _kept(report: ReportRow) -> Kept:
    case = vault_db.session.get_one(CaseRow, report.case_id)
    return Kept(report.public_id, case.public_id, report.received_at, case.due_at)


def _add_files(report_id: int, message_id: int | None, files: Sequence[bytes]) -> None:
    for position, body in enumerate(files):
        vault_db.session.add(
            AttachmentRow(report_id=report_id, message_id=message_id, position=position, body=body)
        )


def report_row(report_id: str) -> ReportRow:
    """The row of a report. Raises NotFound."""
    row = vault_db.session.scalar(select(ReportRow).where(ReportRow.public_id == report_id))
    if row is None:
        raise NotFound
    return row


def add_message_in(report_id: str, prepared: PreparedMessage, at: datetime | None = None) -> None:
    """Store what a reporter added or answered; the same ticket again changes nothing."""
    _add_message(report_id, prepared, "in", None, at)


def add_message_out(
    report_id: str, prepared: PreparedMessage, staff_id: int | None, at: datetime | None = None
) -> None:
    """Store an answer of the desk; the same ticket again changes nothing."""
    _add_message(report_id, prepared, "out", staff_id, at)


def _add_message(
    report_id: str,
    prepared: PreparedMessage,
    direction: str,
    staff_id: int | None,
    at: datetime | None,
) -> None:
    report = report_row(report_id)
    if vault_db.session.scalar(select(MessageRow.id).where(MessageRow.once == prepared.once)) is not None:
        return
    message = MessageRow(
        report_id=report.id,
        direction=direction,
        at=at or clock.now(),
        once=prepared.once,
        key_id=prepared.box.key_id,
        wrapped_key=prepared.box.wrapped_key,
        body=prepared.box.body,
        reporter_box=prepared.reporter_box,
        staff_id=staff_id,
    )
    vault_db.session.add(message)
    vault_db.session.flush()
    _add_files(report.id, message.id, prepared.files)
    if direction == "in":
        case = vault_db.session.get_one(CaseRow, report.case_id)
        case.version += 1
        record("ReporterWrote", case.public_id)


def mark_read(report_id: str) -> None:
    """Note the first opening of a report, and of its case, by a person."""
    report = report_row(report_id)
    case = vault_db.session.get_one(CaseRow, report.case_id)
    moment = clock.now()
    if report.read_at is None:
        report.read_at = moment
    if case.first_read_at is None:
        case.first_read_at = moment
        case.status = "open" if case.status == "new" else case.status
        case.version += 1


def mark_message_read(once: str) -> None:
    """Note the first opening of a reporter's message. Raises NotFound."""
    row = vault_db.session.scalar(select(MessageRow).where(MessageRow.once == once))
    if row is None:
        raise NotFound
    if row.read_at is None:
        row.read_at = clock.now()
