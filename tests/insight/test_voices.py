"""Somebody writes to the city; the city answers where everybody can read it."""

from collections.abc import Callable

from flask import Flask

from forum.accounts.types import Role
from forum.board import queries as board
from forum.board import service
from forum.board.types import NewThread, Origin, Thread
from forum.db import db, writing
from forum.ids import new_public_id
from tests.accounts.staff import sign_in
from tests.pages import Visitor

VOICE = "駅前のひろばに、雨の日も遊べる場所がほしいです。"
WHY = "来年の春に、屋根のある場所を一つひらく予定です。"


def voice(app: Flask, board_id: str = "to_city") -> Thread:
    public_id = new_public_id()
    new = NewThread(public_id=public_id, author_tag=None, once=public_id, body=VOICE, board=board_id)
    with app.app_context(), writing():
        return service.open_thread(new)


def answer(officer: Visitor, thread: Thread, status: str, reason: str) -> None:
    officer.get(f"/staff/voices/{thread.id}")
    officer.submit("reason", decision=status, reason=reason)


def test_the_city_answers_in_the_list_and_in_the_thread(app: Flask, visitor: Callable[[], Visitor]) -> None:
    thread = voice(app)
    assert "市はまだ答えていません" in visitor().get("/voices").text
    officer = sign_in(app, Role.CITY_OFFICER, name="山本")
    assert VOICE[:10] in officer.get("/staff/voices").text
    answer(officer, thread, "considered", WHY)
    page = visitor().get("/voices").text
    assert "検討中" in page and WHY in page and "山本" not in page
    shown = visitor().get(f"/threads/{thread.id}").text
    assert WHY in shown and "山本" not in shown
    with app.app_context():
        (reply,) = board.thread_page(thread.id).posts
        assert reply.origin is Origin.OFFICER
        line = db.session.execute(db.text("select verb, subject, reason from account_audit")).all()[-1]
        assert tuple(line) == ("voice_answered", thread.id, "considered")


def test_a_no_says_why_and_what_was_typed_stays(app: Flask) -> None:
    thread = voice(app)
    officer = sign_in(app, Role.CITY_OFFICER)
    officer.get(f"/staff/voices/{thread.id}")
    page = officer.submit("reason", 422, decision="refused", reason="")
    assert "理由や、これからすることを書いてください" in page.text
    page = officer.submit(
        "reason", 422, decision="refused", reason="電話は 090-1234-5678 まで。予算がありません。"
    )
    assert "公開される文です" in page.text and "予算がありません" in page.html


def test_other_boards_are_nobodys_to_answer_here(app: Flask) -> None:
    thread = voice(app, "baby")
    sign_in(app, Role.CITY_OFFICER).get(f"/staff/voices/{thread.id}", status=404)
    sign_in(app, Role.MODERATOR).get("/staff/voices", status=403)
