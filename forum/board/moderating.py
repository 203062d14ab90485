"""What those who look after the board do to a text, and what they may read of it.

Reads give texts whoever may see them: for the moderators' desk alone. Changes run inside the caller's
`writing()` block; each leaves an event, so that index and pages follow.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from forum.board import events, rows, rules
from forum.board.models import KeptRow, PostRow, ThreadRow, VoiceRow
from forum.board.types import Origin, Subject, Visibility
from forum.city.current import current
from forum.db import db
from forum.errors import NotFound, Refused
from forum.outbox.service import record, touch_content


def subjects(thread_id: str) -> tuple[Subject, ...]:
    """The worry and all its replies, also those that are held, hidden or withdrawn. Raises NotFound."""
    thread = rows.thread_row(thread_id)
    found = db.session.execute(
        select(PostRow, VoiceRow)
        .outerjoin(VoiceRow, VoiceRow.id == PostRow.voice_id)
        .where(PostRow.thread_id == thread.id)
        .order_by(PostRow.number)
    ).all()
    asker = rows.asker_of(thread)
    turns: dict[int, list[int]] = {asker.id: [0]} if asker else {}
    for post, voice in found:
        if voice is not None:
            turns.setdefault(voice.id, []).append(post.number)
    kept = {row.post_id: row for row in db.session.scalars(select(KeptRow).filter_by(thread_id=thread_id))}
    own = [_subject(thread, None, asker, turns, kept.get(""))]
    own.extend(_subject(thread, post, voice, turns, kept.get(post.public_id)) for post, voice in found)
    return tuple(own)


def subject(thread_id: str, post_id: str | None) -> Subject:
    """One text. Raises NotFound."""
    for one in subjects(thread_id):
        if one.post_id == post_id:
            return one
    raise NotFound(post_id or thread_id)


def own_subjects(thread_id: str, author_tag: str | None) -> tuple[Subject, ...]:
    """The texts of one hand in a thread, for its writer. Raises NotFound, Refused not_yours."""
    thread = rows.thread_row(thread_id)
    voices = db.session.scalars(select(VoiceRow).where(VoiceRow.thread_id == thread.id))
    voice = next((one for one in voices if rules.is_own(one.author_tag, author_tag)), None)
    if voice is None:
        raise Refused("not_yours")
    mine = set(db.session.scalars(select(PostRow.public_id).where(PostRow.voice_id == voice.id)))
    return tuple(
        one for one in subjects(thread_id) if one.post_id in mine or (one.post_id is None and voice.asker)
    )


def _subject(
    thread: ThreadRow,
    post: PostRow | None,
    voice: VoiceRow | None,
    turns: dict[int, list[int]],
    kept: KeptRow | None,
) -> Subject:
    row = post or thread
    return Subject(
        thread_id=thread.public_id,
        post_id=post.public_id if post else None,
        number=post.number if post else 0,
        title=kept.title if kept else thread.title,
        body=kept.body if kept else row.body,
        kept=kept is not None,
        board=thread.board,
        origin=Origin(row.origin),
        visibility=Visibility(row.visibility),
        thread_visibility=Visibility(thread.visibility),
        created_at=row.created_at,
        edited_at=row.edited_at,
        locked=thread.locked_at is not None,
        handle=voice.handle if voice else None,
        turns=tuple(turns.get(voice.id, ())) if voice else (),
        found=rows.found_of(row),
    )


def waits(thread_id: str, post_id: str | None = None) -> bool:
    """True if a person has yet to look at the text; withdrawing it then keeps it until they have."""
    row = _row(thread_id, post_id)[1]
    return row.waits or row.visibility == Visibility.HELD


def set_waiting(thread_id: str, post_id: str | None, waiting: bool) -> None:
    """Note that a person has yet to look at the text, or has."""
    row = _row(thread_id, post_id)[1]
    if row.waits and not waiting:
        touch_content()  # what stood apart from lists and searches until now stands in them again
    row.waits = waiting


def keep_for_decision(thread_id: str, post_id: str | None, title: str, body: str) -> None:
    """Keep a text that its writer withdraws, for the one who has yet to look at it. For this room alone."""
    db.session.merge(KeptRow(thread_id=thread_id, post_id=post_id or "", title=title, body=body))


def let_go(thread_id: str, post_id: str | None) -> bool:
    """Erase a withdrawn text that was kept for a decision, and what was read in it; True if it is gone."""
    row = _row(thread_id, post_id)[1]
    gone = row.visibility == Visibility.WITHDRAWN
    if gone:
        rows.forget_found(row)
    db.session.execute(delete(KeptRow).filter_by(thread_id=thread_id, post_id=post_id or ""))
    return gone


def publish(thread_id: str, post_id: str | None) -> None:
    """Let everybody see the text. Raises NotFound, Refused text_gone."""
    _show(thread_id, post_id, Visibility.PUBLIC)


def hide(thread_id: str, post_id: str | None) -> None:
    """Let nobody see the text but its writer. Raises NotFound, Refused text_gone."""
    _show(thread_id, post_id, Visibility.HIDDEN)


def hold(thread_id: str, post_id: str | None) -> None:
    """Let nobody see the text until a person has looked. Raises NotFound, Refused text_gone."""
    _show(thread_id, post_id, Visibility.HELD)


def replace_text(thread_id: str, post_id: str | None, body: str, *, at: datetime | None = None) -> None:
    """Put another text in the place of one; its title is proposed anew. Raises NotFound, Refused text_gone.

    at: when its writer did so; None when staff did.
    """
    thread, row = _row(thread_id, post_id, lock=True)
    rules.check_there(row.visibility)
    row.body = body
    if isinstance(row, ThreadRow):
        row.title = rules.propose_title(body)
    if at is not None:
        row.edited_at = at
    _changed(thread)


def mask_span(thread_id: str, post_id: str | None, words: str, instead: str) -> int:
    """Put `instead` in every place where `words` stand in text and title; returns how many.

    Raises NotFound, Refused text_gone, or words_not_there.
    """
    thread, row = _row(thread_id, post_id, lock=True)
    rules.check_there(row.visibility)
    places = row.body.count(words)
    row.body = row.body.replace(words, instead)
    if isinstance(row, ThreadRow):
        places += row.title.count(words)
        row.title = row.title.replace(words, instead)
    if not words or not places:
        raise Refused("words_not_there")
    _changed(thread)
    return places


def move_board(thread_id: str, board: str) -> None:
    """Put a thread on another board of the city. Raises NotFound, Refused no_such_board."""
    known = {one.id: one for one in current().boards}
    if board not in known:
        raise Refused("no_such_board")
    row = rows.lock_thread(thread_id)
    row.board, row.sensitive = board, known[board].sensitive
    row.listed_at = rules.listed_at(row.created_at, row.sensitive)
    row.last_activity_at = rules.listed_at(row.last_activity_at, row.sensitive)
    _changed(row)


def lock(thread_id: str, at: datetime | None) -> None:
    """Take no more replies from `at` on; None opens the thread again. Raises NotFound."""
    row = rows.lock_thread(thread_id)
    row.locked_at = at
    _changed(row)


def attach_card(thread_id: str, post_id: str | None, card: str) -> None:
    """Put the official source `card` beside the text. Raises NotFound."""
    thread, row = _row(thread_id, post_id, lock=True)
    row.cards = " ".join(dict.fromkeys((*row.cards.split(), card)))
    _changed(thread)


def remove_for_good(thread_id: str, post_id: str | None) -> None:
    """Erase a text; of a worry also the asker's replies. Raises NotFound."""
    thread, row = _row(thread_id, post_id, lock=True)
    row.visibility, row.body, row.waits = Visibility.WITHDRAWN, "", False
    rows.forget_found(row)
    if isinstance(row, ThreadRow):
        row.title = ""
        row.child_age_months = row.district = None
        own = select(VoiceRow.id).where(VoiceRow.thread_id == row.id, VoiceRow.asker.is_(True))
        db.session.execute(
            update(PostRow).where(PostRow.voice_id.in_(own)).values(body="", visibility=Visibility.WITHDRAWN)
        )
        db.session.execute(delete(KeptRow).filter_by(thread_id=thread_id))
    let_go(thread_id, post_id)
    _count(thread)
    _changed(thread)


