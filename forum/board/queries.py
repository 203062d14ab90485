"""Read the board. Everything here is what anybody may see, unless it says otherwise."""

import base64
import binascii
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, or_, select, true, tuple_

from forum import clock
from forum.board import rows, rules
from forum.board.models import PostRow, ThreadRow, VoiceRow
from forum.board.types import (
    POSTS_PER_PAGE,
    FoundThread,
    Origin,
    Page,
    Post,
    Thread,
    ThreadLine,
    Visibility,
)
from forum.db import db
from forum.errors import NotFound

ANSWER_WINDOW = timedelta(days=90)
ANSWER_GRACE = timedelta(days=1)
ANSWER_LEAST = 5
# A cry for help is not shown to strangers as something to read: texts with these signs stand in no list, no
# search and beside no other worry until a person has looked.
APART = ("self_harm", "immediate_danger")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Show(StrEnum):
    """Which threads a list shows."""

    NEWEST = "newest"
    UNANSWERED = "unanswered"
    SOLVED = "solved"


@dataclass(frozen=True)
class Filters:
    """What threads must be like; None means anything. Ages in months, both ends included."""

    board: str | None = None
    min_age: int | None = None
    max_age: int | None = None
    solved: bool | None = None


@dataclass(frozen=True)
class ThreadList:
    """One page of a list; `next_cursor` is None on the last."""

    lines: tuple[ThreadLine, ...]
    next_cursor: str | None


def get_thread(thread_id: str) -> Thread:
    """A thread that is public, or was withdrawn (then without its texts). Raises NotFound."""
    row = _row(thread_id)
    return rows.thread_of(row, rows.asker_of(row))


def get_post(post_id: str) -> Post:
    """A reply that is public or was withdrawn, in a thread that is. Raises NotFound."""
    row = rows.post(post_id)
    thread_id = rows.thread_id_of(row)
    _row(thread_id)
    if row.visibility not in (Visibility.PUBLIC, Visibility.WITHDRAWN):
        raise NotFound(post_id)
    return rows.post_of(row, thread_id, rows.voice_of(row))


