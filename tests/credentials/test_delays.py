"""Waiting after failures: none for slips, growing for guesses, bounded, and by source without an address."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from forum.credentials import delays

DAY = date(2026, 11, 20)


def test_slips_cost_nothing_and_guesses_more_and_more() -> None:
    waits = [delays.wait(failures) for failures in range(20)]
    assert waits[: delays.FREE] == [timedelta(0)] * delays.FREE
    assert waits[delays.FREE] == delays.FIRST
    assert max(waits) == delays.LONGEST


@given(st.integers(0, 10**9), st.integers(0, 100))
def test_more_failures_never_wait_less_and_nobody_waits_for_ever(failures: int, free: int) -> None:
    assert delays.wait(failures, free) <= delays.wait(failures + 1, free) <= delays.LONGEST


def test_the_next_try_counts_from_the_last_one() -> None:
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert delays.next_try_at(0, at) == at
    assert delays.next_try_at(delays.FREE + 1, at) == at + 2 * delays.FIRST


def test_a_tag_belongs_to_one_account_one_source_one_day_and_one_door() -> None:
    tag = delays.tag("secret", DAY, "account", "tanaka", "10.0.0.1")
    assert tag == delays.tag("secret", DAY, "account", "tanaka", "10.0.0.1")
    others = {
        delays.tag("secret", DAY, "account", "tanaka", "10.0.0.2"),
        delays.tag("secret", DAY, "account", "suzuki", "10.0.0.1"),
        delays.tag("secret", DAY, "account", "tanaka|10.0.0.1"),
        delays.tag("secret", DAY + timedelta(days=1), "account", "tanaka", "10.0.0.1"),
        delays.tag("other", DAY, "account", "tanaka", "10.0.0.1"),
    }
    assert len(others) == 5 and tag not in others
