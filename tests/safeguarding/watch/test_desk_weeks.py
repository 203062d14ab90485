"""Some weeks of the desk through the real services, database and worker; 30 years are in `make bench`."""

from datetime import timedelta
from pathlib import Path

import pytest

from forum.safeguarding.watch import delivery, worker
from tests.benchmarks import desk_simulation

SPAN = timedelta(days=45)


def test_no_report_is_missed_in_some_weeks(tmp_path: Path) -> None:
    figures = desk_simulation.simulate(tmp_path, years=1, seed=11, reports=25, span=SPAN)
    assert figures["missed"] == 0, figures["first_missed"]
    told = figures["figures"]
    assert isinstance(told, dict)
    assert told["reports"] == 25 and told["letters"] > 25
    assert told.get("ending: notice", 0) + told.get("opening: notice", 0) > 0


def test_without_delivery_the_weeks_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters are written down and never carried, and nobody looks whether they were."""
    monkeypatch.setattr(worker, "handlers", dict)
    monkeypatch.setattr(delivery, "revive", lambda: None)
    monkeypatch.setattr(desk_simulation.DeskYears, "_page", lambda self, about: None)
    monkeypatch.setattr(desk_simulation.queries, "present_signs", lambda: ())
    figures = desk_simulation.simulate(tmp_path, years=1, seed=11, reports=10, span=SPAN)
    assert figures["missed"] != 0