def _show(thread_id: str, post_id: str | None, visibility: Visibility) -> None:
    thread, row = _row(thread_id, post_id, lock=True)
    rules.check_there(row.visibility)
    if row.visibility == visibility:
        return
    row.visibility = visibility
    db.session.flush()
    if isinstance(row, PostRow):
        _count(thread)
    _changed(thread)


def _row(thread_id: str, post_id: str | None, *, lock: bool = False) -> tuple[ThreadRow, ThreadRow | PostRow]:
    thread = rows.thread_row(thread_id, lock=lock)
    if post_id is None:
        return thread, thread
    row = rows.post(post_id)
    if row.thread_id != thread.id:
        raise NotFound(post_id)
    if lock:
        db.session.refresh(row)
    return thread, row


def _count(thread: ThreadRow) -> None:
    """Count anew what can be seen; what was held never counted, what is hidden counts no more."""
    db.session.flush()
    asked = select(VoiceRow.id).where(VoiceRow.thread_id == thread.id, VoiceRow.asker.is_(True))
    seen = (PostRow.thread_id == thread.id, PostRow.visibility == Visibility.PUBLIC)
    by_others = (*seen, PostRow.voice_id.is_(None) | PostRow.voice_id.not_in(asked))
    thread.reply_count = _number(seen)
    thread.answer_count = _number(by_others)
    first, last = db.session.execute(
        select(func.min(PostRow.created_at), func.max(PostRow.created_at)).where(*by_others)
    ).one()
    thread.first_answer_at = thread.first_answer_at or first
    if last is not None:
        thread.last_activity_at = max(thread.last_activity_at, rules.listed_at(last, thread.sensitive))


def _number(conditions: Sequence[object]) -> int:
    return db.session.scalar(select(func.count(PostRow.id)).where(*conditions)) or 0  # type: ignore[arg-type]


def _changed(thread: ThreadRow) -> None:
    # The tokens were made from the text before; they must not outlive it.
    thread.revision += 1
    thread.terms = None
    record(events.TEXT_MODERATED, subject=thread.public_id)
