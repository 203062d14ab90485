"""Changes on the board. Each function runs inside the caller's `writing()` block and commits nothing.

Texts come in masked. Every change that a reader could see leaves an event in the outbox.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from forum.board import events, rows, rules
from forum.board.handles import handle_for
from forum.board.models import PostRow, ReactionRow, ThreadRow, VoiceRow
from forum.board.types import NewReply, NewThread, Post, Thread, Visibility
from forum.city.current import current
from forum.db import db
from forum.ids import new_public_id
from forum.outbox.service import record

Row = TypeVar("Row", ThreadRow, PostRow)


def open_thread(new: NewThread) -> Thread:
    """Write a thread; the same form sent twice gives the thread of the first time."""
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
        once=once,
        **rows.found_columns(new.found),
    )
    row, fresh = _add_once(row, lambda: _thread_by_once(once))
    if fresh:
        if new.author_tag is not None:
            _voice(row, new.author_tag, asker=True)
        record(events.THREAD_OPENED, subject=row.public_id)
    return rows.thread_of(row, rows.asker_of(row))


def reply(new: NewReply) -> Post:
    """Add a reply; the same form sent twice gives the reply of the first time.

    Raises NotFound, Refused thread_gone.
    """
    thread = rows.lock_thread(new.thread_id)
    once = digest(new.once)
    before = _post_by_once(once)
    if before is not None:
        return rows.post_of(before, rows.thread_id_of(before), rows.voice_of(before))
    rules.check_open(thread.visibility)
    voice = _voice(thread, new.author_tag) if new.author_tag is not None else None
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
        once=once,
        **rows.found_columns(new.found),
    )
    row, fresh = _add_once(row, lambda: _post_by_once(once))
    if fresh and new.visibility is Visibility.PUBLIC:
        _count_in(thread, new.created_at, by_asker=voice is not None and voice.asker)
    if fresh:
        _changed(thread)
        record(events.POST_ADDED, subject=thread.public_id)
    return rows.post_of(row, rows.thread_id_of(row), rows.voice_of(row))


def _count_in(thread: ThreadRow, at: datetime, *, by_asker: bool) -> None:
    thread.reply_count += 1
    thread.last_activity_at = max(thread.last_activity_at, rules.listed_at(at, thread.sensitive))
    if not by_asker:
        thread.answer_count += 1
        thread.first_answer_at = thread.first_answer_at or at


def edit_thread(thread_id: str, author_tag: str, *, title: str, body: str, at: datetime) -> Thread:
    """Let the asker rewrite title and text. Raises NotFound, Refused not_yours or text_gone."""
    row = rows.lock_thread(thread_id)
    voice = rows.asker_of(row)
    rules.check_own(voice.author_tag if voice else None, author_tag)
    rules.check_there(row.visibility)
    row.title = title or rules.propose_title(body)
    row.body = body
    row.edited_at = at
    _changed(row)
    record(events.THREAD_EDITED, subject=row.public_id)
    return rows.thread_of(row, voice)


def edit_post(post_id: str, author_tag: str, *, body: str, at: datetime) -> Post:
    """Let the writer rewrite a reply. Raises NotFound, Refused not_yours, text_gone or thread_gone."""
    thread, row, voice = _own_post(post_id, author_tag)
    rules.check_open(thread.visibility)
    row.body = body
    row.edited_at = at
    _changed(thread)
    record(events.POST_EDITED, subject=thread.public_id)
    return rows.post_of(row, thread.public_id, voice)


def withdraw_thread(thread_id: str, author_tag: str) -> Thread:
    """Erase the asker's text; nobody sees the replies any more, each stays its writer's to withdraw.

    Raises NotFound, Refused not_yours or text_gone.
    """
    row = rows.lock_thread(thread_id)
    voice = rows.asker_of(row)
    rules.check_own(voice.author_tag if voice else None, author_tag)
    rules.check_there(row.visibility)
    row.visibility = Visibility.WITHDRAWN
    row.title = row.body = ""
    row.child_age_months = row.district = None
    _changed(row)
    own = select(VoiceRow.id).where(VoiceRow.thread_id == row.id, VoiceRow.asker.is_(True))
    db.session.execute(
        update(PostRow).where(PostRow.voice_id.in_(own)).values(body="", visibility=Visibility.WITHDRAWN)
    )
    record(events.THREAD_WITHDRAWN, subject=row.public_id)
    return rows.thread_of(row, voice)


def withdraw_post(post_id: str, author_tag: str) -> Post:
    """Erase a reply's text. Also in a thread that is gone. Raises NotFound, Refused not_yours, text_gone."""
    thread, row, voice = _own_post(post_id, author_tag)
    if row.visibility == Visibility.PUBLIC:
        thread.reply_count -= 1
        thread.answer_count -= 0 if voice.asker else 1
    row.visibility = Visibility.WITHDRAWN
    row.body = ""
    _changed(thread)
    record(events.POST_WITHDRAWN, subject=thread.public_id)
    return rows.post_of(row, thread.public_id, voice)


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
    thread, row = _locked_post(post_id)
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


def _changed(row: ThreadRow) -> None:
    # The tokens were made from the text before; they must not outlive it.
    row.revision += 1
    row.terms = None


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


def _locked_post(post_id: str) -> tuple[ThreadRow, PostRow]:
    row = rows.post(post_id)
    thread = rows.lock_thread(rows.thread_id_of(row))
    db.session.refresh(row)  # it may have changed while the thread was being waited for
    return thread, row


def _own_post(post_id: str, author_tag: str) -> tuple[ThreadRow, PostRow, VoiceRow]:
    thread, row = _locked_post(post_id)
    voice = rows.voice_of(row)
    rules.check_own(voice.author_tag if voice else None, author_tag)
    rules.check_there(row.visibility)
    assert voice is not None
    return thread, row, voice


def _react(kind: str, thread: ThreadRow, post: PostRow | None, mark: str) -> bool:
    if db.session.scalar(select(ReactionRow.id).where(ReactionRow.mark == mark)) is not None:
        return False
    db.session.add(ReactionRow(kind=kind, thread_id=thread.id, post_id=post.id if post else None, mark=mark))
    record(events.REACTION_ADDED, subject=thread.public_id)
    return True
