"""Ages, districts and hours of a service."""

from __future__ import annotations

from datetime import datetime

import pytest

from forum.clock import TOKYO
from forum.directory import rules
from forum.directory.taxonomy import national
from tests.directory.shelf import service

MONDAY_NOON = datetime(2026, 11, 16, 12, 0, tzinfo=TOKYO)


@pytest.mark.parametrize(("months", "fits"), [(5, False), (6, True), (83, True), (84, False), (None, True)])
def test_the_ages_a_service_states_are_both_included(months: int | None, fits: bool) -> None:
    assert rules.admits(service("預かり", "temporary_care", minimum_age=6, maximum_age=83), months) is fits


def test_a_child_not_born_yet_counts_for_what_begins_at_birth() -> None:
    assert rules.admits(service("産後", "postpartum_care", minimum_age=0, maximum_age=12), -1)
    assert not rules.admits(service("預かり", "temporary_care", minimum_age=6), -1)


def test_a_kind_has_its_usual_ages_where_a_service_states_none() -> None:
    club = service("民間クラブ", "after_school")
    assert not rules.admits(club, 3)
    assert rules.states_no_other_age(club, 3)
    assert rules.admits(service("新生児訪問", "infant_visit", minimum_age=0), 2)
    assert not rules.admits(service("新生児訪問", "infant_visit", minimum_age=0), 30)


def test_a_service_for_one_district_is_not_for_the_next() -> None:
    hall = service("ひろば", "drop_in_center", "東学区")
    assert rules.serves(hall, frozenset({"東学区", "港学区"}))
    assert rules.serves(hall, frozenset())
    assert not rules.serves(hall, frozenset({"西学区"}))
    assert rules.serves(service("どこでも", "drop_in_center"), frozenset({"西学区"}))


def test_a_span_of_ages_meets_a_service() -> None:
    hall = service("預かり", "temporary_care", minimum_age=6, maximum_age=83)
    assert rules.overlaps(hall, 0, 11)
    assert not rules.overlaps(hall, 84, 155)
    assert not rules.overlaps(hall, -1, 5)
    rest = service("産後", "postpartum_care", minimum_age=0, maximum_age=12)
    assert rules.overlaps(rest, -1, -1), "one looks for it before the birth"


def test_words_of_for_whom_suggest_ages() -> None:
    both = service("相談", "family_consultation", eligibility_description="妊婦、乳幼児のいる家庭")
    assert rules.suggested_ages(both, national()) == (-10, 83)
    nobody = service("相談", "family_consultation", eligibility_description="市民")
    assert rules.suggested_ages(nobody, national()) is None


def test_open_is_claimed_only_where_hours_are_known() -> None:
    known = "Mo-Fr 09:00-12:30"
    assert rules.is_open(known, MONDAY_NOON) is True
    assert rules.is_open(known, MONDAY_NOON.replace(hour=13)) is False
    assert rules.is_open("", MONDAY_NOON) is None


def test_every_helper_in_the_national_table_leads_somewhere() -> None:
    table = national()
    assert table.general[0] == "family_consultation"
    for kind in table.kinds.values():
        low, high = kind.ages
        assert low is None or high is None or low < high
    assert {name for name, kind in table.kinds.items() if kind.guarded} == {
        "dv_women",
        "child_guidance_center",
    }
    assert all(kind.asked_by for kind in table.kinds.values() if kind.guarded)
