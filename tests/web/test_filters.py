"""Dates and ages in words."""

from datetime import UTC, datetime, timedelta

import pytest

from forum import clock
from forum.web.filters import age_words, ago, day, duration_words

NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # noon in Japan


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=20), "たったいま"),
        (timedelta(minutes=5), "5分前"),
        (timedelta(hours=3), "3時間前"),
        (timedelta(hours=13), "きのう"),
        (timedelta(days=3), "3日前"),
        (timedelta(days=60), "2026年9月24日"),
    ],
)
def test_how_long_ago(before: timedelta, words: str) -> None:
    with clock.turned_to(NOON):
        assert ago(NOON - before) == words


def test_a_day_is_the_day_in_japan() -> None:
    assert day(datetime(2026, 12, 31, 15, 30, tzinfo=UTC)) == "2027年1月1日"


@pytest.mark.parametrize(
    ("months", "words"),
    [(None, ""), (-1, "妊娠中"), (0, "0か月"), (8, "8か月"), (27, "2歳3か月"), (24, "2歳"), (110, "9歳")],
)
def test_ages(months: int | None, words: str) -> None:
    assert age_words(months) == words


@pytest.mark.parametrize(("minutes", "words"), [(0.2, "1分"), (40, "40分"), (200, "3時間"), (3000, "2日")])
def test_spans(minutes: float, words: str) -> None:
    assert duration_words(minutes) == words
