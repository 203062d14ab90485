"""A hash-chained record: every opening and every change at the desk is a line that cannot be taken back.

An altered, removed or reordered line breaks the chain; one cut off at the end breaks the sealed head, whose
seal needs the desk's secret beside the database. Honestly: whoever holds the database and that secret could
write a whole new chain, and whoever restores an old backup brings back an old, whole one. Both show when
the head that `flask audit verify` prints is compared with one that was written down elsewhere.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum import clock
from forum.safeguarding.vault import values
from forum.safeguarding.vault.audit_models import AuditHeadRow, AuditRow
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.verbs import VERBS
from forum.web.forms import settings

START = bytes(32)
PAGE = 500
# Lines stand in the clear and are kept for years: ids and short codes, never words about a case.
_CODE = re.compile(r"[A-Za-z0-9 ._:+-]{0,40}")


@dataclass(frozen=True)
class Line:
    """One line of the record."""

    number: int
    at: datetime
    staff_id: int | None
    staff_name: str
    verb: str
    subject: str
    reason: str


@dataclass(frozen=True)
class Verified:
    """The state of the chain: `broken_at` is the number of the first line that does not fit, or None."""

    count: int
    broken_at: int | None
    head: str


def record(verb: str, subject: str, *, staff_id: int | None, staff_name: str, reason: str = "") -> None:
    """Append a line inside the open transaction; it is committed with what it tells of, or not at all.

    `verb` is one of VERBS, `reason` a short code, `subject` a public id. Raises ValueError for a verb without
    words and for anything that reads like text. Appends wait for each other: on SQLite for the write lock,
    on PostgreSQL for the head's row.
    """
    if verb not in VERBS:
        raise ValueError(f"nobody would know what {verb!r} means: it has no words")
    if not all(_CODE.fullmatch(one) for one in (subject, reason)):
        raise ValueError("the record takes codes and ids only")
    head = vault_db.session.scalar(select(AuditHeadRow).with_for_update())
    if head is None:
        head = AuditHeadRow(id=1, number=0, digest=START, seal=b"")
        vault_db.session.add(head)
    line = Line(head.number + 1, clock.now(), staff_id, staff_name, verb, subject, reason)
    digest = _digest(head.digest, line)
    vault_db.session.add(
        AuditRow(
            number=line.number,
            at=line.at,
            staff_id=staff_id,
            staff_name=staff_name,
            verb=verb,
            subject=subject,
            reason=reason,
            digest=digest,
        )
    )
    head.number, head.digest, head.seal = line.number, digest, _seal(line.number, digest)
    vault_db.session.flush()


def _digest(before: bytes, line: Line) -> bytes:
    told = [
        line.number,
        line.at.isoformat(),
        line.staff_id,
        line.staff_name,
        line.verb,
        line.subject,
        line.reason,
    ]
    return hashlib.sha256(before + json.dumps(told, ensure_ascii=False).encode()).digest()


def _seal(number: int, digest: bytes) -> bytes:
    key = hmac.new(settings().secret_key.encode(), values.get(values.AUDIT_KEY), hashlib.sha256).digest()
    return hmac.new(key, f"{number}:".encode() + digest, hashlib.sha256).digest()


def _line(row: AuditRow) -> Line:
    return Line(row.number, row.at, row.staff_id, row.staff_name, row.verb, row.subject, row.reason)


def verify() -> Verified:
    """Walk the whole chain: from the first line to the last, and compare with the sealed head."""
    digest, expected = START, 1
    for row in _rows():
        line = _line(row)
        digest = _digest(digest, line)
        if line.number != expected or digest != row.digest:
            return Verified(expected - 1, expected, "")
        expected += 1
    head = vault_db.session.scalar(select(AuditHeadRow))
    count = expected - 1
    if head is None:
        return Verified(count, 1 if count else None, "")
    whole = head.number == count and head.digest == digest
    if not whole or not hmac.compare_digest(head.seal, _seal(head.number, head.digest)):
        return Verified(count, count + 1, "")
    return Verified(count, None, digest.hex())


def _rows() -> Iterator[AuditRow]:
    last = 0
    while True:
        rows = vault_db.session.scalars(
            select(AuditRow).where(AuditRow.number > last).order_by(AuditRow.number).limit(PAGE)
        ).all()
        yield from rows
        if len(rows) < PAGE:
            return
        last = rows[-1].number


def lines(
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    staff_id: int | None = None,
    subject: str = "",
    before: int | None = None,
    most: int = 200,
) -> tuple[Line, ...]:
    """The newest lines that fit, the newest first; `before`: only those with a smaller number."""
    if not _CODE.fullmatch(subject):  # nothing of the kind was ever recorded
        return ()
    query = select(AuditRow).order_by(AuditRow.number.desc()).limit(most)
    if before is not None:
        query = query.where(AuditRow.number < before)
    if start:
        query = query.where(AuditRow.at >= start)
    if end:
        query = query.where(AuditRow.at < end)
    if staff_id is not None:
        query = query.where(AuditRow.staff_id == staff_id)
    if subject:
        query = query.where(AuditRow.subject == subject)
    return tuple(_line(row) for row in vault_db.session.scalars(query))
