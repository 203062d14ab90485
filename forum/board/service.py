"""Changes on the board. Each function runs inside the caller's `writing()` block and commits nothing.

Texts come in masked. Every change that a reader could see leaves an event in the outbox.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from forum.board import changes, events, rows, rules
from forum.board.handles import handle_for
from forum.board.models import PostRow, ReactionRow, ThreadRow, VoiceRow
from forum.board.rewriting import (
    edit_post,
    edit_thread,
    keep_inside,
    take_back,
    withdraw_post,
    withdraw_thread,
)
from forum.board.types import NewReply, NewThread, Post, Thread, Visibility
from forum.city.current import current
from forum.db import db
from forum.ids import new_public_id
from forum.outbox.service import record

# What writers do with their own texts stands in rewriting.
__all__ = [
    "digest",
    "edit_post",
    "edit_thread",
    "helped",
    "keep_inside",
    "keep_terms",
    "me_too",
    "open_thread",
    "reply",
    "solve",
    "take_back",
    "withdraw_post",
    "withdraw_thread",
]

Row = TypeVar("Row", ThreadRow, PostRow)


def open_thread(new: NewThread, *, closed: bool = False) -> Thread:
    """Write a thread; the same form sent twice gives the thread of the first time.

    closed: only the city may answer it (a child asks).
    """
    once = digest(new.once)
    sensitive = any(b.id == new.board and b.sensitive for b in current().boards)
    listed_at = rules.listed_at(new.created_at, sensitive)
    row = ThreadRow(
        public_id=new.public_id,
        title=new.title or rules.propose_title(new.body),
        body=new.body,
        board=new.board,
        child_age_months=new.child_age_months,
        district=new.district,
        origin=new.origin,
        visibility=new.visibility,
        sensitive=sensitive,
        created_at=new.created_at,
        listed_at=listed_at,
        last_activity_at=listed_at,
        locked_at=new.created_at if closed else None,
        waits=rules.must_wait(new.visibility, new.found.level),
        once=once,
        **rows.found_columns(new.found),
    )
    row, fresh = _add_once(row, lambda: _thread_by_once(once))
    if fresh:
        if new.author_tag is not None:
            _voice(row, new.author_tag, asker=True)
        record(events.THREAD_OPENED, subject=row.public_id)
    return rows.thread_of(row, rows.asker_of(row))


def reply(new: NewReply, *, badge: str = "") -> Post:
    """Add a reply; the same form sent twice gives the reply of the first time.

    badge: as what somebody of the city answers (「保健師」), in place of a name.
    Raises NotFound, Refused thread_gone or thread_locked.
    """
    thread = rows.lock_thread(new.thread_id)
    once = digest(new.once)
    before = _post_by_once(once)
    if before is not None:
        return rows.post_of(before, rows.thread_id_of(before), rows.voice_of(before))
    rules.check_open(thread.visibility)
    rules.check_unlocked(thread.locked_at is not None, new.origin)
    voice = _voice_of_city(thread, badge) if badge else _voice_of(thread, new.author_tag)
    thread.last_number += 1
    row = PostRow(
        public_id=new_public_id(),
        thread_id=thread.id,
        voice_id=voice.id if voice else None,
        number=thread.last_number,
        kind=new.kind,
        body=new.body,
        origin=new.origin,
        visibility=new.visibility,
        created_at=new.created_at,
        waits=rules.must_wait(new.visibility, new.found.level),
        once=once,
        **rows.found_columns(new.found),
    )
    row, fresh = _add_once(row, lambda: _post_by_once(once))
    if fresh and new.visibility is Visibility.PUBLIC:
        _count_in(thread, new.created_at, by_asker=voice is not None and voice.asker)
    if fresh:
        changes.changed(thread)
        record(events.POST_ADDED, subject=thread.public_id)
    return rows.post_of(row, rows.thread_id_of(row), rows.voice_of(row))


def _count_in(thread: ThreadRow, at: datetime, *, by_asker: bool) -> None:
    thread.reply_count += 1
    thread.last_activity_at = max(thread.last_activity_at, rules.listed_at(at, thread.sensitive))
    if not by_asker:
        thread.answer_count += 1
        thread.first_answer_at = thread.first_answer_at or at


def solve(thread_id: str, author_tag: str, *, at: datetime, solved: bool = True) -> Thread:
    """Let the asker say that it is solved, or not after all.

    Raises NotFound, Refused not_yours or thread_gone.
    """
    row = rows.lock_thread(thread_id)
    voice = rows.asker_of(row)
    rules.check_own(voice.author_tag if voice else None, author_tag)
    rules.check_open(row.visibility)
    if solved != (row.solved_at is not None):
        row.solved_at = at if solved else None
        record(events.THREAD_SOLVED, subject=row.public_id)
    return rows.thread_of(row, voice)


def me_too(thread_id: str, author_tag: str, mark: str) -> Thread:
    """Count one 「私も」; a second press of the same hand changes nothing.

    Raises NotFound, Refused thread_gone or own_text.
    """
    row = rows.lock_thread(thread_id)
    voice = rows.asker_of(row)
    rules.check_open(row.visibility)
    rules.check_not_own(voice.author_tag if voice else None, author_tag)
    if _react("me_too", row, None, mark):
        row.me_too_count += 1
    return rows.thread_of(row, voice)


def helped(post_id: str, author_tag: str, mark: str) -> Post:
    """Count one 「助かった」; a second press of the same hand changes nothing.

    Raises NotFound, Refused thread_gone, text_gone or own_text.
    """
    thread, row = changes.locked_post(post_id)
    voice = rows.voice_of(row)
    rules.check_open(thread.visibility)
    rules.check_there(row.visibility)
    rules.check_not_own(voice.author_tag if voice else None, author_tag)
    if _react("helped", thread, row, mark):
        row.helped_count += 1
    return rows.post_of(row, thread.public_id, voice)


def keep_terms(thread_id: str, revision: int, terms: str) -> bool:
    """Keep the tokens of a thread's whole text beside it, unless it changed meanwhile; True if kept."""
    kept = db.session.execute(
        update(ThreadRow)
        .where(
            ThreadRow.public_id == thread_id,
            ThreadRow.revision == revision,
            ThreadRow.visibility == Visibility.PUBLIC,
        )
        .values(terms=terms)
    )
    return bool(kept.rowcount)  # type: ignore[attr-defined]


