"""Reads of the vault. What the letterbox may know needs no key; contents stay sealed."""

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import AttachmentRow, CaseRow, MessageRow, ReportRow
from forum.safeguarding.vault.types import ReporterMessage, ReporterView, SealedMessage, SealedReport
from forum.sealing.envelope import Box


def find_report(lookup: bytes) -> ReporterView | None:
    """What a reporter's words find; None for unknown words."""
    report = vault_db.session.scalar(select(ReportRow).where(ReportRow.lookup == lookup))
    if report is None:
        return None
    case = vault_db.session.get_one(CaseRow, report.case_id)
    rows = vault_db.session.scalars(
        select(MessageRow)
        .where(MessageRow.report_id == report.id, MessageRow.direction == "out")
        .order_by(MessageRow.id)
    )
    return ReporterView(
        report_id=report.public_id,
        received_at=report.received_at,
        read_at=report.read_at,
        groups=tuple(case.groups.split()),
        urgent=case.urgent,
        body_digest=hashlib.sha256(report.body).digest(),
        messages=tuple(ReporterMessage(row.at, Box.from_bytes(row.reporter_box or b"")) for row in rows),
    )


def reports_of(case_ids: Sequence[str]) -> tuple[SealedReport, ...]:
    """The sealed reports of these cases (public ids), oldest first."""
    found = vault_db.session.execute(
        select(ReportRow, CaseRow.public_id)
        .join(CaseRow, ReportRow.case_id == CaseRow.id)
        .where(CaseRow.public_id.in_(case_ids))
        .order_by(ReportRow.received_at, ReportRow.id)
    ).all()
    files = _files(row.id for row, _ in found)
    return tuple(_sealed(row, case_id, files.get((row.id, None), ())) for row, case_id in found)


def sealed_report(report_id: str) -> SealedReport | None:
    """One report by its public id."""
    found = vault_db.session.execute(
        select(ReportRow, CaseRow.public_id)
        .join(CaseRow, ReportRow.case_id == CaseRow.id)
        .where(ReportRow.public_id == report_id)
    ).first()
    if found is None:
        return None
    row, case_id = found
    return _sealed(row, case_id, _files([row.id]).get((row.id, None), ()))


def reporter_key(report_id: str) -> bytes | None:
    """The public key to which answers are sealed; None if the reporter cannot come back."""
    return vault_db.session.scalar(select(ReportRow.reporter_key).where(ReportRow.public_id == report_id))


def messages_of(report_id: str) -> tuple[SealedMessage, ...]:
    """Everything said after a report, both ways, oldest first."""
    rows = vault_db.session.scalars(
        select(MessageRow)
        .join(ReportRow, MessageRow.report_id == ReportRow.id)
        .where(ReportRow.public_id == report_id)
        .order_by(MessageRow.id)
    ).all()
    files = _files({row.report_id for row in rows})
    return tuple(
        SealedMessage(
            once=row.once,
            report_id=report_id,
            direction=row.direction,
            at=row.at,
            read_at=row.read_at,
            staff_id=row.staff_id,
            box=Box(row.key_id, row.wrapped_key, row.body),
            files=files.get((row.report_id, row.id), ()),
        )
        for row in rows
    )


def attachment(report_id: str, position: int, message_once: str | None = None) -> bytes | None:
    """The sealed bytes of a file of a report, or of one of its messages."""
    query = (
        select(AttachmentRow.body)
        .join(ReportRow, AttachmentRow.report_id == ReportRow.id)
        .where(ReportRow.public_id == report_id, AttachmentRow.position == position)
    )
    if message_once is None:
        return vault_db.session.scalar(query.where(AttachmentRow.message_id.is_(None)))
    return vault_db.session.scalar(
        query.join(MessageRow, AttachmentRow.message_id == MessageRow.id).where(
            MessageRow.once == message_once
        )
    )


def _files(report_ids: Iterable[int]) -> dict[tuple[int, int | None], tuple[int, ...]]:
    found: dict[tuple[int, int | None], tuple[int, ...]] = {}
    for report_id, message_id, position in vault_db.session.execute(
        select(AttachmentRow.report_id, AttachmentRow.message_id, AttachmentRow.position)
        .where(AttachmentRow.report_id.in_(list(report_ids)))
        .order_by(AttachmentRow.position)
    ):
        key = (report_id, message_id)
        found[key] = (*found.get(key, ()), position)
    return found


def _sealed(row: ReportRow, case_id: str, files: tuple[int, ...]) -> SealedReport:
    return SealedReport(
        id=row.public_id,
        case_id=case_id,
        received_at=row.received_at,
        read_at=row.read_at,
        entrance=row.entrance,
        burst=row.burst,
        can_answer=row.reporter_key is not None,
        key_id=row.key_id,
        wrapped_key=row.wrapped_key,
        body=row.body,
        identity=row.identity,
        files=files,
    )
