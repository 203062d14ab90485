"""The clock turned through a year, hour by hour: for what cannot wait, somebody answers."""

from datetime import datetime, timedelta

import pytest

from forum.city.pack import CityPack, load_pack
from forum.city.places import pack_path
from forum.clock import TOKYO
from forum.doors.choice import choose
from tests.conftest import MINATO

START = datetime(2026, 11, 23, 0, 30, tzinfo=TOKYO)
HOURS = [START + timedelta(hours=hour) for hour in range(366 * 24)]
CANNOT_WAIT = ("despair", "dv", "poison", "danger_now", "child")


@pytest.fixture(scope="module", params=["otsu", str(MINATO)], ids=["otsu", "minato"])
def city(request: pytest.FixtureRequest) -> CityPack:
    return load_pack(pack_path(request.param))


@pytest.mark.parametrize("theme", CANNOT_WAIT)
def test_somebody_answers_at_every_hour(city: CityPack, theme: str) -> None:
    silent = [
        hour
        for hour in HOURS
        if (first := choose(city.doors, (theme,), hour).first).state != "open"
        or theme not in first.door.themes
        or not first.door.number
        or not first.door.hours
        or not first.door.hours.is_open(hour)
    ]
    assert silent == []


@pytest.mark.parametrize("theme", ["parenting", "pregnancy", "illness", "school", "loneliness"])
def test_otherwise_the_door_is_the_next_to_open_and_says_when(city: CityPack, theme: str) -> None:
    for hour in HOURS[::7]:
        answer = choose(city.doors, (theme,), hour)
        assert answer.face_to_face is not None
        assert answer.face_to_face.door.confirmed
        assert answer.first.state in ("open", "opens")
        if answer.first.state == "opens":
            assert answer.first.opens_at is not None
            assert answer.first.opens_at > hour
            assert answer.first.words.endswith("から")
            assert answer.first.door.face_to_face or theme == "illness"
