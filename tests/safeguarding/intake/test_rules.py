"""Who receives it, how bursts stand, how texts are parted, when somebody looks: pure."""

from datetime import datetime, timedelta

import pytest

from forum import clock
from forum.clock import TOKYO
from forum.safeguarding.intake import counters, rules

SUNDAY = datetime(2026, 11, 29, 22, 0, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (SUNDAY + timedelta(hours=1), "きょう 23時ごろ"),
        (SUNDAY.replace(day=30, hour=8, minute=40), "あす 8時40分ごろ"),
        (datetime(2026, 12, 2, 9, 0, tzinfo=TOKYO), "水曜 9時ごろ"),
        (datetime(2027, 1, 4, 8, 40, tzinfo=TOKYO), "1月4日 8時40分ごろ"),
    ],
)
def test_the_next_look_in_words(look: datetime, words: str) -> None:
    assert rules.look_words(look, SUNDAY) == words


def test_texts_are_parted_by_blank_lines_and_never_into_too_many() -> None:
    assert rules.paragraphs_of("一\n二\n\n 三 \n　\n\n四") == ("一\n二", "三", "四")
    many = "\n\n".join(str(n) for n in range(40))
    pieces = rules.paragraphs_of(many)
    assert len(pieces) == rules.PARAGRAPHS_MAX
    assert "\n\n".join(pieces) == many, "nothing is lost"


def test_bursts_stand_behind_others_by_coarse_steps() -> None:
    assert [rules.burst_rank(n) for n in (0, 4, 5, 19, 20, 60, 9_999)] == [0, 0, 1, 1, 2, 3, 3]


def test_waiting_grows_to_seconds_and_no_further() -> None:
    assert [rules.wait_after(n) for n in (0, 4, 5, 6, 7, 8, 100)] == [0, 0, 1, 2, 4, 8, 8]


def test_sources_are_counted_apart_forgotten_and_never_kept_readable() -> None:
    counter = counters.Counter(timedelta(minutes=10))
    with clock.turned_to(SUNDAY):
        assert [counter.add("192.0.2.7") for _ in range(3)] == [0, 1, 2]
        assert counter.add("192.0.2.8") == 0
        assert counter.add("2001:db8:1:2::1") == 0
        assert counter.add("2001:db8:1:2::ffff") == 1, "one household"
        assert counter.everywhere() == 6
        assert b"192.0.2.7" not in repr(vars(counter)).encode()
    with clock.turned_to(SUNDAY + timedelta(minutes=11)):
        assert counter.of("192.0.2.7") == (0, None) and counter.everywhere() == 0


def test_memory_stays_bounded_under_any_number_of_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counters, "SOURCES_MAX", 50)
    counter = counters.Counter(timedelta(minutes=10))
    for number in range(500):
        counter.add(f"10.0.{number // 250}.{number % 250}")
    assert len(counter._times) == 50
    assert counter.everywhere() == 500
