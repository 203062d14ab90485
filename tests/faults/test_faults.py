"""The short forms of the long trials, for every verification."""

import pytest

from tests.faults import contention, kill9, kill9_reports

pytestmark = pytest.mark.slow


def test_twenty_kills_lose_nothing_that_was_acknowledged() -> None:
    figures = kill9.run(posts=120, kills=20, seed=7)
    print(figures)
    assert kill9.good(figures), figures
    assert figures["kills"] == 20
    assert figures["inside_a_write"] * 3 >= figures["kills"], (
        "too few kills hit a write: the trial proves little"
    )


def test_twenty_kills_lose_no_report() -> None:
    figures = kill9_reports.run(reports=60, kills=20, seed=7)
    print(figures)
    assert kill9_reports.good(figures), figures
    assert figures["kills"] == 20
    assert figures["inside_a_write"] * 3 >= figures["kills"], "too few kills hit a write"


def test_four_processes_write_beside_the_worker() -> None:
    figures = contention.run(processes=4, writes=100)
    print(figures)
    assert contention.good(figures), figures
