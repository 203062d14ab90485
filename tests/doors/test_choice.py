"""The door that fits a worry, on the data of 大津市."""

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from config import ROOT
from forum.city.pack import load_pack
from forum.city.places import pack_path
from forum.clock import TOKYO
from forum.doors.choice import choose, next_change, offer, offers, opening_words
from forum.doors.hours import Schedule
from forum.doors.rules import numbers_in, shown, tells_hours
from forum.doors.types import THEMES, Door

DOORS = load_pack(pack_path("otsu")).doors
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=TOKYO)  # a Tuesday
NIGHT = datetime(2026, 11, 28, 2, 0, tzinfo=TOKYO)  # Friday's night
NEW_YEAR = datetime(2027, 1, 1, 12, 0, tzinfo=TOKYO)


def door(**changed: object) -> Door:
    """A reviewed telephone for parents; any of it can be changed."""
    facts: dict[str, object] = {
        "id": "a", "name": "電話", "purpose": "話す", "channel": ("phone",), "for_whom": ("parent",),
        "themes": ("parenting",), "status": "reviewed", "source": "出典", "number": "099-000-0000",
        "hours": Schedule.parse("Mo-Fr 09:00-17:00"), "hours_text": "平日9時から17時",
    }  # fmt: skip
    return Door(**{**facts, **changed})  # type: ignore[arg-type]


def ids(themes: tuple[str, ...], moment: datetime) -> list[str]:
    """The first door and the others."""
    answer = choose(DOORS, themes, moment)
    return [one.door.id for one in (answer.first, *answer.others)]


@pytest.mark.parametrize(
    ("themes", "moment", "first"),
    [
        (("illness",), NIGHT, "8000"),
        (("illness",), NEW_YEAR, "8000"),
        (("injury",), NIGHT, "8000"),
        (("injury",), NOON, "ambulance"),  # nobody else answers now
        (("poison",), NIGHT, "poison-osaka"),
        (("despair",), NIGHT, "yorisoi"),
        (("dv",), NIGHT, "dv-plus"),
        (("child",), NIGHT, "kodomo-sos"),
        (("child_safety",), NIGHT, "189"),
        (("danger_now",), NIGHT, "ambulance"),
        (("danger_now", "despair"), NIGHT, "ambulance"),
        (("danger_now", "dv"), NIGHT, "police"),
        (("pregnancy",), NOON, "boshi"),
        (("pregnancy",), NIGHT, "boshi"),
        (("postpartum",), NOON, "boshi"),
        (("postpartum", "despair"), NIGHT, "yorisoi"),
        ((), NOON, "boshi"),
        ((), NIGHT, "yorisoi"),
        (("school",), NIGHT, "kodomo-sos"),
        (("a theme nobody knows",), NIGHT, "yorisoi"),
    ],
)
def test_the_door_fits_the_worry(themes: tuple[str, ...], moment: datetime, first: str) -> None:
    assert ids(themes, moment)[0] == first
    assert ids(tuple(reversed(themes)), moment)[0] == first, "the order of themes does not matter"


def test_a_feverish_child_at_half_past_five_waits_for_the_nurse_not_for_the_office() -> None:
    answer = choose(DOORS, ("illness",), datetime(2026, 11, 24, 17, 30, tzinfo=TOKYO))
    assert (answer.first.door.id, answer.first.words) == ("8000", "きょう 18時から")


def test_in_danger_both_who_come_at_once_stand_first() -> None:
    for themes in (("danger_now",), ("danger_now", "dv"), ("danger_now", "illness")):
        assert set(ids(themes, NIGHT)[:2]) == {"ambulance", "police"}


def test_the_line_for_concerns_is_no_door_of_an_ordinary_worry() -> None:
    concern_only = {one.id for one in DOORS if one.themes[0] == "child_safety"}
    assert "189" in concern_only
    for themes in (
        (),
        ("family",),
        ("despair",),
        ("dv",),
        ("child",),
        ("illness",),
        ("danger_now",),
        ("school",),
    ):
        for moment in (NOON, NIGHT):
            answer = choose(DOORS, themes, moment)
            assert not concern_only & {
                *ids(themes, moment),
                answer.face_to_face.door.id if answer.face_to_face else "",
            }


def test_a_line_for_children_is_not_for_a_parents_despair() -> None:
    assert not {"kodomo-sos", "childline"} & set(ids(("despair",), NOON))
    assert {"kodomo-sos", "childline"} <= set(ids(("child",), NOON))
    assert "boshi" not in ids(("child",), NOON), "an office for parents is not for a child"


def test_every_answer_names_a_counter_where_one_may_simply_talk() -> None:
    for themes in ((), ("despair",), ("dv",), ("child",), ("poison",), ("child_safety",), ("danger_now",)):
        answer = choose(DOORS, themes, NIGHT)
        assert answer.face_to_face is not None
        assert answer.face_to_face.door.face_to_face
        assert "話をするだけで行けます" in answer.face_to_face_line


