"""Sessions end by rest and by age, whichever comes first; people know theirs by two words."""

from datetime import UTC, datetime, timedelta

import pytest

from forum.credentials import sessions

START = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_rest_ends_a_session() -> None:
    assert sessions.alive(START, START, START + sessions.IDLE - SECOND)
    assert not sessions.alive(START, START, START + sessions.IDLE)


def test_age_ends_a_session_however_busy() -> None:
    at = START + sessions.ABSOLUTE
    assert sessions.alive(START, at - SECOND, at - SECOND)
    assert not sessions.alive(START, at - SECOND, at)


def test_a_fresh_code_counts_for_minutes() -> None:
    assert not sessions.stepped_up(None, START)
    assert sessions.stepped_up(START, START + sessions.STEP_UP - SECOND)
    assert not sessions.stepped_up(START, START + sessions.STEP_UP)


EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_1) AppleWebKit/605.1 Version/17.1 Safari/605.1"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
FOX = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (EDGE, "Edge / Windows"),
        (MAC, "Safari / Mac"),
        (PHONE, "Safari / iPhone"),
        (FOX, "Firefox / Linux"),
        ("", "? / ?"),
        ("x" * 10_000, "? / ?"),
    ],
)
def test_a_device_is_two_words_and_never_more(agent: str, words: str) -> None:
    assert sessions.device(agent) == words
