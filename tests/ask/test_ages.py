"""A child's age as people say it."""

import re

import pytest

from forum.ask.ages import parse_age


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("", None),
        ("　", None),
        ("8か月", 8),
        ("８ヶ月", 8),
        ("生後3カ月", 3),
        ("2歳3か月", 27),
        ("2才", 24),
        ("3歳半", 42),
        ("27", 27),
        ("生後2週間", 0),
        ("新生児", 0),
        ("妊娠中", -1),
        ("年中", 54),
        ("小3", 102),
        ("小学3年生", 102),
        ("中2", 162),
        ("高校1年生", 186),
        ("2歳くらい", 24),
    ],
)
def test_what_people_write(said: str, months: int | None) -> None:
    assert parse_age(said) == months


@pytest.mark.parametrize(
    "said", ["まだ小さい", "小9", "900", "-3", "中4", "99歳", "二十歳の兄", "8か月か9か月"]
)
def test_what_is_not_an_age(said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        parse_age(said)