def test_the_counter_says_when_it_opens() -> None:
    at_night, at_noon = (choose(DOORS, (), moment).face_to_face for moment in (NIGHT, NOON))
    assert at_night is not None
    assert at_noon is not None
    assert (at_night.door.id, at_night.words) == ("boshi", "月曜 9時から")
    assert at_noon.words == "いま開いています"


def test_at_most_one_of_the_others_waits_for_its_review() -> None:
    for themes in ((), ("despair",), ("child",), ("dv",), ("loneliness",), ("bullying",)):
        others = choose(DOORS, themes, NOON).others
        assert len(others) <= 3
        assert sum(not one.door.confirmed for one in others) <= 1
        assert len({one.door.id for one in others}) == len(others)


def test_what_is_not_reviewed_has_no_number_and_no_hours() -> None:
    waiting = [one for one in offers(DOORS, NOON) if not one.door.confirmed]
    assert len(waiting) >= 10
    for one in waiting:
        assert (one.door.number, one.door.other_number, one.door.hours, one.door.hours_text) == (
            "",
            "",
            None,
            "",
        )
        assert (one.state, one.words) == ("unknown", "市に確認中")
        assert not numbers_in(f"{one.door.name}{one.door.purpose}{one.door.place}{one.door.line}")
        assert not tells_hours(f"{one.door.name}{one.door.purpose}{one.door.place}{one.door.line}")


def test_a_door_past_its_day_waits_for_a_new_review() -> None:
    whole = door(valid_until=date(2026, 11, 24))
    assert shown(whole, date(2026, 11, 24)) == whole
    late = shown(whole, date(2026, 11, 25))
    assert (late.confirmed, late.number, late.hours) == (False, "", None)
    answer = choose([whole], (), datetime(2026, 11, 25, 12, 0, tzinfo=TOKYO))
    assert (answer.first.door.number, answer.first.words) == ("", "市に確認中")


def test_doors_for_a_list_begin_with_those_for_an_ordinary_worry() -> None:
    shown_now = offers(DOORS, NIGHT)
    assert [one.door.id for one in shown_now[:2]] == ["yorisoi", "boshi"]
    assert {one.door.id for one in shown_now} == {one.id for one in DOORS}
    confirmed = [one.door.confirmed for one in shown_now]
    assert confirmed == sorted(confirmed, reverse=True)


@pytest.mark.parametrize(
    ("opens", "words"),
    [
        ("2026-11-24 16:00", "きょう 16時から"),
        ("2026-11-25 09:00", "あす 9時から"),
        ("2026-11-26 08:30", "木曜 8時30分から"),
        ("2026-11-30 00:00", "月曜 0時から"),
        ("2026-12-01 09:00", "12月1日 9時から"),
    ],
)
def test_opening_times_in_words(opens: str, words: str) -> None:
    assert opening_words(datetime.fromisoformat(opens).replace(tzinfo=TOKYO), NOON) == words


def test_how_a_door_is_offered() -> None:
    assert offer(door(), NOON).words == "いまつながります"
    assert offer(door(channel=("counter",)), NOON).words == "いま開いています"
    closed = offer(door(), NIGHT)
    assert (closed.state, closed.words) == ("opens", "月曜 9時から")
    assert (offer(door(hours=None), NOON).state, offer(door(hours=None), NOON).words) == ("unknown", "")


def test_the_page_changes_when_the_first_door_does() -> None:
    doors = [
        door(),
        door(id="b", hours=Schedule.parse("24/7")),
        door(id="c", hours=Schedule.parse("Tu 10:00-13:00")),
    ]
    assert next_change(doors, NOON) == datetime(2026, 11, 24, 13, 0, tzinfo=TOKYO)
    hidden = [replace(doors[2], status="unconfirmed")]
    assert next_change(hidden, NOON) is None, "a page must not tell hidden hours by changing"


def test_every_theme_that_is_read_in_a_text_is_known_to_the_doors() -> None:
    signs = (ROOT / "forum" / "safety" / "data" / "signs.toml").read_text(encoding="utf-8")
    read = set(re.findall(r'^(?:theme|id) = "([a-z_]+)"$', signs, re.MULTILINE))
    assert "despair" in read
    assert read <= set(THEMES)


def test_a_city_without_doors_is_a_fault() -> None:
    with pytest.raises(ValueError, match="at least one door"):
        choose([], (), NOON)


def test_a_city_whose_doors_are_all_for_others_still_answers() -> None:
    answer = choose([door(for_whom=("child",), themes=("child",))], (), NOON)
    assert answer.first.door.id == "a"
    assert (answer.others, answer.face_to_face, answer.face_to_face_line) == ((), None, "")
