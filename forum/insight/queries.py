"""Read what the city learned and answered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from forum.board import queries as board
from forum.board.types import ThreadLine
from forum.city.types import CityPack
from forum.db import db
from forum.errors import NotFound
from forum.insight.models import AnswerRow, DigestRow
from forum.insight.types import Answer, Digest, Status, Table


@dataclass(frozen=True)
class Voice:
    """Something written on the city's own board, with all answers to it, oldest first."""

    line: ThreadLine
    answers: tuple[Answer, ...]

    @property
    def status(self) -> Status | None:
        """What the city said last; None while it said nothing."""
        return self.answers[-1].status if self.answers else None


@dataclass(frozen=True)
class Voices:
    """One page of voices; `next_cursor` is None on the last."""

    voices: tuple[Voice, ...]
    next_cursor: str | None


def months() -> tuple[str, ...]:
    """The published months, newest first."""
    return tuple(db.session.scalars(select(DigestRow.month).order_by(DigestRow.month.desc())))


def month(name: str) -> Digest:
    """A published month. Raises NotFound."""
    row = db.session.get(DigestRow, name)
    if row is None:
        raise NotFound(name)
    tables = tuple(
        Table(one["id"], tuple(one["rows"]), tuple(one["columns"]), tuple(map(tuple, one["cells"])))
        for one in json.loads(row.tables)
    )
    return Digest(row.month, row.published_at, row.least, tables)


def voices(pack: CityPack, after: str | None = None, limit: int = 20) -> Voices:
    """What was written to the city, newest first. Raises NotFound for a bad cursor."""
    boards = [one.id for one in pack.boards if one.to_city]
    if not boards:
        return Voices((), None)
    page = board.threads(board.Filters(board=boards[0]), after=after, limit=limit)
    answers = answers_to([line.id for line in page.lines])
    return Voices(tuple(Voice(line, answers.get(line.id, ())) for line in page.lines), page.next_cursor)


def answers_to(thread_ids: Sequence[str]) -> dict[str, tuple[Answer, ...]]:
    """The answers to some threads, oldest first."""
    found: dict[str, list[Answer]] = {}
    rows = db.session.scalars(
        select(AnswerRow).where(AnswerRow.thread_id.in_(thread_ids)).order_by(AnswerRow.number)
    )
    for row in rows:
        found.setdefault(row.thread_id, []).append(Answer(Status(row.status), row.reason, row.at, row.by))
    return {thread_id: tuple(some) for thread_id, some in found.items()}
