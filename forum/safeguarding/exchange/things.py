"""What each side tells the other: rows of the vault as plain values, and back. Sealed fields stay sealed."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from forum.safeguarding.exchange.bundle import digest_of, packed, some, unpacked
from forum.safeguarding.exchange.models import AcknowledgedRow
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault import store
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import AttachmentRow, CaseRow, DeskKeyRow, MessageRow, ReportRow
from forum.safeguarding.vault.sealed import PreparedMessage, PreparedReport
from forum.sealing.envelope import Box

Thing = dict[str, Any]
LETTERBOX, DESK = "letterbox", "desk"


def of_letterbox(most: int) -> Iterator[tuple[str, Thing]]:
    """Reports and what reporters added, as far as the desk does not have them; none of them ever changes."""
    rows = vault_db.session.execute(
        select(ReportRow, CaseRow)
        .join(CaseRow, ReportRow.case_id == CaseRow.id)
        .where(_lacking("report:", ReportRow.public_id))
        .order_by(ReportRow.id)
        .limit(most)
    )
    for report, case in rows:
        yield f"report:{report.public_id}", _report(report, case)
    for message in _messages("in", most):
        yield f"in:{message.once}", _message(message)


def of_desk(most: int) -> Iterator[tuple[str, Thing]]:
    """The desk's keys, the readings, and its answers, as far as the letterbox does not have them."""
    for key in vault_db.session.scalars(select(DeskKeyRow)):
        thing: Thing = {
            "public_key": packed(key.public_key),
            "training": key.training,
            "made_at": key.made_at.isoformat(),
            "retired_at": key.retired_at.isoformat() if key.retired_at else None,
        }
        known = vault_db.session.get(AcknowledgedRow, f"key:{key.id}")
        if known is None or known.digest != digest_of(thing):
            yield f"key:{key.id}", thing
    for report in vault_db.session.scalars(
        select(ReportRow)
        .where(ReportRow.read_at.is_not(None), _lacking("read:", ReportRow.public_id))
        .limit(most)
    ):
        assert report.read_at is not None
        yield f"read:{report.public_id}", {"read_at": report.read_at.isoformat()}
    for message in _messages("out", most):
        yield f"out:{message.once}", _message(message)


def _messages(direction: str, most: int) -> Iterator[MessageRow]:
    kind = "in:" if direction == "in" else "out:"
    yield from vault_db.session.scalars(
        select(MessageRow)
        .where(MessageRow.direction == direction, _lacking(kind, MessageRow.once))
        .order_by(MessageRow.id)
        .limit(most)
    )


def _lacking(kind: str, column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return ~select(AcknowledgedRow.name).where(AcknowledgedRow.name == literal(kind) + column).exists()


OF: Mapping[str, Callable[[int], Iterator[tuple[str, Thing]]]] = {LETTERBOX: of_letterbox, DESK: of_desk}


def take(name: str, thing: Thing, policy: Policy) -> None:
    """Store one thing of the other side, inside the open transaction; again and again if need be."""
    kind, _, key = name.partition(":")
    _TAKERS[kind](key, thing, policy)


def _report(report: ReportRow, case: CaseRow) -> Thing:
    return {
        "received_at": report.received_at.isoformat(),
        "entrance": report.entrance,
        "groups": case.groups,
        "urgent": case.urgent,
        "burst": report.burst,
        "once": report.once,
        "reporter_key": packed(report.reporter_key),
        "key_id": report.key_id,
        "wrapped_key": packed(report.wrapped_key),
        "body": packed(report.body),
        "identity": packed(report.identity),
        "files": _files(report.id, None),
    }


def _take_report(public_id: str, thing: Thing, policy: Policy) -> None:
    prepared = PreparedReport(
        report_id=public_id,
        key_id=thing["key_id"],
        wrapped_key=some(thing["wrapped_key"]),
        body=some(thing["body"]),
        identity=unpacked(thing["identity"]),
        files=tuple(some(one) for one in thing["files"]),
        lookup=None,  # by this the letterbox finds it again; the desk has no use for it
        reporter_key=unpacked(thing["reporter_key"]),
    )
    store.put_report(
        prepared,
        policy,
        entrance=thing["entrance"],
        groups=thing["groups"].split(),
        urgent=thing["urgent"],
        burst=thing["burst"],
        once=thing["once"],
        at=datetime.fromisoformat(thing["received_at"]),
    )


def _message(message: MessageRow) -> Thing:
    report = vault_db.session.get_one(ReportRow, message.report_id)
    return {
        "report": report.public_id,
        "at": message.at.isoformat(),
        "key_id": message.key_id,
        "wrapped_key": packed(message.wrapped_key),
        "body": packed(message.body),
        "reporter_box": packed(message.reporter_box),
        "files": _files(message.report_id, message.id),
    }


def _take_in(once: str, thing: Thing, policy: Policy) -> None:
    store.add_message_in(thing["report"], _prepared(once, thing), datetime.fromisoformat(thing["at"]))


def _take_out(once: str, thing: Thing, policy: Policy) -> None:
    store.add_message_out(thing["report"], _prepared(once, thing), None, datetime.fromisoformat(thing["at"]))


def _prepared(once: str, thing: Thing) -> PreparedMessage:
    box = Box(thing["key_id"], some(thing["wrapped_key"]), some(thing["body"]))
    files = tuple(some(one) for one in thing["files"])
    return PreparedMessage(once, box, files, unpacked(thing["reporter_box"]))


def _files(report_id: int, message_id: int | None) -> list[str | None]:
    rows = vault_db.session.scalars(
        select(AttachmentRow.body)
        .where(AttachmentRow.report_id == report_id, AttachmentRow.message_id == message_id)
        .order_by(AttachmentRow.position)
    )
    return [packed(body) for body in rows]


def _take_read(public_id: str, thing: Thing, policy: Policy) -> None:
    report = store.report_row(public_id)
    if report.read_at is None:
        report.read_at = datetime.fromisoformat(thing["read_at"])


def _take_key(key_id: str, thing: Thing, policy: Policy) -> None:
    row = vault_db.session.get(DeskKeyRow, key_id)
    if row is None:
        row = DeskKeyRow(
            id=key_id,
            public_key=some(thing["public_key"]),
            training=thing["training"],
            made_at=datetime.fromisoformat(thing["made_at"]),
        )
        vault_db.session.add(row)
    row.retired_at = datetime.fromisoformat(thing["retired_at"]) if thing["retired_at"] else None
    vault_db.session.flush()


_TAKERS: Mapping[str, Callable[[str, Thing, Policy], None]] = {
    "report": _take_report,
    "in": _take_in,
    "out": _take_out,
    "read": _take_read,
    "key": _take_key,
}
