"""A few details together name a family in a small city: the writer sees it before anybody else does."""

from collections.abc import Callable

from flask import Flask

from tests.journeys.test_masking import everything_stored
from tests.pages import Visitor

WORRY = "小2の双子が先天性難聴で、夫はブラジル人です。学校で孤立しています。"
ADVICE = "どの家族か分かってしまうかもしれません"


def test_one_button_posts_the_coarser_words(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    preview = parent.submit("text", text=WORRY)
    assert preview.url == "/ask" and ADVICE in preview.text
    marks = [mark.text() for mark in preview.root.all("ins")]
    assert marks == ["小学校低学年", "きょうだい", "生まれつきの病気", "海外出身"]
    assert preview.heading == "少しおおまかな言い方にしてみました"
    thread = parent.submit("agreed")
    assert thread.url.startswith("/threads/")
    assert "小学校低学年のきょうだいが生まれつきの病気で、夫は海外出身です" in thread.text
    assert "ブラジル" not in everything_stored(app)


def test_it_is_advice_and_the_writer_decides(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    preview = parent.submit("text", text=WORRY)
    boxes = preview.root.all("input", type="checkbox")
    assert len(boxes) == 4
    thread = parent.submit("agreed", kept=[box.attributes["value"] for box in boxes])
    assert "小2の双子が先天性難聴で、夫はブラジル人です" in thread.text


def test_hidden_and_coarser_words_stand_on_the_same_page(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    preview = parent.submit("text", text=f"{WORRY}電話は 090-0000-1234 です")
    assert "かくしました" in preview.heading and ADVICE in preview.text
    assert "0000-1234" not in parent.submit("agreed").html
    assert "0000-1234" not in everything_stored(app)


def test_the_words_say_what_the_city_has_counted(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    preview = parent.submit("text", text=WORRY)
    from forum.city.current import current

    with app.app_context():
        counted = current().counts is not None
    assert ("この市では人数が未登録です" in preview.text) is not counted
    if counted:
        parent.get("/ask")
        few = parent.submit("text", text="潮鳴に住む3歳2か月の子が、ことばを話しません。")
        assert "市内で数家族にしぼられそうです" in few.text
        assert "人数" not in few.text


def test_replies_and_edits_are_read_in_the_same_way(app: Flask, visitor: Callable[[], Visitor]) -> None:
    asker, helper = visitor(), visitor()
    asker.get("/ask")
    thread = asker.submit("text", text="夜泣きで眠れません。")
    thread_id = thread.url.split("/threads/")[1].split("?")[0]
    helper.get(f"/threads/{thread_id}/reply")
    assert ADVICE in helper.submit("body", body=WORRY, kind="info").text
    assert "きょうだい" in helper.submit("agreed").text
    asker.get(f"/threads/{thread_id}/edit")
    assert ADVICE in asker.submit("text", text=WORRY).text
    asker.submit("agreed")
    assert "ブラジル" not in everything_stored(app)


def test_an_ordinary_worry_meets_no_advice(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    page = parent.submit("text", text="3歳2か月の双子です。夜中に交代で起きて、もうくたくたです。", age="3歳")
    assert page.url.startswith("/threads/"), page.text
