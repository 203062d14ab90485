"""A child tells: one question a screen, in words it can read, and the truth about who reads it."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from forum import clock
from forum.safeguarding.intake import sending
from tests.pages import OURS, Page, Visitor, form_fields
from tests.safeguarding.intake.conftest import Inside
from tests.safeguarding.intake.people import words_on

NIGHT = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)  # half past one at night in Tokyo


@pytest.fixture
def child(intake_app: Flask) -> Visitor:
    """A child with a school tablet."""
    return Visitor(intake_app)


def begins(child: Visitor, danger: str = "no") -> Page:
    child.get("/child/")
    child.click("はじめる")
    return child.submit("danger", button=("danger", danger))


def goes(child: Visitor, go: str, status: int = 200, **fields: object) -> Page:
    return child.submit("go", button=("go", go), status=status, **fields)


def test_a_child_answers_five_questions_and_hears_who_reads_it_when(child: Visitor, inside: Inside) -> None:
    assert begins(child).heading == "なにが あった？"
    assert goes(child, "next", happened=["hit", "food"]).heading == "じゆうに かいて ください"
    goes(child, "next", text="おとうさんが まいにち ぶつ")
    last = goes(child, "next", school="はま小", school_class="3ねん2くみ", name="みお")
    assert "5つめ" in last.text and "つぎへ" not in last.text
    page = goes(child, "send", meet=["nurse"], speak_to="ほけんの やまだせんせい")
    assert page.heading == "とどきました" and len(words_on(child)) == 9
    assert "わるくありません" in page.text and "つぎも はじめから かいて だいじょうぶ" in page.text
    (told,), case = inside.told(), inside.case()
    assert told.child_wrote and told.text() == "おとうさんが まいにち ぶつ"
    assert told.clue == "はま小 3ねん2くみ みお"
    assert told.answers == {
        "now": "no",
        "happened": "たたかれる・けられる、ごはんが ない",
        "child_school": "はま小 3ねん2くみ",
        "child_name": "みお",
        "may_meet": "ほけんしつの 先生",
        "may_speak": "ほけんの やまだせんせい",
    }
    assert inside.reports()[0].entrance == "child" and case.groups == "family" and not case.urgent


def test_one_tap_is_enough_and_the_desk_reads_what_was_tapped(child: Visitor, inside: Inside) -> None:
    begins(child, "unknown")
    page = goes(child, "send", happened="home")
    assert page.heading == "とどきました" and "あいに いけません" in page.text
    assert inside.told()[0].text() == "（えらんだこと）おうちが こわい"


def test_in_danger_the_numbers_come_first_and_writing_is_still_there(child: Visitor, inside: Inside) -> None:
    page = begins(child, "yes")
    assert [link for link in page.links() if link in ("tel:110", "tel:119", "tel:189")] == [
        "tel:110",
        "tel:119",
        "tel:189",
    ]
    assert "すぐには だれも いけません" in page.text
    assert goes(child, "open").heading == "なにが あった？"
    goes(child, "send")
    case = inside.case()
    assert case.urgent and case.groups == "family"
    assert inside.told()[0].text() == "（えらんだこと）いま あぶない"


def test_what_a_teacher_did_goes_also_to_those_who_do_not_run_the_school(
    child: Visitor, inside: Inside
) -> None:
    begins(child)
    goes(child, "send", happened=["teacher", "touched"])
    assert inside.case().groups == "family school"


def test_going_back_keeps_every_answer(child: Visitor) -> None:
    begins(child)
    goes(child, "next", happened="shout")
    goes(child, "next", text="こわいよ")
    goes(child, "back", school="はま小")
    assert child.page is not None and "こわいよ" in child.page.html
    page = goes(child, "back")
    (chosen,) = [e for e in page.root.all("input") if "checked" in e.attributes]
    assert chosen.attributes["value"] == "shout"
    goes(child, "next")
    assert "はま小" in goes(child, "next").html


def test_nothing_at_all_is_not_sent_and_says_so(child: Visitor, inside: Inside) -> None:
    begins(child)
    page = goes(child, "send", 422)
    assert "まだ とどいていません" in page.text and page.heading == "なにが あった？"
    assert inside.reports() == []
    assert goes(child, "send", happened="unknown").heading == "とどきました"


def test_answers_lie_nowhere_but_in_the_page_and_there_unreadable(child: Visitor) -> None:
    begins(child)
    goes(child, "next", happened="hit")
    page = goes(child, "next", text="ひみつの ことば")
    assert "ひみつの" not in page.html
    assert "?" not in page.url and set(child.cookies()) <= {"i"}
    assert page.response.headers["Cache-Control"] == "no-store"


def test_the_same_button_twice_is_one_report(child: Visitor, inside: Inside) -> None:
    begins(child)
    assert child.page is not None
    sent = form_fields(child.page.form("go")) | {"happened": "hit", "go": "send"}
    assert child.post("/child/ask", sent).heading == "とどきました"
    first = words_on(child)
    child.post("/child/ask", sent)
    assert words_on(child) == first and len(inside.reports()) == 1


def test_a_page_that_lay_open_too_long_begins_again_and_keeps_the_text(child: Visitor) -> None:
    begins(child)
    goes(child, "next", happened="hit")
    assert child.page is not None
    sent = form_fields(child.page.form("go")) | {"text": "まだ ここに", "go": "next", "state": "broken"}
    page = child.post("/child/ask", sent, 422)
    assert "はじめから" in page.text
    child.submit("danger", button=("danger", "no"))
    assert "まだ ここに" in goes(child, "next").html


def test_a_text_that_is_too_long_stays_and_is_told_kindly(child: Visitor) -> None:
    begins(child)
    goes(child, "next", happened="hit")
    page = goes(child, "send", 422, text="あ" * 5001)
    assert "ながすぎます" in page.text and "あ" * 5001 in page.html


def test_when_it_could_not_be_stored_the_child_hears_that_it_did_not_arrive(
    child: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OperationalError("", None, OSError("disk full"))

    begins(child)
    monkeypatch.setattr(sending, "send", full)
    page = goes(child, "send", 503, happened="hit")
    assert "まだ とどいていません" in page.text
    monkeypatch.undo()
    assert goes(child, "send").heading == "とどきました"


def test_a_whole_class_sends_from_one_address(intake_app: Flask, inside: Inside) -> None:
    for number in range(30):
        pupil = Visitor(intake_app)
        begins(pupil)
        assert goes(pupil, "send", happened="hit", status=200).heading == "とどきました", number
    assert len(inside.reports()) == 30


def test_a_browser_that_keeps_no_cookie_gets_through(intake_app: Flask, inside: Inside) -> None:
    child = Visitor(intake_app)
    child.client = intake_app.test_client(use_cookies=False)
    begins(child)
    assert goes(child, "send", happened="food").heading == "とどきました"
    assert len(inside.reports()) == 1


def test_at_night_there_is_somebody_to_talk_to_and_what_was_sent_waits(
    child: Visitor, inside: Inside
) -> None:
    with clock.turned_to(NIGHT):
        assert "それまでは、だれも" in child.get("/child/").text
        begins(child)
        page = goes(child, "send", happened="hit")
    talk = page.html[page.html.index("はなせる ところ") :]
    open_now = re.findall(r'big-door open">\s*<a class="big-number" href="tel:(\d+)"', talk)
    assert "0120078310" in open_now, "the line for children that answers day and night"
    assert "8時じ40分ぷん" in page.text and len(inside.reports()) == 1


def test_who_cannot_speak_sees_doors_to_write_to_with_their_hours(
    intake_app: Flask, child: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "こえを だせない とき" not in child.get("/child/ask").text, "an unconfirmed door is not shown"
    pack = intake_app.extensions["city"]
    ready = {"status": "reviewed", "url": "https://chat.example/"}
    doors = tuple(replace(one, **ready) if one.id == "ibasho-chat" else one for one in pack.doors)
    monkeypatch.setitem(intake_app.extensions, "city", replace(pack, doors=doors))
    page = child.get("/child/ask")
    assert "こえを だせない とき" in page.text and "https://chat.example/" in page.links()


def test_where_nobody_could_read_it_nothing_is_taken(
    intake_app: Flask, child: Visitor, inside: Inside
) -> None:
    from forum.safeguarding.vault.db import vault_db, writing
    from forum.safeguarding.vault.models import DeskKeyRow

    begins(child)
    with intake_app.app_context(), writing():
        vault_db.session.query(DeskKeyRow).delete()
    page = goes(child, "send", 503, happened="hit")
    assert "とどきません" in page.text and "tel:110" in page.links()
    assert "はじめる" not in child.get("/child/").text


def test_a_page_from_elsewhere_cannot_send_for_a_child(child: Visitor, inside: Inside) -> None:
    begins(child)
    assert child.page is not None
    sent = form_fields(child.page.form("go")) | {"happened": "hit", "go": "send"}
    child.post("/child/ask", sent, 403, headers={"Origin": "https://elsewhere.example"})
    child.post("/child/ask", {"go": "send"}, 422, headers=OURS)
    assert inside.reports() == []
