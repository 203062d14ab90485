"""What stands on a board that is looked after: promise, cards, flags, badges, and texts told at a window."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from flask import Flask

from config import Mode
from forum import clock
from forum.accounts.types import Role
from tests.accounts.staff import sign_in
from tests.journeys.test_despair import MILD, writes
from tests.pages import Visitor

NIGHT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # a Friday
NARROW = "小2の双子が先天性難聴で、夫はブラジル人です。"


def thread_of(page_url: str) -> str:
    return page_url.split("/threads/")[1].split("?")[0].split("#")[0]


def test_the_promise_stands_before_the_box_is_sent(app: Flask, parent: Visitor) -> None:
    lines = app.extensions["moderation"].promise
    assert lines
    thread = writes(parent, MILD)
    for path in ("/ask", f"/threads/{thread_of(thread.url)}/reply"):
        page = parent.get(path)
        assert all(line in page.text for line in lines), path


def test_one_line_says_when_nobody_watches(app: Flask, parent: Visitor) -> None:
    with clock.turned_to(NIGHT):
        assert "見守る人がいない時間です" in parent.get("/ask").text
    with clock.turned_to(NOON):
        assert "見守る人がいない時間です" not in parent.get("/ask").text


def test_every_text_can_be_told_about(app: Flask, visitor: Callable[[], Visitor]) -> None:
    asker, helper = visitor(), visitor()
    thread = thread_of(writes(asker, MILD).url)
    helper.get(f"/threads/{thread}/reply")
    page = helper.submit("body", body="うちも同じでした。少しずつ楽になりました。")
    flags = [link for link in page.links() if link.endswith("/flag")]
    assert f"/threads/{thread}/flag" in flags and len(flags) == 2
    assert "心配です" in helper.get(flags[1]).text
    assert helper.get("/named").heading


def test_a_complaint_that_names_a_place_waits_and_its_writer_is_told_where(
    app: Flask, visitor: Callable[[], Visitor]
) -> None:
    parent, stranger = visitor(), visitor()
    page = writes(parent, "みどりクリニックの受付の対応が最悪でした。どこか良い小児科はありますか。")
    assert page.url.endswith("/held") and "人が読むまで" in page.text and "みどりクリニック" in page.text
    thread = page.url.split("/")[2]
    stranger.get(f"/threads/{thread}", 404)
    parent.click("書きなおす")
    after = parent.submit("text", text="受付の対応が最悪でした。どこか良い小児科はありますか。", title="")
    assert after.url == f"/threads/{thread}", "without the name it is a worry like any other"


def test_one_click_from_the_thread_makes_it_coarser(app: Flask, visitor: Callable[[], Visitor]) -> None:
    parent, stranger = visitor(), visitor()
    parent.get("/ask")
    preview = parent.submit("text", text=NARROW)
    page = parent.submit(
        "agreed", kept=[box.attributes["value"] for box in preview.root.all("input", type="checkbox")]
    )
    assert "先天性難聴" in page.text
    thread = thread_of(page.url)
    assert "書いた人だけができます" in stranger.get(f"/threads/{thread}/coarsen", 403).text
    parent.get(f"/threads/{thread}")
    parent.click("おおまかな言い方にする")
    after = parent.submit("agreed")
    assert "先天性難聴" not in after.text and "生まれつきの病気" in after.text
    parent.click("おおまかな言い方にする")
    assert parent.page is not None
    assert "見つかりませんでした" in parent.page.heading


def test_a_worry_told_at_a_window_stays_with_the_one_who_told_it(
    app: Flask, visitor: Callable[[], Visitor]
) -> None:
    staff, at_home = sign_in(app, Role.CITY_OFFICER), visitor()
    staff.get("/staff/told")
    assert "本人の「よい」がないと" in staff.submit("text", status=422, text=MILD).text
    sheet = staff.submit("text", text=MILD, consent="y")
    words = [item.text() for item in sheet.root.all("ol", class_="words")[0].all("li")]
    assert len(words) == 11 and "/mine/words" in sheet.text
    assert "hand" not in staff.cookies(), "the window's browser does not become the parent"
    at_home.get("/mine/words")
    assert MILD[:10] in at_home.submit("words", words=" ".join(words)).text
    thread = at_home.get("/threads")
    assert "窓口で聞き取り" in thread.text


def test_a_text_told_at_a_window_in_despair_waits_as_any(app: Flask) -> None:
    staff = sign_in(app, Role.MODERATOR)
    staff.get("/staff/told")
    sheet = staff.submit("text", text="もう消えたい、と話されました。もう消えたいです。", consent="y")
    assert "人が読むまで" in sheet.text
    assert "消えたい" not in Visitor(app).get("/threads").text


def test_the_city_answers_under_its_badge(app: Flask, visitor: Callable[[], Visitor]) -> None:
    thread = thread_of(writes(visitor(), MILD).url)
    nurse = sign_in(app, Role.CITY_OFFICER, nurse=True, name="山田 花子")
    nurse.get("/staff/threads")
    nurse.click(MILD[:10])
    page = nurse.submit("body", body="眠れない日が続くときは、母子保健課に来てください。")
    assert page.url.startswith(f"/threads/{thread}")
    assert "市の担当" in page.text and "保健師" in page.text
    assert "山田" not in page.html


def test_where_nobody_may_post_help_still_comes_first(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    before, care = app.extensions["settings"], app.extensions.pop("moderation")
    app.extensions["settings"] = replace(before, mode=Mode.PRODUCTION)
    try:
        page = parent.submit("text", text="もう消えたいです。")
        assert page.heading == "書いてくれて、ありがとうございます" and "しまわれていません" in page.text
    finally:
        app.extensions["settings"] = before
        app.extensions["moderation"] = care
