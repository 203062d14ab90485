"""Which door stands on the page of somebody in need, at two at night as at noon."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from forum.ask.help_rules import Tone, doors_of, themes_of, tone_of
from forum.city.current import current

NIGHT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
OWN = ("self_harm", "postnatal_depression", "admits_harm", "dv", "immediate_danger")


@pytest.fixture(params=["app", "minato"])
def city(request: pytest.FixtureRequest) -> Flask:
    found: Flask = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("at", [NIGHT, NOON])
@pytest.mark.parametrize("category", [*OWN, "suspected_abuse", "child_speaking"])
def test_somebody_answers_at_any_hour(city: Flask, category: str, at: datetime) -> None:
    with city.app_context():
        tone = tone_of([category])
        found = doors_of(current().doors, tone, themes_of(tone, [category], ()), at)
    assert found.first.state == "open" and (found.first.door.number or found.first.door.url)
    assert [one.door.number for one in found.now] == ["119", "110"], "for the body first"


@pytest.mark.parametrize("category", OWN)
def test_a_parent_who_tells_of_herself_is_not_sent_to_a_line_for_reporting(
    city: Flask, category: str
) -> None:
    signs = ("child_safety", "child", "despair")
    with city.app_context():
        tone = tone_of([category])
        found = doors_of(current().doors, tone, themes_of(tone, [category], signs), NIGHT)
    shown = (found.first, *found.written, *found.others)
    assert tone is Tone.OWN
    assert not [one.door.name for one in shown if "虐待" in one.door.name]


def test_a_child_is_a_child_whatever_else_was_read() -> None:
    assert tone_of(["self_harm", "child_speaking"]) is Tone.CHILD
    assert tone_of(["suspected_abuse"]) is Tone.CONCERN
    assert tone_of(["suspected_abuse", "self_harm"]) is Tone.OWN, "whoever is in need comes first"
    assert themes_of(Tone.CHILD, ["child_speaking", "self_harm"], ("despair", "danger_now"))[0] == "child"
