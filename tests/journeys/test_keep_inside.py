"""「だれにも渡さない」: it stays with those who look after the board; its writer is told the exception."""

from flask import Flask

from tests.journeys.test_despair import writes
from tests.journeys.waiting import waiting_text
from tests.pages import Visitor


def test_a_writer_shuts_it_in_and_still_reads_it(app: Flask, parent: Visitor) -> None:
    page = writes(parent, "もう消えたい。夫には知られたくない。")
    for line in app.extensions["moderation"].promise:
        assert line in page.text, "the exception stands beside the button"
    assert not waiting_text(app, page).found.keep_inside
    held = parent.submit("/held/inside")
    assert held.url.endswith("/held") and "知られたくない" in held.text
    parent.page = page
    assert waiting_text(app, page).found.keep_inside


def test_it_stays_so_after_rewriting(app: Flask, parent: Visitor) -> None:
    page = writes(parent, "もう消えたい。夫には知られたくない。")
    parent.submit("/held/inside")
    thread_id = waiting_text(app, page).thread_id
    parent.get(f"/threads/{thread_id}/edit")
    again = parent.submit("text", text="やっぱり消えたい。")
    assert waiting_text(app, again).found.keep_inside


def test_nobody_else_can_touch_it(app: Flask, parent: Visitor) -> None:
    page = writes(parent, "もう消えたい。夫には知られたくない。")
    thief = Visitor(app)
    thief.get("/ask")
    thief.submit("text", text="ベビーカーをゆずってください。")
    for action in ("hand-over", "keep", "inside"):
        fields = {"text": "x", "post": "", "homepage": ""}
        answer = thief.post(f"/threads/{waiting_text(app, page).thread_id}/held/{action}", fields, 422)
        assert "知られたくない" not in answer.html
    thief.page = page  # the form of somebody else, sent with one's own cookies
    assert "知られたくない" in str(waiting_text(app, page).body)
