"""What the search index is told: each public thread as one document of plain texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from forum.board.models import ThreadRow
from forum.board.queries import posts_of
from forum.board.types import Visibility
from forum.db import db

BATCH = 50


@dataclass(frozen=True)
class IndexText:
    """A public thread as the index reads it.

    terms: tokens kept by `service.keep_terms` for exactly this revision, None when they must be made.
    """

    id: str
    title: str
    body: str
    replies: tuple[str, ...]
    revision: int
    terms: str | None


def documents_of(thread_ids: Sequence[str]) -> tuple[list[IndexText], list[str]]:
    """What the database says now about these threads: those to index, and the ids of those that are gone."""
    found = db.session.scalars(
        select(ThreadRow).where(
            ThreadRow.public_id.in_(thread_ids), ThreadRow.visibility == Visibility.PUBLIC
        )
    )
    present = _texts(list(found))
    there = {text.id for text in present}
    return present, [thread_id for thread_id in dict.fromkeys(thread_ids) if thread_id not in there]


def batches() -> Iterator[list[IndexText]]:
    """Every public thread, in batches, oldest row first; what comes meanwhile arrives by its event."""
    last = 0
    while batch := list(
        db.session.scalars(
            select(ThreadRow)
            .where(ThreadRow.id > last, ThreadRow.visibility == Visibility.PUBLIC)
            .order_by(ThreadRow.id)
            .limit(BATCH)
        )
    ):
        last = batch[-1].id
        texts = _texts(batch)
        db.session.rollback()  # no reading transaction is held while the texts are being analysed
        yield texts


def _texts(batch: list[ThreadRow]) -> list[IndexText]:
    replies = posts_of(batch)
    return [
        IndexText(
            row.public_id,
            row.title,
            row.body,
            tuple(post.body for post in replies[row.id]),
            row.revision,
            row.terms,
        )
        for row in batch
    ]
