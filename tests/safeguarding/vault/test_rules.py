"""What the reporter is told follows reading and time, never the case."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from forum.safeguarding.vault.rules import reporter_status

SENT = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
READ = SENT + timedelta(hours=30)
ORDER = ["arrived", "read", "checking", "ended"]


def test_the_four_steps() -> None:
    assert reporter_status(SENT, None, SENT + timedelta(days=400)).words == "届きました"
    read = reporter_status(SENT, READ, READ + timedelta(days=1))
    assert (read.words, read.day.isoformat() if read.day else "") == ("職員が読みました", "2026-11-22")
    assert reporter_status(SENT, READ, READ + timedelta(days=8)).words == "市の手順で確かめています"
    assert reporter_status(SENT, READ, READ + timedelta(days=181)).words == "やりとりを終えました"


@given(st.integers(0, 400), st.integers(0, 400))
def test_it_never_goes_back(first: int, later: int) -> None:
    one = reporter_status(SENT, READ, READ + timedelta(days=first)).step
    other = reporter_status(SENT, READ, READ + timedelta(days=first + later)).step
    assert ORDER.index(one) <= ORDER.index(other)
