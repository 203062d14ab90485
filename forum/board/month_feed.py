"""The worries of a span of time, for those who count: without ids, names or replies."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.board.models import ThreadRow
from forum.board.types import Origin, Visibility
from forum.db import db

BATCH = 100


@dataclass(frozen=True)
class Counted:
    """What a worry says, and what its fields told. Age in months."""

    title: str
    body: str
    child_age_months: int | None
    place: str


def worries(begin: datetime, end: datetime, origins: Collection[Origin]) -> Iterator[Counted]:
    """Every public worry from `begin` until before `end`; no transaction is held between batches."""
    last = 0
    while batch := list(
        db.session.scalars(
            select(ThreadRow)
            .where(
                ThreadRow.id > last,
                ThreadRow.visibility == Visibility.PUBLIC,
                ThreadRow.origin.in_(list(origins)),
                ThreadRow.created_at >= begin,
                ThreadRow.created_at < end,
            )
            .order_by(ThreadRow.id)
            .limit(BATCH)
        )
    ):
        last = batch[-1].id
        told = [Counted(row.title, row.body, row.child_age_months, row.district or "") for row in batch]
        db.session.rollback()  # reading the words takes its time
        yield from told
