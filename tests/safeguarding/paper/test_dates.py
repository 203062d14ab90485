"""Days as an office writes them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.safeguarding.paper.dates import both, era


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "令和8年"),
        (date(2019, 5, 1), "令和元年"),
        (date(2019, 4, 30), "平成31年"),
        (date(1989, 1, 8), "平成元年"),
        (date(1989, 1, 7), "昭和64年"),
        (date(1926, 12, 25), "昭和元年"),
        (date(1926, 12, 24), "大正15年"),
        (date(1912, 7, 30), "大正元年"),
        (date(1912, 7, 29), "明治45年"),
        (date(1850, 1, 1), "1850年"),
    ],
)
def test_the_era_of_a_day(day: date, words: str) -> None:
    assert era(day) == words


def test_the_western_year_stands_beside_it() -> None:
    assert both(date(2026, 11, 23)) == "令和8年11月23日（2026年）月曜日"


@given(st.dates(date(1870, 1, 1), date(2200, 1, 1)))
def test_every_day_has_its_western_year_beside_it(day: date) -> None:
    assert f"（{day.year}年）" in both(day)
