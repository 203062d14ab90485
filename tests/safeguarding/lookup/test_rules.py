"""When two reports are shown beside each other, and why."""

from datetime import UTC, datetime

from forum.safeguarding.lookup import rules
from forum.safeguarding.lookup.extract import part_of_content
from forum.safeguarding.lookup.rules import Known
from forum.safeguarding.lookup.types import Summary
from forum.sealing.content import Content, Paragraph

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def told(text: str, clue: str = "", **answers: str) -> Known:
    part = part_of_content("report:x", Content((Paragraph(text),), clue=clue, answers=answers), NOW)
    return rules.known(Summary("x", 1, (part,)))


def kinds(one: Known, other: Known) -> set[str]:
    return {reason.kind for reason in rules.reasons(one, other)}


def shown(one: Known, other: Known) -> bool:
    both = {rules.suggests(rules.reasons(a, b), a, b) for a, b in ((one, other), (other, one))}
    assert len(both) == 1
    return both.pop()


def test_the_same_room_is_enough() -> None:
    one = told("泣き声がします", "におの浜3丁目2-5 コーポみずうみ203号室")
    other = told("痩せている子がいます", "大津市におの浜のハイツ青空203")
    assert not shown(one, other)
    same = told("痩せている子がいます", "大津市におの浜のコーポミズウミ２０３")
    assert shown(one, same) and "room" in kinds(one, same)


def test_some_flat_upstairs() -> None:
    one = told("毎晩9時ごろ、上の階から泣き声がします", "におの浜のコーポみずうみの上の階")
    other = told("21時すぎに泣き叫ぶ声が聞こえる", "大津市におの浜3-2-5コーポみずうみ")
    assert shown(one, other)
    assert {"building", "sign", "hour"} <= kinds(one, other)


def test_the_neighbours_of_one_building_are_not_one_family() -> None:
    one = told("毎晩、泣き声がします", "におの浜のコーポみずうみ203")
    other = told("毎晩、泣き声がします", "におの浜のコーポみずうみ501")
    assert not shown(one, other)


def test_a_building_of_that_name_in_another_town_is_another() -> None:
    one = told("毎晩、泣き声がします", "におの浜のコーポ桜の上の階", child_age="4歳")
    other = told("毎晩、泣き声がします", "仰木町のコーポ桜の上の階", child_age="4歳")
    assert not shown(one, other)


def test_a_mistyped_name_in_the_same_street() -> None:
    one = told("山田はなこちゃんが泣いています", "唐橋町3-8-24", child_age="5歳")
    other = told("やまだ はなごという子", "唐橋3丁目", child_age="4歳くらい", child_name="やまだ はなご")
    assert shown(one, other)


def test_children_of_other_years_are_others() -> None:
    one = told("田中さんの家から泣き声", "唐橋町3-8-24", child_age="2歳")
    other = told("田中さんの家から泣き声", "唐橋町3-8", child_age="中学生")
    assert not shown(one, other)


def test_what_is_common_to_all_shows_nothing() -> None:
    one = told("夜に泣き声がします", child_age="4歳")
    other = told("夜に泣き声がします", child_age="4歳")
    assert not shown(one, other)
