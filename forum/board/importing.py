"""Threads that no visitor wrote: the city's seeds and the samples of a demonstration.

They go the same way as any thread, keep their origin for ever, and are written once by their key.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from forum.board import service
from forum.board.models import PostRow, ThreadRow
from forum.board.types import Kind, NewReply, NewThread, Origin, Thread
from forum.db import db
from forum.ids import new_public_id


@dataclass(frozen=True, kw_only=True)
class EntryReply:
    """A reply of an entry. Replies with the same `voice` have the same name; "asker" is the asker."""

    kind: Kind
    body: str
    created_at: datetime
    voice: str
    helped: int = 0


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A thread to write. `key` names it for ever; replies stand in the order of their time."""

    key: str
    origin: Origin
    title: str
    body: str
    board: str | None
    created_at: datetime
    child_age_months: int | None = None
    district: str | None = None
    replies: tuple[EntryReply, ...] = ()
    me_too: int = 0
    solved_at: datetime | None = None


def missing(entries: Sequence[Entry]) -> list[Entry]:
    """Those of the entries that were never written; one that was withdrawn since is not missing."""
    known: set[str | None] = set()
    keys = [_once(entry) for entry in entries]
    for start in range(0, len(keys), 500):
        some = [service.digest(key) for key in keys[start : start + 500]]
        known.update(db.session.scalars(select(ThreadRow.once).where(ThreadRow.once.in_(some))))
    return [entry for entry, key in zip(entries, keys, strict=True) if service.digest(key) not in known]


def add(entry: Entry) -> Thread:
    """Write one entry with its replies, inside the caller's `writing()` block."""
    thread = service.open_thread(
        NewThread(
            public_id=new_public_id(),
            author_tag=_tag(entry, "asker"),
            once=_once(entry),
            title=entry.title,
            body=entry.body,
            board=entry.board,
            child_age_months=entry.child_age_months,
            district=entry.district,
            created_at=entry.created_at,
            origin=entry.origin,
        )
    )
    for one in entry.replies:
        post = service.reply(
            NewReply(
                thread_id=thread.id,
                author_tag=_tag(entry, one.voice),
                once=None,
                kind=one.kind,
                body=one.body,
                created_at=one.created_at,
                origin=entry.origin,
            )
        )
        if one.helped:
            db.session.execute(
                update(PostRow).where(PostRow.public_id == post.id).values(helped_count=one.helped)
            )
    db.session.execute(
        update(ThreadRow)
        .where(ThreadRow.public_id == thread.id)
        .values(me_too_count=entry.me_too, solved_at=entry.solved_at)
    )
    return thread


def _once(entry: Entry) -> str:
    return f"entry:{entry.key}"


def _tag(entry: Entry, voice: str) -> str | None:
    # No hand can make these tags: nobody comes to own what nobody wrote.
    if entry.origin is Origin.CITY:
        return None
    return hashlib.sha256(f"{entry.key}:{voice}".encode()).hexdigest()
