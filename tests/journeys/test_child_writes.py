"""A child writes where parents write. It is answered in kana, asked for nothing, and kept from strangers."""

import re
from collections.abc import Callable

from flask import Flask

from forum.board import moderating
from forum.db import db, writing
from tests.journeys.test_despair import _letterbox as _letterbox  # noqa: PLC0414
from tests.journeys.test_despair import letterbox as letterbox  # noqa: PLC0414
from tests.journeys.test_despair import writes
from tests.journeys.waiting import arrived, waiting_text
from tests.pages import Page, Visitor

CHILD = "小5です。おうちで ママがたたく。だれにもいえない。"
KANJI = re.compile(r"[\u4e00-\u9fff]")


def kana_only(page: Page) -> None:
    main = page.root.all("main")[0]
    words = " ".join(e.text() for e in main.walk() if e.name in ("p", "h1", "h2", "button"))
    assert not KANJI.findall(words), words


def test_the_page_is_in_kana_and_asks_for_nothing(app: Flask, parent: Visitor) -> None:
    page = writes(parent, CHILD)
    kana_only(page)
    assert "あなたは、わるくありません" in page.text and "119" in page.text and "110" in page.text
    boxes = [e for e in page.root.all("main")[0].walk() if e.name == "input"]
    assert all(e.attributes.get("type") == "hidden" for e in boxes), "no name, no number is asked for"
    kept = waiting_text(app, page)
    assert kept.visibility == "held" and kept.locked


def test_a_single_sign_is_enough_to_keep_strangers_out(app: Flask, visitor: Callable[[], Visitor]) -> None:
    child, stranger = visitor(), visitor()
    page = writes(child, "小5です。友だちのことで相談があります。")
    thread_id = waiting_text(app, page).thread_id
    stranger.get(f"/threads/{thread_id}", 404)
    stranger.get(f"/threads/{thread_id}/reply", 404)
    with app.app_context():
        with writing():
            moderating.publish(thread_id, None)  # a person has read it
        db.session.remove()
    assert "返信を書く" not in stranger.get(f"/threads/{thread_id}").text
    assert "受け付けていません" in stranger.get(f"/threads/{thread_id}/reply", 409).text


def test_it_goes_to_those_who_protect_children_under_the_strictest_label(
    app: Flask, parent: Visitor, letterbox: Flask
) -> None:
    writes(parent, CHILD)
    page = parent.submit("whole", button=("whole", "1"))
    assert page.heading == "わたしました"
    kana_only(page)
    assert [(told, child) for told, _, child in arrived(app, letterbox)] == [(CHILD, True)]


def test_a_child_may_wipe_it_away(app: Flask, parent: Visitor) -> None:
    writes(parent, CHILD)
    page = parent.submit("/held/keep")
    assert page.heading == "けしました"
    kana_only(page)
