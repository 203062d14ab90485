"""From rows to values, and the few ways by which a row is found. Private to this room."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from forum.board import rules
from forum.board.models import PostRow, ThreadRow, VoiceRow
from forum.board.types import Found, Kind, Origin, Post, Thread, ThreadLine, Visibility
from forum.db import db
from forum.errors import NotFound


def line_of(row: ThreadRow) -> ThreadLine:
    """A thread as a line of a list."""
    return ThreadLine(
        id=row.public_id,
        title=row.title,
        extract=rules.extract(row.title, row.body),
        board=row.board,
        child_age_months=row.child_age_months,
        district=row.district,
        origin=Origin(row.origin),
        listed_at=row.listed_at,
        last_activity_at=row.last_activity_at,
        solved=row.solved_at is not None,
        reply_count=row.reply_count,
        answer_count=row.answer_count,
        me_too_count=row.me_too_count,
    )


def thread_of(row: ThreadRow, asker: VoiceRow | None) -> Thread:
    """A whole thread; `asker` is the voice that opened it."""
    return Thread(
        id=row.public_id,
        title=row.title,
        extract=rules.extract(row.title, row.body),
        board=row.board,
        child_age_months=row.child_age_months,
        district=row.district,
        origin=Origin(row.origin),
        listed_at=row.listed_at,
        last_activity_at=row.last_activity_at,
        solved=row.solved_at is not None,
        reply_count=row.reply_count,
        answer_count=row.answer_count,
        me_too_count=row.me_too_count,
        body=row.body,
        visibility=Visibility(row.visibility),
        created_at=row.created_at,
        edited_at=row.edited_at,
        handle=asker.handle if asker else None,
        revision=row.revision,
        locked=row.locked_at is not None,
        cards=tuple(row.cards.split()),
    )


def post_of(row: PostRow, thread_id: str, voice: VoiceRow | None) -> Post:
    """A reply of the thread with that public id."""
    return Post(
        id=row.public_id,
        thread_id=thread_id,
        number=row.number,
        kind=Kind(row.kind),
        body=row.body,
        origin=Origin(row.origin),
        visibility=Visibility(row.visibility),
        created_at=row.created_at,
        edited_at=row.edited_at,
        helped_count=row.helped_count,
        handle=voice.handle if voice else None,
        by_asker=voice is not None and voice.asker,
        cards=tuple(row.cards.split()),
    )


def found_columns(found: Found) -> dict[str, Any]:
    """What was read in a text, as columns of its row."""
    return {
        "level": found.level,
        "rules": " ".join(found.rules),
        "cards": " ".join(found.cards),
        "keep_inside": found.keep_inside,
        "first": found.first,
    }


def note_found(row: ThreadRow | PostRow, found: Found) -> None:
    """Keep what was read in the new text of a row; what its writer asked for stays asked."""
    keep_inside, first = row.keep_inside or found.keep_inside, row.first
    for name, value in found_columns(replace(found, keep_inside=keep_inside, first=first)).items():
        setattr(row, name, value)


def forget_found(row: ThreadRow | PostRow) -> None:
    """Erase what was read in a text that is gone."""
    for name, value in found_columns(Found()).items():
        setattr(row, name, value)


def found_of(row: ThreadRow | PostRow) -> Found:
    """What was read in the text of a row."""
    return Found(row.level, tuple(row.rules.split()), tuple(row.cards.split()), row.keep_inside, row.first)


def checked(public_id: str) -> str:
    """An id as it came in an address; raises NotFound if it cannot be one (a server refuses NUL)."""
    if not (public_id.isascii() and public_id.isalnum()):
        raise NotFound("id")
    return public_id


def thread_row(public_id: str, *, lock: bool = False) -> ThreadRow:
    """The row of a thread, whoever may see it. Raises NotFound."""
    query = select(ThreadRow).where(ThreadRow.public_id == checked(public_id))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = db.session.scalar(query)
    if row is None:
        raise NotFound(public_id)
    return row


def lock_thread(public_id: str) -> ThreadRow:
    """The row of a thread for a change; changes of one thread come one after the other. Raises NotFound."""
    return thread_row(public_id, lock=True)


def post(public_id: str) -> PostRow:
    """The row of a reply. Raises NotFound."""
    row = db.session.scalar(select(PostRow).where(PostRow.public_id == checked(public_id)))
    if row is None:
        raise NotFound(public_id)
    return row


def thread_id_of(row: PostRow) -> str:
    """The public id of the thread in which a reply stands."""
    return db.session.scalars(select(ThreadRow.public_id).where(ThreadRow.id == row.thread_id)).one()


def asker_of(row: ThreadRow) -> VoiceRow | None:
    """The voice that opened a thread; None for what the city prepared."""
    return db.session.scalar(select(VoiceRow).where(VoiceRow.thread_id == row.id, VoiceRow.asker.is_(True)))


def voice_of(row: PostRow) -> VoiceRow | None:
    """The voice that wrote a reply."""
    return db.session.get(VoiceRow, row.voice_id) if row.voice_id is not None else None
