"""The statistics of a year: counted tables, changes by hand beside them, and the version to publish."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Flask, current_app
from sqlalchemy import func, select

from forum import clock
from forum.city.places import pack_path
from forum.errors import NotFound, Refused
from forum.privacy.suppression import TOTAL, Cell, Grid, hidden_in
from forum.safeguarding.cases.boxes import BLOCK
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.meetings import gathering, statistics
from forum.safeguarding.meetings.models import CellChangeRow
from forum.safeguarding.meetings.types import CellChange, Table
from forum.safeguarding.screening import boxes
from forum.safeguarding.screening.types import Catalogue
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import Box, DeskKey

FOLDER = "statistics"
HIGHEST = 1_000_000
REASON_MOST = 400
TOTAL_WORDS = "計"


@dataclass(frozen=True)
class Page:
    """A table of a year: counted, as it stands after changes, and how many changes there are."""

    table: Table
    rows: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    counted: Grid
    standing: Grid
    changes: tuple[CellChange, ...]

    def change_of(self, row: str, column: str) -> CellChange | None:
        """The change in force of a cell."""
        return {(one.row, one.column): one for one in self.changes}.get((row, column))


@dataclass(frozen=True)
class NewChange:
    """A cell to change. `number`: how many changes of its table the person saw."""

    year: int
    table_id: str
    row: str
    column: str
    value: int
    reason: str
    number: int


def install(app: Flask) -> None:
    """Read the tables when the desk starts. Raises PackError."""
    own = pack_path(app.extensions["settings"].city) / FOLDER
    app.extensions["statistics_tables"] = statistics.load_tables(own)


def tables() -> tuple[Table, ...]:
    """The tables of the running desk."""
    return cast(tuple[Table, ...], current_app.extensions["statistics_tables"])


def pages(year: int, ring: KeyRing, catalogue: Catalogue) -> tuple[Page, ...]:
    """Every table of a year. Raises Unopenable."""
    cases = gathering.counted_cases(ring)
    changes = _changes(year, ring)
    found = []
    for table in tables():
        counted = statistics.count(table, cases, year, catalogue)
        mine = changes.get(table.id, ())
        found.append(
            Page(
                table=table,
                rows=statistics.heads(table.rows, catalogue),
                columns=statistics.heads(table.columns, catalogue),
                counted=counted,
                standing=statistics.with_changes(counted, mine),
                changes=mine,
            )
        )
    return tuple(found)


def to_publish(year_pages: tuple[Page, ...], threshold: int) -> tuple[tuple[Page, frozenset[Cell]], ...]:
    """Each table with the cells and totals that must not be shown."""
    secrets = hidden_in([statistics.shared(one.table, one.standing) for one in year_pages], threshold)
    return tuple(zip(year_pages, secrets, strict=True))


def _cells(page: Page) -> Iterator[tuple[str, str, str, str]]:
    """Rows and columns of a table with their words, totals last."""
    for row, row_words in (*page.rows, (TOTAL, TOTAL_WORDS)):
        for column, column_words in (*page.columns, (TOTAL, TOTAL_WORDS)):
            yield row, row_words, column, column_words


def lines(year: int, year_pages: Iterable[Page]) -> Iterator[tuple[object, ...]]:
    """One line for each number: year, table, row, column, as it stands, as counted, why it was changed."""
    for page in year_pages:
        for row, row_words, column, column_words in _cells(page):
            change = page.change_of(row, column)
            standing, counted = page.standing.value(row, column), page.counted.value(row, column)
            why = change.reason if change else ""
            yield year, page.table.name, row_words, column_words, standing, counted, why


def public_lines(year: int, shown: Iterable[tuple[Page, frozenset[Cell]]]) -> Iterator[tuple[object, ...]]:
    """One line for each number as it may be published; "×" where it must not be shown."""
    for page, secret in shown:
        for row, row_words, column, column_words in _cells(page):
            number = "×" if (row, column) in secret else page.standing.value(row, column)
            yield year, page.table.name, row_words, column_words, number


def _place(year: int, table_id: str, number: int) -> str:
    return f"statistics:{year}:{table_id}:{number}"


def _changes(year: int, ring: KeyRing) -> Mapping[str, tuple[CellChange, ...]]:
    rows = vault_db.session.scalars(
        select(CellChangeRow).where(CellChangeRow.year == year).order_by(CellChangeRow.number)
    )
    found: dict[str, tuple[CellChange, ...]] = {}
    for row in rows:
        read = boxes.opened(ring, row, _place(year, row.table_id, row.number))
        change = CellChange(**{**read, "table": row.table_id, "at": datetime.fromisoformat(read["at"])})
        found[row.table_id] = (*found.get(row.table_id, ()), change)
    return found


def check_change(new: NewChange, page: Page) -> None:
    """Whether a cell may be changed so. Raises NotFound, Refused out_of_range, needs_reason, too_long."""
    if new.row not in dict(page.rows) or new.column not in dict(page.columns):
        raise NotFound
    if not 0 <= new.value <= HIGHEST:
        raise Refused("out_of_range", limit=HIGHEST)
    if not new.reason.strip():
        raise Refused("needs_reason")
    if len(new.reason) > REASON_MOST:
        raise Refused("too_long", limit=REASON_MOST, length=len(new.reason))


def prepare_change(new: NewChange, page: Page, *, desk: DeskKey, actor: Actor) -> Box:
    """Check and seal a change. Raises as `check_change` does."""
    check_change(new, page)
    value = {
        "row": new.row,
        "column": new.column,
        "counted": page.counted.value(new.row, new.column),
        "value": new.value,
        "reason": new.reason.strip(),
        "staff": actor.name,
        "at": clock.now(),
    }
    return boxes.seal(desk, _place(new.year, new.table_id, new.number + 1), value, BLOCK)


def keep_change(new: NewChange, box: Box, actor: Actor, *, once: str) -> None:
    """Store a change; the same ticket again changes nothing. Raises Refused changed: somebody was faster."""
    if vault_db.session.scalar(select(CellChangeRow.id).where(CellChangeRow.once == once)) is not None:
        return
    present = vault_db.session.scalar(
        select(func.count(CellChangeRow.id)).where(
            CellChangeRow.year == new.year, CellChangeRow.table_id == new.table_id
        )
    )
    if present != new.number:
        raise Refused("changed", version=present, changes=())
    vault_db.session.add(
        CellChangeRow(
            year=new.year, table_id=new.table_id, number=new.number + 1, once=once, **boxes.columns(box)
        )
    )
    audit.record("change_statistics", f"{new.year}-{new.table_id}", staff_id=actor.id, staff_name=actor.name)
