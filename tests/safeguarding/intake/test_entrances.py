"""The other entrances: professionals, what staff did, parents about themselves, pages to read."""

import pytest
from flask import Flask

from forum.safeguarding.policy import Policy
from tests.pages import SENSITIVE, Visitor
from tests.safeguarding.intake.conftest import Inside
from tests.safeguarding.intake.people import words_on


def test_a_teacher_fills_in_what_is_known_and_facts_stay_apart(neighbour: Visitor, inside: Inside) -> None:
    neighbour.get("/")
    neighbour.click("学校・園・医療機関の方")
    page = neighbour.submit(
        "organisation",
        organisation="○○小学校",
        name="担任A",
        relation="担任",
        phone="077-000-0000",
        seen="左のほおに、指の形のあざ",
        said="「お父さん」と本人が言った",
        supposed="家に帰るのをいやがっている気がする",
        child_name="おおつ たろう",
        address="浜町1",
        family_knows="no",
        since_unknown="y",
        now="1",
        **{"telling-said": "1"},
    )
    assert page.heading == "届きました" and len(words_on(neighbour)) == 9
    (told,), (who,), case = inside.told(), inside.who(), inside.case()
    assert [(one.kind, one.telling) for one in told.paragraphs] == [
        ("seen", False),
        ("said", True),
        ("supposed", False),
    ]
    assert told.answers == {
        "child_name": "おおつ たろう",
        "address": "浜町1",
        "since": "unknown",
        "family_knows": "no",
        "now": "yes",
    }
    assert told.clue == "浜町1" and who.organisation == "○○小学校" and who.relation == "担任"
    assert "担任A" not in told.to_bytes().decode()
    assert case.urgent and inside.reports()[0].entrance == "professional"


def test_a_professional_needs_one_sentence_only(neighbour: Visitor, inside: Inside) -> None:
    neighbour.get("/pro")
    page = neighbour.submit("organisation", status=422, organisation="○○園", phone="077-1")
    assert "どれか一つに" in page.text and "077-1" in page.html
    assert neighbour.submit("organisation", heard="どなり声").heading == "届きました"


@pytest.mark.parametrize(
    ("where", "danger", "groups"),
    [
        ("facility", False, "facility"),
        ("school", False, "school"),
        ("unknown", False, "facility school"),
        ("", False, "facility school"),
        ("nonsense", False, "facility school"),
        ("facility", True, "family facility"),
        ("unknown", True, "family facility school"),
    ],
)
def test_what_staff_did_goes_to_those_who_do_not_run_the_place(
    neighbour: Visitor, inside: Inside, where: str, danger: bool, groups: str
) -> None:
    neighbour.get("/other")
    neighbour.submit("where", text="先生がたたいた", where=where, **({"now": "y"} if danger else {}))
    case = inside.case()
    assert case.groups == groups and case.urgent is danger
    (told,) = inside.told()
    assert told.answers["where"] == (where if where in ("facility", "school") else "unknown")


def test_each_of_the_two_has_its_own_word_and_hours(neighbour: Visitor, policy: Policy) -> None:
    page = neighbour.get("/other")
    for group in (policy.group("facility"), policy.group("school")):
        assert group.label in page.text and f"「{group.word}」" in page.text
        assert f"{group.hours}時間" in page.text
    neighbour.submit("text", status=422, text="", where="school")
    assert neighbour.page is not None
    (chosen,) = [e for e in neighbour.page.root.all("input", type="radio") if "checked" in e.attributes]
    assert chosen.attributes["value"] == "school"


def test_a_parent_about_themselves_finds_help_first_and_may_write_too(
    neighbour: Visitor, inside: Inside
) -> None:
    neighbour.get("/")
    page = neighbour.click("自分の子育てが つらい")
    assert page.html.index("話せる人") < page.html.index("<textarea")
    assert "https://localhost:8000/" in page.links()
    assert "tel:0120279338" in page.links()
    neighbour.submit("text", text="たたいてしまいそうでこわい")
    assert inside.reports()[0].entrance == "self" and inside.case().groups == "family"


def test_a_parent_who_was_visited_reads_what_happens_and_what_to_ask(neighbour: Visitor) -> None:
    neighbour.get("/")
    page = neighbour.click("連絡があったと聞いた 保護者の方へ")
    assert "悪いと決まったということではありません" in page.text
    assert "手伝う" in page.text and "聞いてよいこと" in page.text
    assert "だれが連絡したかは、聞かれてもお答えできません" in page.text


def test_pages_have_neutral_titles_and_addresses_and_the_same_way_home(intake_app: Flask) -> None:
    reader = Visitor(intake_app)
    for path in ("/", "/self", "/other", "/pro", "/promises", "/traces", "/visited", "/back", "/verify"):
        page = reader.get(path)
        assert page.title == "子育て案内"
        assert not [word for word in SENSITIVE if any(word in link for link in page.links())]
        assert "/" in page.links() and page.response.headers["Cache-Control"] == "no-store"


def test_a_city_without_a_line_for_concerns_leaves_it_out(
    intake_app: Flask, neighbour: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    pack = intake_app.extensions["city"]
    without = tuple(door for door in pack.doors if door.themes[0] != "child_safety")
    monkeypatch.setitem(intake_app.extensions, "city", replace(pack, doors=without))
    assert [e.text() for e in neighbour.get("/").root.all("strong")] == ["110", "119"]


def test_another_city_speaks_with_its_own_hours(minato_doors: tuple[Flask, Flask]) -> None:
    assert "みなと市" in Visitor(minato_doors[0]).get("/promises").text
