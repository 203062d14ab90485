"""What the writer of a text does with it afterwards: rewrite it, take it back, say who may have it.

Changes run inside the caller's `writing()` block. Texts come in masked.
"""

from datetime import datetime

from sqlalchemy import select

from forum.board import changes, events, moderating, rows, rules
from forum.board.models import PostRow, ThreadRow, VoiceRow
from forum.board.types import Found, Post, Thread, Visibility
from forum.db import db
from forum.outbox.service import record

# Whatever comes after such words, a person reads the text before anybody else does.
PERSON_FIRST = ("child_speaking", "suspected_abuse")


def edit_thread(
    thread_id: str,
    author_tag: str,
    *,
    title: str,
    body: str,
    at: datetime,
    found: Found = Found(),  # noqa: B008  (frozen)
    hold: bool = False,
) -> Thread:
    """Let the asker rewrite title and text. Raises NotFound, Refused not_yours or text_gone.

    found: what was read in the new text. hold: a person reads it before it is public.
    """
    row, voice = changes.own_thread(thread_id, author_tag)
    row.title = title or rules.propose_title(body)
    row.body = body
    row.edited_at = at
    changes.changed(row)
    record(events.THREAD_EDITED, subject=row.public_id)
    _show_again(row, None, found, hold=hold)
    return rows.thread_of(row, voice)


def edit_post(
    post_id: str,
    author_tag: str,
    *,
    body: str,
    at: datetime,
    found: Found = Found(),  # noqa: B008  (frozen)
    hold: bool = False,
) -> Post:
    """Let the writer rewrite a reply. Raises NotFound, Refused not_yours, text_gone or thread_gone."""
    thread, row, voice = changes.own_post(post_id, author_tag)
    rules.check_open(thread.visibility)
    row.body = body
    row.edited_at = at
    changes.changed(thread)
    record(events.POST_EDITED, subject=thread.public_id)
    _show_again(thread, row, found, hold=hold)
    return rows.post_of(row, thread.public_id, voice)


def _show_again(thread: ThreadRow, post: PostRow | None, found: Found, *, hold: bool) -> None:
    """Note what was read in the new text, and let those see it who may now."""
    row = post or thread
    after = rules.after_edit(row.visibility, hold=hold, by_words=_held_by_words(row))
    rows.note_found(row, found)
    row.waits = row.waits or rules.must_wait(after, found.level)
    db.session.flush()
    if after != row.visibility:
        show = moderating.hold if after == Visibility.HELD else moderating.publish
        show(thread.public_id, post.public_id if post else None)


def _held_by_words(row: ThreadRow | PostRow) -> bool:
    """True if a text waits for what stands in it and for nothing that anybody decided."""
    held_for = row.level >= rules.HELD_LEVEL or "institution" in row.rules
    return row.waits and held_for and not any(word in row.rules for word in PERSON_FIRST)


def withdraw_thread(thread_id: str, author_tag: str) -> Thread:
    """Erase the asker's text; nobody sees the replies any more, each stays its writer's to withdraw.

    What a person has yet to look at stays readable to them until they have decided.
    Raises NotFound, Refused not_yours or text_gone.
    """
    row, voice = changes.own_thread(thread_id, author_tag)
    _erase_thread(row, keep=True)
    return rows.thread_of(row, voice)


def withdraw_post(post_id: str, author_tag: str) -> Post:
    """Erase a reply's text. Also in a thread that is gone. Raises NotFound, Refused not_yours, text_gone."""
    thread, row, voice = changes.own_post(post_id, author_tag)
    _erase_post(thread, row, voice, keep=True)
    return rows.post_of(row, thread.public_id, voice)


def take_back(thread_id: str, post_id: str | None, author_tag: str) -> None:
    """Erase one's own text that waits and that nobody has seen, and keep it for nobody.

    For its writer who keeps it, or has just handed it to the city. Raises NotFound, Refused not_yours,
    text_gone, or seen_already for one that was public in the meantime.
    """
    if post_id is None:
        row, _ = changes.own_thread(thread_id, author_tag)
        rules.check_held(row.visibility)
        _erase_thread(row, keep=False)
        return
    thread, post, voice = changes.own_post(post_id, author_tag)
    rules.check_held(post.visibility)
    _erase_post(thread, post, voice, keep=False)


def keep_inside(thread_id: str, post_id: str | None, author_tag: str) -> None:
    """Note that the writer said 「だれにも渡さない」. Raises NotFound, Refused not_yours or text_gone."""
    if post_id is None:
        row: ThreadRow | PostRow = changes.own_thread(thread_id, author_tag)[0]
    else:
        row = changes.own_post(post_id, author_tag)[1]
    row.keep_inside = True


def _erase_thread(row: ThreadRow, *, keep: bool) -> None:
    own = select(VoiceRow.id).where(VoiceRow.thread_id == row.id, VoiceRow.asker.is_(True))
    for post in db.session.scalars(select(PostRow).where(PostRow.voice_id.in_(own))):
        _erase(post, row, "", keep=keep)
    _erase(row, row, row.title, keep=keep)
    row.title = ""
    row.child_age_months = row.district = None
    changes.changed(row)
    record(events.THREAD_WITHDRAWN, subject=row.public_id)


def _erase_post(thread: ThreadRow, row: PostRow, voice: VoiceRow, *, keep: bool) -> None:
    if row.visibility == Visibility.PUBLIC:
        thread.reply_count -= 1
        thread.answer_count -= 0 if voice.asker else 1
    _erase(row, thread, "", keep=keep)
    changes.changed(thread)
    record(events.POST_WITHDRAWN, subject=thread.public_id)


def _erase(row: ThreadRow | PostRow, thread: ThreadRow, title: str, *, keep: bool) -> None:
    if row.visibility == Visibility.WITHDRAWN:
        return
    post_id = row.public_id if isinstance(row, PostRow) else None
    if keep and rules.must_be_decided(row.visibility, row.level, waits=row.waits, first=row.first):
        moderating.keep_for_decision(thread.public_id, post_id, title, row.body)
    else:
        rows.forget_found(row)
        row.waits = False
    row.visibility = Visibility.WITHDRAWN
    row.body = ""
