"""The short forms of the long trials, for every verification."""

import pytest

from tests.faults import contention, disk_search, kill9, kill9_reports, wall_load

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


def test_nothing_of_a_day_at_the_letterbox_lies_on_the_disk() -> None:
    figures = disk_search.run()
    print(figures)
    assert figures["planted"] == 200
    assert figures["found"] == 0, figures["in_files"]


def test_the_same_search_finds_it_all_where_nothing_is_sealed() -> None:
    figures = disk_search.run(sealed=False, people=5)
    print(figures)
    assert figures["found"] >= figures["planted"] * 0.8
    assert {"backup.sqlite", "vault.sqlite-wal"} <= set(figures["in_files"])


def test_no_word_of_a_report_leaks_while_everything_goes_wrong() -> None:
    figures = wall_load.run(seconds=8)
    print(figures)
    assert wall_load.good(figures), figures


def test_four_processes_write_beside_the_worker() -> None:
    figures = contention.run(processes=4, writes=100)
    print(figures)
    assert contention.good(figures), figures
