"""Counting what was asked for: small numbers never come out, not even by subtraction."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.errors import Refused
from forum.insight import rules
from forum.insight.types import Status, Table, Told
from forum.privacy.suppression import TOTAL

AGES, BLOCKS, LEAST = ["baby", "toddler"], ["北", "南"], 5


def told(number: int, theme: str, *, met: bool = True, age: str = "baby", block: str = "北") -> list[Told]:
    return [Told(theme, met, age, block)] * number


def cell(table: Table, row: str, column: str) -> int | None:
    return table.cells[[*table.rows, TOTAL].index(row)][[*table.columns, TOTAL].index(column)]


def test_a_month_ends_at_midnight_in_japan() -> None:
    assert rules.last_month(date(2026, 1, 3)) == "2025-12"
    assert rules.bounds("2025-12") == (
        datetime(2025, 11, 30, 15, tzinfo=UTC),
        datetime(2025, 12, 31, 15, tzinfo=UTC),
    )


def test_unmet_needs_come_first() -> None:
    found, _, _ = rules.tables(
        [*told(30, "sleep"), *told(8, "short_stay", met=False), *told(7, "twins", met=False), *told(40, "")],
        AGES,
        BLOCKS,
        LEAST,
    )
    assert found.rows == ("short_stay", "twins", "sleep", "")
    assert cell(found, "short_stay", rules.UNMET) == 8


def test_one_family_is_not_shown_and_not_found_by_subtraction() -> None:
    month = [
        *told(20, "sleep"),
        *told(1, "sleep", age="toddler"),
        *told(20, "food"),
        *told(9, "food", age="toddler"),
    ]
    _, age, _ = rules.tables(month, AGES, BLOCKS, LEAST)
    assert cell(age, "sleep", "toddler") is None
    row_total, other = cell(age, "sleep", TOTAL), cell(age, "sleep", "baby")
    assert row_total is None or other is None
    column_total, beside = cell(age, TOTAL, "toddler"), cell(age, "food", "toddler")
    assert column_total is None or beside is None


def test_the_same_total_is_hidden_in_every_table() -> None:
    month = [*told(20, "sleep"), *told(2, "rare", met=False), *told(20, "food", age="toddler", block="南")]
    tables = rules.tables(month, AGES, BLOCKS, LEAST)
    assert {cell(table, "rare", TOTAL) for table in tables} == {None}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 12),
            st.sampled_from(["a", "b", "c", ""]),
            st.booleans(),
            st.sampled_from([*AGES, ""]),
            st.sampled_from([*BLOCKS, ""]),
        ),
        max_size=8,
    )
)
def test_no_small_number_is_ever_published(groups: list[tuple[int, str, bool, str, str]]) -> None:
    month = [one for number, *rest in groups for one in [Told(*rest)] * number]  # type: ignore[arg-type]
    for table in rules.tables(month, AGES, BLOCKS, LEAST):
        shown = [value for row in table.cells for value in row if value is not None]
        assert not [value for value in shown if 0 < value < LEAST]
        for row in table.cells:  # one hidden cell beside a shown total would be found by subtraction
            assert row[-1] is None or sum(value is None for value in row[:-1]) != 1


def test_a_no_says_why_and_nothing_is_said_twice() -> None:
    rules.check_answer(Status.RECEIVED, "", None)
    with pytest.raises(Refused, match="reason_missing"):
        rules.check_answer(Status.REFUSED, "", Status.RECEIVED)
    with pytest.raises(Refused, match="same_status"):
        rules.check_answer(Status.RECEIVED, "", Status.RECEIVED)
