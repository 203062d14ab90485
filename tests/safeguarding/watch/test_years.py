"""Some simulated years in every run; all of them in `make bench`. And a proof that the years can fail."""

from collections.abc import Callable

import pytest

from forum.safeguarding.watch import roster, rules, signs
from forum.safeguarding.watch.types import CaseClock, Facts, Need, Sign
from tests.benchmarks import clock_years

YEARS = 60


def test_no_report_is_missed_in_some_years() -> None:
    figures = clock_years.simulate(YEARS, seed=7, reports=12)
    assert figures["missed"] == 0, figures["first_missed"]
    told = figures["figures"]
    assert isinstance(told, dict)
    assert told["reports"] == YEARS * 12
    # The years are hard enough to mean something: limits passed, mails were lost, people were ill.
    assert told["opening: notice"] >= 5 and told["ending: notice"] >= 5
    assert told["opening: watch"] > 0 and told["reached by page"] >= 5


def without_stage(stage: str) -> Callable[[pytest.MonkeyPatch], None]:
    def take_out(patch: pytest.MonkeyPatch) -> None:
        before = rules._of_the_running_clock

        def fewer(clock: CaseClock, *rest: object) -> list[Need]:
            return [need for need in before(clock, *rest) if need.stage != stage]  # type: ignore[arg-type]

        patch.setattr(rules, "_of_the_running_clock", fewer)

    return take_out


def without_leaders(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(roster, "supervisors", lambda *given: ())


def without_sign_of_a_dead_worker(patch: pytest.MonkeyPatch) -> None:
    before = signs.signs

    def fewer(facts: Facts) -> tuple[Sign, ...]:
        return tuple(sign for sign in before(facts) if sign.kind != signs.WORKER)

    patch.setattr(signs, "signs", fewer)


@pytest.mark.parametrize(
    "take_out",
    [
        without_stage("unopened"),
        without_stage("late"),
        without_leaders,
        without_sign_of_a_dead_worker,
    ],
    ids=["unopened", "late", "leaders", "dead-worker"],
)
def test_with_one_escalation_removed_the_years_fail(
    take_out: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    take_out(monkeypatch)
    assert clock_years.simulate(30, seed=1, reports=12)["missed"] != 0
