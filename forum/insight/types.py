"""What the city learns, as frozen values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True)
class Told:
    """One worry as it is counted; nothing of it is kept.

    theme: id of a kind of service, "" where the words ask for none. met: the city has something of that
    kind for this child and place. age, block: "" where not told.
    """

    theme: str
    met: bool
    age: str
    block: str


@dataclass(frozen=True)
class Table:
    """A published table. cells: row by row, with a total last each way; None is hidden."""

    id: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True)
class Digest:
    """One month, published once. month: as 2026-10. least: smaller numbers are hidden."""

    month: str
    published_at: datetime
    least: int
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table:
        """A table by its id."""
        return next(table for table in self.tables if table.id == name)


class Status(StrEnum):
    """What the city does with a voice."""

    RECEIVED = "received"
    CONSIDERED = "considered"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True)
class Answer:
    """What the city said to a voice, and when."""

    status: Status
    reason: str
    at: datetime
    by: str
