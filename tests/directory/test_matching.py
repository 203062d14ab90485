"""What a worry is offered, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forum.directory.matching import MOST, match
from forum.directory.types import Match, Need
from forum.safety.types import Signs, Theme
from tests.directory.shelf import CATEGORIES, THESAURUS, TOWN, service


def offered(text: str, **facts: object) -> list[Match]:
    services = facts.pop("services", TOWN)
    signs = facts.pop("signs", None)
    return match(Need(text, **facts), services, CATEGORIES, THESAURUS, signs)  # type: ignore[arg-type]


def names(matches: list[Match]) -> list[str]:
    return [found.service.name for found in matches]


def sign(theme: str) -> Signs:
    return Signs((Theme(theme, "", 0, 0, "test"),))


def test_a_tired_mother_of_a_newborn_gets_a_place_to_rest() -> None:
    found = offered("産後で眠れず、授乳もうまくいかなくて疲れました", child_age_months=1)
    assert "産後の宿" in names(found)[:3]


def test_a_newborn_is_not_offered_the_clubs_of_schoolchildren() -> None:
    found = offered("学童のことで悩んでいます。産後で動けません", child_age_months=1)
    assert "学童" not in names(found)
    assert "学童" in names(offered("学童のことで悩んでいます", child_age_months=84))


def test_the_reason_quotes_the_writers_own_words() -> None:
    found = offered("実家が遠くて、一時保育を使いたいけれど気が引けます", child_age_months=20)
    care = next(m for m in found if m.service.name == "一時保育")
    assert "「一時保育」と書かれていたので" in care.reason
    assert "20か月の子なら使えます" in care.reason
    assert "一時保育" in care.evidence


def test_the_reason_quotes_a_word_with_its_ending() -> None:
    found = offered("もう疲れました")
    assert any("「疲れました」" in m.reason for m in found)


def test_one_service_of_a_kind_and_five_at_most() -> None:
    text = "産後で疲れて、一時保育も学童も送迎も健診も友だちづくりもひろばも、お金も発達も気になります"
    found = offered(text)
    kinds = [m.category.id for m in found]
    assert len(kinds) == len(set(kinds)) <= MOST == 5
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)


def test_a_service_of_another_district_is_left_out() -> None:
    found = offered("ひろばで友だちがほしい", place="西部", districts=frozenset({"西学区"}))
    assert "西のひろば" in names(found)
    assert "東のひろば" not in names(found)
    assert "西部の支援です" in next(m for m in found if m.service.name == "西のひろば").reason


def test_without_a_district_the_service_for_everybody_comes_first() -> None:
    town = (*TOWN, service("市のひろば", "drop_in_center", description="親子で遊ぶ。"))
    found = offered("ひろばで友だちがほしい", services=town)
    assert "市のひろば" in names(found)


def test_an_unconfirmed_service_sinks_below_a_confirmed_one() -> None:
    doubtful = replace(TOWN[3], id="a", name="まだの預かり", verified=False)
    found = offered("一時保育を使いたい", services=(doubtful, *TOWN), child_age_months=20)
    assert "一時保育" in names(found)
    assert "まだの預かり" not in names(found)


def test_nothing_said_leads_to_whom_one_can_always_turn() -> None:
    found = offered("うーん")
    assert names(found) == ["相談室"]
    assert found[0].reason == "どんなことでも、まず話せるところなので"
    assert found[0].evidence == ""


@pytest.mark.parametrize(
    "text",
    ["赤ちゃんの泣き声が止まらず疲れました", "2歳の息子が物を投げて困ります", "イヤイヤ期で怒鳴ってしまう"],
)
def test_an_ordinary_worry_is_never_sent_to_those_who_would_frighten(text: str) -> None:
    assert not {"女性の電話", "安全の電話"} & set(names(offered(text)))


def test_signs_of_danger_bring_those_who_help() -> None:
    found = offered("家に帰るのがこわい", signs=sign("dv"))
    women = next(m for m in found if m.service.name == "女性の電話")
    assert women.reason == "すぐに話せる人がいたほうがよさそうなので"
    assert "安全の電話" in names(offered("となりの子のことです", signs=sign("child_safety")))


def test_who_names_it_in_two_ways_gets_it_without_a_sign() -> None:
    assert "女性の電話" in names(offered("夫の暴力がつらいです。夫から逃げたい"))


def test_what_nothing_is_offered_for_goes_to_those_who_help_instead() -> None:
    """No service comes home in this town: the wish for one reaches the families' support."""
    found = offered("つわりで家事ができません", child_age_months=None)
    assert "子育て援助" in names(found)


def test_the_same_worry_gets_the_same_answer() -> None:
    text = "産後で疲れて、上の子の預け先もありません"
    assert offered(text) == offered(text)


def test_a_city_without_services_offers_nothing() -> None:
    assert offered("疲れました", services=()) == []


def test_words_about_another_age_sink_a_service() -> None:
    pupils = service("青の相談", "family_consultation", eligibility_description="小学生からの子どもと家族")
    small = service("白の相談", "family_consultation", eligibility_description="妊婦、乳幼児のいる家庭")
    for months, first in ((3, "白の相談"), (100, "青の相談")):
        found = offered("疲れました", services=(pupils, small), child_age_months=months)
        assert names(found) == [first]
