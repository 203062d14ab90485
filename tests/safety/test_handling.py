"""What happens to a text in which danger was read."""

import pytest

from forum.safety.danger import read_danger
from forum.safety.rules import handling
from forum.safety.types import Category, Danger, FoundSign


def danger(category: Category, level: int) -> Danger:
    return Danger(level, (FoundSign("r", category, level, "語", 0, 1, "説明。"),))


def test_nothing_found_is_published() -> None:
    assert handling(Danger()) == ("publish", False, True, "")


@pytest.mark.parametrize("category", [c for c in Category if c is not Category.CHILD_SPEAKING])
def test_level_three_waits_for_a_person_and_brings_help_first(category: Category) -> None:
    found = handling(danger(category, 3))
    assert (found.action, found.help_first, found.strangers_may_reply) == ("hold", True, True)


@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_what_a_child_writes_is_never_public_and_no_stranger_answers(level: int) -> None:
    found = handling(danger(Category.CHILD_SPEAKING, level), own_family=True)
    assert (found.action, found.strangers_may_reply, found.reason) == ("hold", False, "child")


def test_a_worry_about_somebody_elses_child_waits_from_level_one() -> None:
    assert handling(danger(Category.SUSPECTED_ABUSE, 1)).reason == "other_child"
    assert handling(danger(Category.SUSPECTED_ABUSE, 1), own_family=False).action == "hold"
    assert handling(danger(Category.SUSPECTED_ABUSE, 2), own_family=True).action == "queue"
    assert handling(danger(Category.SUSPECTED_ABUSE, 3), own_family=True).action == "hold"


@pytest.mark.parametrize("category", [Category.SELF_HARM, Category.POSTNATAL_DEPRESSION, Category.DV])
def test_level_two_is_public_and_read_the_same_day(category: Category) -> None:
    assert handling(danger(category, 2)) == ("queue", False, True, "read_today")
    assert handling(danger(category, 1)).action == "publish"


def test_at_two_in_the_morning() -> None:
    assert handling(read_danger("もう消えたい。だれか")).help_first
    assert not handling(read_danger("夜泣きで眠い。コーヒー何杯目だろう")).help_first
