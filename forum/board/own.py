"""What one hand wrote, found by trying its secret against the tags; nothing is stored.

For the writer's own uncached pages: threads and replies that are hidden or held are in it, too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from forum import clock
from forum.board import rows, rules
from forum.board.models import PostRow, ThreadRow, VoiceRow
from forum.board.types import Post, Thread, Visibility
from forum.db import db

TagOf = Callable[[str], str]

OWN_WINDOW = timedelta(days=400)
OWN_MOST = 50_000  # threads that are tried, the most recent first
_BATCH = 2_000


@dataclass(frozen=True)
class OwnThread:
    """A thread in which the hand wrote. `news`: public replies by others since its own last word there."""

    thread: Thread
    opened: bool
    posts: tuple[Post, ...]
    news: tuple[Post, ...]


def own_threads(tag_of: TagOf) -> tuple[OwnThread, ...]:
    """Threads opened or answered by the hand whose `tag_of(thread id)` is given, most recent first.

    Looks at threads with activity in the last 400 days.
    """
    voices = _own_voices(tag_of)
    own = [_own_thread(row, voices[row.id]) for row in _rows_by_activity(list(voices))]
    return tuple(own)


def _own_voices(tag_of: TagOf) -> dict[int, VoiceRow]:
    recent = db.session.execute(
        select(ThreadRow.id, ThreadRow.public_id)
        .where(ThreadRow.last_activity_at >= clock.now() - OWN_WINDOW)
        .order_by(ThreadRow.last_activity_at.desc())
        .limit(OWN_MOST)
    ).all()
    found: dict[int, VoiceRow] = {}
    for start in range(0, len(recent), _BATCH):
        some = recent[start : start + _BATCH]
        tags = {row_id: tag_of(public_id) for row_id, public_id in some}
        for voice in db.session.scalars(select(VoiceRow).where(VoiceRow.author_tag.in_(tags.values()))):
            if rules.is_own(voice.author_tag, tags.get(voice.thread_id)):
                found[voice.thread_id] = voice
    return found


def _rows_by_activity(row_ids: list[int]) -> list[ThreadRow]:
    return list(
        db.session.scalars(
            select(ThreadRow)
            .where(ThreadRow.id.in_(row_ids))
            .order_by(ThreadRow.last_activity_at.desc(), ThreadRow.public_id)
        )
    )


def _own_thread(row: ThreadRow, voice: VoiceRow) -> OwnThread:
    asker = voice if voice.asker else rows.asker_of(row)
    thread = rows.thread_of(row, asker)
    found = db.session.execute(
        select(PostRow, VoiceRow)
        .outerjoin(VoiceRow, VoiceRow.id == PostRow.voice_id)
        .where(PostRow.thread_id == row.id)
        .order_by(PostRow.number)
    ).all()
    posts = tuple(rows.post_of(p, row.public_id, v) for p, v in found if v is not None and v.id == voice.id)
    last = max((post.number for post in posts), default=0)
    news = tuple(
        rows.post_of(post, row.public_id, other)
        for post, other in found
        if post.number > last
        and post.visibility == Visibility.PUBLIC
        and (other is None or other.id != voice.id)
    )
    # A thread that cannot be read has no news; its replies went with it.
    readable = row.visibility == Visibility.PUBLIC
    return OwnThread(thread, voice.asker, posts, news if readable else ())


def own_thread(thread_id: str, author_tag: str | None) -> Thread:
    """The thread for its asker. Raises NotFound, Refused not_yours or text_gone."""
    row = rows.thread_row(thread_id)
    asker = rows.asker_of(row)
    rules.check_own(asker.author_tag if asker else None, author_tag)
    rules.check_there(row.visibility)
    return rows.thread_of(row, asker)


def own_post(post_id: str, tag_of: Callable[[str], str | None]) -> Post:
    """The reply for its writer. Raises NotFound, Refused not_yours or text_gone."""
    row = rows.post(post_id)
    thread_id = rows.thread_id_of(row)
    voice = rows.voice_of(row)
    rules.check_own(voice.author_tag if voice else None, tag_of(thread_id))
    rules.check_there(row.visibility)
    return rows.post_of(row, thread_id, voice)
