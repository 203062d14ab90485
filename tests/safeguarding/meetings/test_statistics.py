"""The tables of a year count every case once, and what a person changed stands beside what was counted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.city.faults import PackError
from forum.privacy.suppression import TOTAL
from forum.safeguarding.meetings import statistics
from forum.safeguarding.meetings.types import CellChange, CountedCase
from forum.safeguarding.screening import catalogue
from forum.safeguarding.screening.rules import fiscal_year

CATALOGUE = catalogue.load()
TABLES = {one.id: one for one in statistics.load_tables()}
INSIDE = date(2026, 4, 1)


def case(year: int = 2026, **values: str) -> CountedCase:
    return CountedCase(INSIDE, {}, {year: {"finding": "found", **values}})


def counted(table: str, *cases: CountedCase) -> statistics.Grid:
    return statistics.count(TABLES[table], cases, 2026, CATALOGUE)


def test_the_year_runs_from_april_to_march() -> None:
    assert fiscal_year(date(2027, 3, 31)) == 2026
    assert fiscal_year(date(2026, 4, 1)) == 2026


def test_a_found_case_is_counted_by_route_and_kind() -> None:
    found = counted(
        "route",
        case(route="school", kind="neglect"),
        case(route="school", kind="neglect"),
        case(route="police", kind="psychological"),
        case(route="school", kind="neglect", finding="not_found"),
        case(2025, route="school", kind="neglect"),
        CountedCase(INSIDE, {}, {}),
    )
    assert found.value("school", "neglect") == 2
    assert found.value("police", "psychological") == 1
    assert found.value(TOTAL, TOTAL) == 3


def test_what_was_not_found_is_counted_where_findings_are_counted() -> None:
    """The national total of one year had to be corrected because offices counted differently."""
    found = counted(
        "finding",
        case(acceptance="accepted"),
        case(acceptance="accepted", finding="not_found"),
        case(acceptance="information", finding="pending"),
    )
    assert [found.value("accepted", one) for one in ("found", "not_found", "pending")] == [1, 1, 0]
    assert found.value("information", "pending") == 1


def test_a_partner_is_counted_as_another_person_and_a_gap_as_a_gap() -> None:
    found = counted("who", case(who="partner", kind="physical"), case(who="gone-from-the-list"), case())
    assert found.value("other", "physical") == 1
    assert found.value(statistics.UNSET, statistics.UNSET) == 2


CODED = st.dictionaries(
    st.sampled_from(["route", "kind", "who", "age", "outcome", "finding", "acceptance"]),
    st.sampled_from(["school", "neglect", "partner", "under3", "none", "found", "accepted", "x"]),
)


@given(st.lists(st.dictionaries(st.sampled_from([2025, 2026]), CODED), max_size=15))
def test_every_case_stands_in_exactly_one_cell(drawn: list[dict[int, dict[str, str]]]) -> None:
    cases = [CountedCase(INSIDE, {"entrance": "telephone"}, decided) for decided in drawn]
    for table in TABLES.values():
        grid = statistics.count(table, cases, 2026, CATALOGUE)
        this_year = [one.decided[2026] for one in cases if 2026 in one.decided]
        wanted = {
            "received": len(cases),
            "decided": len(this_year),
            "found": sum(1 for values in this_year if values.get("finding") == "found"),
        }[table.population]
        assert grid.value(TOTAL, TOTAL) == wanted == sum(grid.cells.values())


def change(row: str, column: str, value: int) -> CellChange:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    return CellChange("route", row, column, 1, value, "紙の分を足した", "小川", at)


def test_a_changed_cell_moves_the_totals_and_the_last_change_counts() -> None:
    grid = counted("route", case(route="school", kind="neglect"))
    after = statistics.with_changes(
        grid, [change("school", "neglect", 5), change("school", "neglect", 4), change("gone", "neglect", 9)]
    )
    assert after.value("school", "neglect") == 4 and after.value(TOTAL, TOTAL) == 4
    assert grid.value("school", "neglect") == 1, "what was counted stays"


def test_a_faulty_table_is_told_with_its_line(tmp_path: Path) -> None:
    text = statistics.OURS.read_text()
    (tmp_path / "tables.toml").write_text(text.replace('rows = "who"', 'rows = "kind"'))
    with pytest.raises(PackError) as error:
        statistics.load_tables(tmp_path)
    line = text[: text.index('rows = "who"')].count("\n") + 2
    assert str(error.value.faults[0]).startswith(f"tables.toml:{line}: 「rows」と「columns」は")
    (tmp_path / "tables.toml").write_text('version = "1"\n')
    with pytest.raises(PackError, match="表がありません"):
        statistics.load_tables(tmp_path)
