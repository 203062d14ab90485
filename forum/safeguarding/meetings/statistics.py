"""Counts the tables of a year, and lays hand-made changes over them; pure but for reading the file."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from forum.city.documents import read_document
from forum.city.faults import Faults, PackError
from forum.privacy.suppression import Grid, Shared
from forum.safeguarding.meetings.types import (
    ENDINGS,
    ENTRANCES,
    POPULATIONS,
    TIMINGS,
    CellChange,
    CountedCase,
    Table,
)
from forum.safeguarding.screening.rules import fiscal_year
from forum.safeguarding.screening.types import ACCEPTANCE, FINDING, LISTS, STATUSES, Catalogue

OURS = Path(__file__).with_name("tables.toml")
FILE = "tables.toml"
UNSET, UNSET_WORDS = "unset", "記入なし"
CLEAR: Mapping[str, Mapping[str, str]] = {
    "acceptance": ACCEPTANCE,
    "finding": FINDING,
    "entrance": ENTRANCES,
    "ending": ENDINGS,
    "timing": TIMINGS,
}


def load_tables(own: Path | None = None) -> tuple[Table, ...]:
    """The tables from the city's folder `own`, else ours. Raises PackError with every fault."""
    faults = Faults()
    theirs = own / FILE if own is not None else None
    path = theirs if theirs is not None and theirs.is_file() else OURS
    document = read_document(path, ("table",), faults)
    tables: list[Table] = []
    for entry in document.tables.get("table", []) if document else []:
        entry.only(("id", "name", "rows", "columns", "population", "source", "status"))
        table = Table(
            id=entry.id([one.id for one in tables]),
            name=entry.text("name", longest=80),
            rows=entry.choice("rows", (*LISTS, *CLEAR)),
            columns=entry.choice("columns", (*LISTS, *CLEAR)),
            population=entry.choice("population", POPULATIONS),
            source=entry.text("source", longest=200),
            status=entry.choice("status", STATUSES),
        )
        if table.rows == table.columns:
            entry.say("columns", "「rows」と「columns」は、別の区分にしてください。")
        tables.append(table)
    if document is not None and not tables:
        document.top.say("version", "表がありません。[[table]] を書いてください。")
    if faults.found:
        raise PackError(sorted(faults.found))
    return tuple(tables)


def heads(axis: str, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """(id, words) of the lines of an axis, those that nobody filled in last."""
    if axis in CLEAR:
        known = tuple(CLEAR[axis].items())
    else:
        known = tuple((one.id, one.name) for one in catalogue.codes[axis] if not one.under)
    return (*known, (UNSET, UNSET_WORDS))


def count(table: Table, cases: Iterable[CountedCase], year: int, catalogue: Catalogue) -> Grid:
    """The table of a year. Every case of its population stands in exactly one cell."""
    rows, columns = (tuple(one for one, _ in heads(axis, catalogue)) for axis in (table.rows, table.columns))
    cells = Counter(
        (
            _place(values, table.rows, rows, catalogue),
            _place(values, table.columns, columns, catalogue),
        )
        for one in cases
        if (values := _values(one, table.population, year)) is not None
    )
    return Grid(rows, columns, dict(cells))


def _values(case: CountedCase, population: str, year: int) -> Mapping[str, str] | None:
    """What of the case the year counts; None if it does not count it."""
    if population == "received":
        return case.clear if fiscal_year(case.received_on) == year else None
    decided = case.decided.get(year)
    if decided is None or (population == "found" and decided.get("finding") != "found"):
        return None
    return {**case.clear, **decided}


def _place(values: Mapping[str, str], axis: str, known: Sequence[str], catalogue: Catalogue) -> str:
    value = values.get(axis, "")
    under = {one.id: one.under for one in catalogue.codes.get(axis, ()) if one.under}
    value = under.get(value, value)
    return value if value in known else UNSET


def with_changes(grid: Grid, changes: Iterable[CellChange]) -> Grid:
    """The grid with changed cells; totals follow. Of several changes to a cell the last one counts."""
    changed = {(one.row, one.column): one.value for one in changes}
    known = {
        cell: value for cell, value in changed.items() if cell[0] in grid.rows and cell[1] in grid.columns
    }
    return Grid(grid.rows, grid.columns, {**grid.cells, **known})


def shared(table: Table, grid: Grid) -> Shared:
    """The grid as suppression sees it, beside the other tables of its year."""
    return Shared(grid, table.population, table.rows, table.columns)
