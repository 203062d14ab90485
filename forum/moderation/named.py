"""Notice and action: somebody is named in a text and asks us. With a clock and a log of its own.

Changes run inside `writing()`."""

from datetime import timedelta

from sqlalchemy import select, update

from forum import clock
from forum.accounts import audit
from forum.accounts.types import Me
from forum.board import moderating
from forum.db import db
from forum.errors import NotFound, Refused
from forum.ids import ALPHABET, LENGTH, new_public_id
from forum.moderation import service
from forum.moderation.models import NoticeRow
from forum.moderation.reading import reading
from forum.moderation.types import Notice, Outcome, Why

KEPT = timedelta(days=30)  # after it is settled the words are erased; the number and the outcome stay


def file(name: str, place: str, what: str, why: str, once: str) -> str:
    """Take in what somebody asks; returns its number. The same form sent twice is one notice."""
    before = db.session.scalar(select(NoticeRow.public_id).where(NoticeRow.once == once))
    if before is not None:
        return before
    moment = clock.now()
    row = NoticeRow(
        public_id=new_public_id(),
        name=name,
        place=place,
        what=what,
        why=why,
        at=moment,
        due_at=moment + timedelta(hours=reading().care.notice_hours),
        thread_id=_thread_in(place),
        once=once,
    )
    db.session.add(row)
    if row.thread_id is not None:
        service.put(row.thread_id, None, Why.NAMED, 1)
    return row.public_id


def _thread_in(place: str) -> str | None:
    """The thread whose address somebody wrote, if there is one."""
    tail = place.split("/threads/", 1)[-1][:LENGTH]
    if len(tail) != LENGTH or any(sign not in ALPHABET for sign in tail):
        return None
    try:
        moderating.subject(tail, None)
    except NotFound:
        return None
    return tail


def open_notice(notice_id: str) -> Notice:
    """Write into the record that somebody reads a notice, and give it. Raises NotFound."""
    row = _row(notice_id)
    audit.record("moderation.notice_open", notice_id)
    return _notice(row)


def settle(notice_id: str, me: Me, outcome: Outcome) -> Notice:
    """Close a notice with its outcome. Raises NotFound, Refused decided."""
    row = _row(notice_id)
    if row.settled_at is not None:
        raise Refused("decided")
    row.settled_at, row.outcome = clock.now(), outcome
    audit.record("moderation.notice_settle", notice_id, reason=outcome)
    return _notice(row)


def forget() -> None:
    """Erase the words of notices that were settled some time ago."""
    db.session.execute(
        update(NoticeRow)
        .where(NoticeRow.settled_at < clock.now() - KEPT, NoticeRow.name != "")
        .values(name="", place="", what="", why="")
    )


def get(notice_id: str) -> Notice:
    """A notice without its words, for the one who has its number. Raises NotFound."""
    return _notice(_row(notice_id), words=False)


def notices() -> tuple[Notice, ...]:
    """All notices without their words: those that wait by their clock, then the settled ones."""
    found = list(db.session.scalars(select(NoticeRow)))
    waiting = sorted((row for row in found if row.settled_at is None), key=lambda row: row.due_at)
    settled = sorted(
        (row for row in found if row.settled_at is not None), key=lambda row: row.at, reverse=True
    )
    return tuple(_notice(row, words=False) for row in (*waiting, *settled))


def waiting_number() -> int:
    """How many notices wait: for the navigation."""
    return len(db.session.scalars(select(NoticeRow.public_id).where(NoticeRow.settled_at.is_(None))).all())


def _row(notice_id: str) -> NoticeRow:
    row = db.session.get(NoticeRow, notice_id) if notice_id.isascii() and notice_id.isalnum() else None
    if row is None:
        raise NotFound(notice_id)
    return row


def _notice(row: NoticeRow, *, words: bool = True) -> Notice:
    return Notice(
        id=row.public_id,
        name=row.name if words else "",
        place=row.place if words else "",
        what=row.what if words else "",
        why=row.why if words else "",
        thread_id=row.thread_id,
        at=row.at,
        due_at=row.due_at,
        settled_at=row.settled_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
    )
