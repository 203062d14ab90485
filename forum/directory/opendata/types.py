"""Values of the reading of published files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any


class Unreadable(Exception):
    """A file that cannot be read at all. `reason` is a sentence for whoever chose it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotUnderstood(ValueError):
    """A cell whose content is not what its column promises. The text is the reason, in plain Japanese."""


@dataclass(frozen=True)
class Hours:
    """From when to when on one day; `until` may pass midnight (26:00 is 02:00 of the next day)."""

    begin: time | None
    until: time | None
    next_day: bool = False


@dataclass(frozen=True)
class Ages:
    """In months, both ends included; None is open. The end of a year of age is its last month."""

    minimum: int | None
    maximum: int | None


@dataclass(frozen=True)
class Box:
    """Within which degrees (WGS 84) the places of a city lie."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies in it."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


JAPAN = Box(20.0, 46.0, 122.0, 154.5)


@dataclass(frozen=True)
class Table:
    """A file as it lies there: header cells, and the rows below with their numbers (1 is the first line of
    the file, or the first feature). Rows come one at a time, whatever the size of the file."""

    header: tuple[str, ...]
    rows: Iterator[tuple[int, tuple[str, ...]]]
    encoding: str
    above: int = 0  # lines above the header


@dataclass(frozen=True)
class Column:
    """A known column. `type` names the reader of its cells."""

    name: str
    label: str
    type: str


@dataclass(frozen=True)
class Complaint:
    """A cell or a row that was not taken as it stands. `column` is empty when the whole row is meant."""

    row: int
    column: str
    value: str
    reason: str

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return dict(vars(self))


@dataclass(frozen=True)
class Record:
    """One row. `values` by known column, read; `raw` what could not be read or is not known, as it stands,
    by the file's own names. `key` tells the same thing in the next edition of the file."""

    row: int
    key: str
    values: Mapping[str, str | int | float | bool | date | time | Hours | Ages | tuple[str, ...]]
    raw: Mapping[str, str]


@dataclass
class Account:
    """Where every row of a file went. rows = imported + len(refused) + empty + repeated_headers."""

    file: str
    kind: str = ""
    encoding: str = ""
    rows: int = 0
    imported: int = 0
    empty: int = 0
    repeated_headers: int = 0
    refused: list[Complaint] = field(default_factory=list)
    kept_raw: list[Complaint] = field(default_factory=list)
    noticed: list[Complaint] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    not_understood: list[str] = field(default_factory=list)