def digest(once: str | None) -> str | None:
    """What is kept of a form's key.

    Only this: nothing else that hangs on the key can be found from the database.
    """
    return hashlib.sha256(once.encode()).hexdigest() if once else None


def _add_once(row: Row, find: Callable[[], Row | None]) -> tuple[Row, bool]:
    """Add a row with a `once` key, or give the row that has it; True if it was added."""
    if row.once is not None and (before := find()) is not None:
        return before, False
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        # On a server two requests may come here together; the second one reads what the first wrote.
        if row.once is None or (before := find()) is None:
            raise
        return before, False
    return row, True


def _thread_by_once(once: str | None) -> ThreadRow | None:
    return db.session.scalar(select(ThreadRow).where(ThreadRow.once == once)) if once else None


def _post_by_once(once: str | None) -> PostRow | None:
    return db.session.scalar(select(PostRow).where(PostRow.once == once)) if once else None


def _voice(thread: ThreadRow, author_tag: str, *, asker: bool = False) -> VoiceRow:
    found = db.session.scalar(
        select(VoiceRow).where(VoiceRow.thread_id == thread.id, VoiceRow.author_tag == author_tag)
    )
    if found is not None:
        return found
    taken = set(db.session.scalars(select(VoiceRow.handle).where(VoiceRow.thread_id == thread.id)))
    row = VoiceRow(
        thread_id=thread.id, author_tag=author_tag, handle=handle_for(author_tag, taken), asker=asker
    )
    db.session.add(row)
    db.session.flush()
    return row


def _voice_of(thread: ThreadRow, author_tag: str | None) -> VoiceRow | None:
    return _voice(thread, author_tag) if author_tag is not None else None


def _voice_of_city(thread: ThreadRow, badge: str) -> VoiceRow:
    """The voice of an office: no hand can make its tag, and everybody who holds the badge shares it."""
    tag = hashlib.sha256(f"city:{badge}".encode()).hexdigest()
    found = db.session.scalar(
        select(VoiceRow).where(VoiceRow.thread_id == thread.id, VoiceRow.author_tag == tag)
    )
    if found is None:
        found = VoiceRow(thread_id=thread.id, author_tag=tag, handle=badge, asker=False)
        db.session.add(found)
        db.session.flush()
    return found


def _react(kind: str, thread: ThreadRow, post: PostRow | None, mark: str) -> bool:
    if db.session.scalar(select(ReactionRow.id).where(ReactionRow.mark == mark)) is not None:
        return False
    db.session.add(ReactionRow(kind=kind, thread_id=thread.id, post_id=post.id if post else None, mark=mark))
    record(events.REACTION_ADDED, subject=thread.public_id)
    return True