def thread_page(thread_id: str, page: int = 1) -> Page:
    """A thread and one page of its replies, oldest first. Withdrawn replies stand there empty.

    Raises NotFound, also for a page beyond the last. A withdrawn thread shows no replies.
    """
    row = _row(thread_id)
    pages = max(1, -(-row.last_number // POSTS_PER_PAGE))
    thread = rows.thread_of(row, rows.asker_of(row))
    if not 1 <= page <= pages:
        raise NotFound(thread_id)
    if thread.withdrawn:
        return Page(thread, (), 1, 1)
    first = (page - 1) * POSTS_PER_PAGE
    found = db.session.execute(
        select(PostRow, VoiceRow)
        .outerjoin(VoiceRow, VoiceRow.id == PostRow.voice_id)
        .where(
            PostRow.thread_id == row.id,
            PostRow.number > first,
            PostRow.number <= first + POSTS_PER_PAGE,
            PostRow.visibility.in_((Visibility.PUBLIC, Visibility.WITHDRAWN)),
        )
        .order_by(PostRow.number)
    )
    return Page(thread, tuple(rows.post_of(post, thread_id, voice) for post, voice in found), page, pages)


def threads(
    filters: Filters, show: Show = Show.NEWEST, after: str | None = None, limit: int = 20
) -> ThreadList:
    """A page of a list, newest first, from the opaque cursor `after` on. Raises NotFound for a bad cursor."""
    query = _filtered(select(ThreadRow), filters)
    if show is Show.UNANSWERED:
        # What the city prepared waits for nobody.
        query = query.where(ThreadRow.answer_count == 0, ThreadRow.origin != Origin.CITY)
    elif show is Show.SOLVED:
        query = query.where(ThreadRow.solved_at.is_not(None))
    place = tuple_(ThreadRow.listed_at, ThreadRow.public_id)
    if after:
        query = query.where(place < tuple_(*_read_cursor(after)))
    query = query.order_by(ThreadRow.listed_at.desc(), ThreadRow.public_id.desc()).limit(limit + 1)
    found = list(db.session.scalars(query))
    lines = tuple(rows.line_of(row) for row in found[:limit])
    return ThreadList(lines, _cursor(lines[-1]) if len(found) > limit else None)


def newest(limit: int) -> tuple[ThreadLine, ...]:
    """The threads that were opened last."""
    return threads(Filters(), limit=limit).lines


def threads_by_ids(thread_ids: Sequence[str], filters: Filters) -> tuple[FoundThread, ...]:
    """Those of the threads that are public and fit the filters, with their replies, in the given order."""
    query = _filtered(select(ThreadRow), filters).where(ThreadRow.public_id.in_(thread_ids))
    by_id = {row.public_id: row for row in db.session.scalars(query)}
    replies = posts_of(list(by_id.values()), quiet=True)
    return tuple(
        FoundThread(rows.line_of(row), row.title, row.body, replies[row.id])
        for thread_id in thread_ids
        if (row := by_id.get(thread_id)) is not None
    )


def apart(row: type[ThreadRow] | type[PostRow]) -> ColumnElement[bool]:
    """True for a public text with signs of APART that nobody has looked at yet. For this room alone."""
    signs = or_(*(row.rules.contains(category, autoescape=True) for category in APART))
    return and_(row.waits, row.level >= rules.UNREAD_LEVEL, signs)


def posts_of(threads: Sequence[ThreadRow], *, quiet: bool = False) -> dict[int, tuple[Post, ...]]:
    """The public replies of some threads, oldest first, by the row's id. For this room alone.

    quiet: without those that stand apart until a person has looked.
    """
    public_ids = {row.id: row.public_id for row in threads}
    found = db.session.execute(
        select(PostRow, VoiceRow)
        .outerjoin(VoiceRow, VoiceRow.id == PostRow.voice_id)
        .where(PostRow.thread_id.in_(public_ids), PostRow.visibility == Visibility.PUBLIC)
        .where(~apart(PostRow) if quiet else true())
        .order_by(PostRow.thread_id, PostRow.number)
    )
    posts: dict[int, list[Post]] = {row_id: [] for row_id in public_ids}
    for post, voice in found:
        posts[post.thread_id].append(rows.post_of(post, public_ids[post.thread_id], voice))
    return {row_id: tuple(some) for row_id, some in posts.items()}


def answer_time(origins: Iterable[Origin] = (Origin.PARENT,)) -> float | None:
    """Minutes within which half of the threads of the last 90 days had a first reply by somebody else.

    Threads of today count only when answered. None when there are fewer than five threads, or when
    fewer than half of them were answered. A demonstration adds Origin.SAMPLE.
    """
    now = clock.now()
    found = db.session.execute(
        select(ThreadRow.created_at, ThreadRow.first_answer_at).where(
            ThreadRow.visibility == Visibility.PUBLIC,
            ThreadRow.listed_at >= now - ANSWER_WINDOW,
            ThreadRow.origin.in_([str(origin) for origin in origins]),
        )
    )
    waits = [
        (answered - created).total_seconds() / 60 if answered is not None else None
        for created, answered in found
        if answered is not None or created <= now - ANSWER_GRACE
    ]
    return rules.median_wait(waits, ANSWER_LEAST)


def _row(thread_id: str) -> ThreadRow:
    row = db.session.scalar(
        select(ThreadRow).where(
            ThreadRow.public_id == rows.checked(thread_id),
            ThreadRow.visibility.in_((Visibility.PUBLIC, Visibility.WITHDRAWN)),
        )
    )
    if row is None:
        raise NotFound(thread_id)
    return row


def _filtered(query: Select[ThreadRow], filters: Filters) -> Select[ThreadRow]:
    wanted: list[ColumnElement[bool]] = [ThreadRow.visibility == Visibility.PUBLIC, ~apart(ThreadRow)]
    if filters.board is not None:
        wanted.append(ThreadRow.board == filters.board)
    if filters.min_age is not None:
        wanted.append(ThreadRow.child_age_months >= filters.min_age)
    if filters.max_age is not None:
        wanted.append(ThreadRow.child_age_months <= filters.max_age)
    if filters.solved is not None:
        solved = ThreadRow.solved_at.is_not(None)
        wanted.append(solved if filters.solved else ~solved)
    return query.where(*wanted)


def _cursor(line: ThreadLine) -> str:
    micros = (line.listed_at - _EPOCH) // timedelta(microseconds=1)
    return base64.urlsafe_b64encode(f"{micros}.{line.id}".encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        plain = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode("ascii")
        micros, public_id = plain.split(".")
        return _EPOCH + timedelta(microseconds=int(micros)), rows.checked(public_id)
    except (binascii.Error, ValueError, OverflowError):
        raise NotFound("cursor") from None
