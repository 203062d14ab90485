"""The board's own pages, as parents use them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from forum.board import service
from forum.board.types import NewThread, Origin, Thread
from forum.clock import now
from forum.db import writing
from forum.ids import new_public_id
from forum.visitors.service import COOKIE
from forum.visitors.types import Hand
from tests.pages import BASE, OURS, Visitor, form_fields

MakeVisitor = Callable[[], Visitor]
REPLY = "うちも8か月のころがいちばん大変でした。"


def asks(app: Flask, person: Visitor | None, **facts: object) -> Thread:
    """A thread by the hand of this browser, or by the city."""
    public_id = new_public_id()
    tag = None
    if person is not None:
        hand = (
            Hand(bytes.fromhex(person.cookies()[COOKIE]))
            if COOKIE in person.cookies()
            else Hand(bytes(range(10)))
        )
        person.client.set_cookie(COOKIE, hand.secret.hex(), domain="localhost", secure=True)
        tag = hand.tag(public_id)
    values = {
        "public_id": public_id,
        "author_tag": tag,
        "once": public_id,
        "body": "夜泣きで眠れません。毎晩です。",
    }
    with app.app_context(), writing():
        return service.open_thread(NewThread(**(values | facts)))  # type: ignore[arg-type]


def reply_to(person: Visitor, thread: Thread, body: str = REPLY, **more: object) -> None:
    person.get(f"/threads/{thread.id}/reply")
    person.submit("body", body=body, **more)


def test_a_reply_stands_on_the_thread_with_its_kind_and_a_name(app: Flask, visitor: MakeVisitor) -> None:
    asker, helper = visitor(), visitor()
    thread = asks(app, asker)
    assert helper.cookies() == {}
    helper.get(f"/threads/{thread.id}/reply")
    assert COOKIE not in helper.cookies(), "no hand before writing"
    page = helper.submit("body", body=REPLY, kind="empathy")
    assert page.url == f"/threads/{thread.id}"
    assert REPLY in page.text and "共感" in page.text and "さん" in page.text
    assert COOKIE in helper.cookies()


def test_the_answer_leads_to_the_place_of_the_new_reply(app: Flask, visitor: MakeVisitor) -> None:
    helper = visitor()
    thread = asks(app, visitor())
    helper.get(f"/threads/{thread.id}/reply")
    assert helper.page is not None
    fields = {**form_fields(helper.page.form("body")), "body": REPLY}
    for _ in range(2):  # pressed twice
        sent = helper.client.post(f"/threads/{thread.id}/reply", base_url=BASE, data=fields, headers=OURS)
        assert sent.status_code == 303 and sent.headers["Location"] == f"/threads/{thread.id}#r1"
    assert helper.get(f"/threads/{thread.id}").text.count(REPLY) == 1


@pytest.mark.parametrize(
    ("body", "sentence"),
    [("うん", "もう少しだけ"), ("　 \n", "もう少しだけ"), ("あ" * 2_001, "いま2001文字")],
)
def test_a_reply_of_a_wrong_length_is_asked_again_with_its_text(
    app: Flask, visitor: MakeVisitor, body: str, sentence: str
) -> None:
    helper = visitor()
    thread = asks(app, visitor())
    helper.get(f"/threads/{thread.id}/reply")
    page = helper.submit("body", status=422, body=body)
    assert sentence in page.text
    assert body.strip() in page.html


def test_an_old_token_costs_one_more_press_and_no_text(app: Flask, visitor: MakeVisitor) -> None:
    helper = visitor()
    thread = asks(app, visitor())
    helper.get(f"/threads/{thread.id}/reply")
    page = helper.submit("body", status=422, body=REPLY, csrf_token="old")
    assert REPLY in page.html
    assert REPLY in helper.submit("body").text


def test_a_telephone_number_in_a_reply_meets_the_preview_and_is_never_stored(
    app: Flask, visitor: MakeVisitor
) -> None:
    helper = visitor()
    thread = asks(app, visitor())
    helper.get(f"/threads/{thread.id}/reply")
    page = helper.submit("body", body="わたしに電話してください 09012345678 いつでも", kind="info")
    assert "かくしました" in page.heading and "いつでも" in page.text
    seen = helper.submit("agreed")
    assert seen.url == f"/threads/{thread.id}"
    assert "いつでも" in seen.text and "09012345678" not in seen.html and "情報" in seen.text


def test_what_was_typed_after_the_preview_is_looked_at_again(app: Flask, visitor: MakeVisitor) -> None:
    helper = visitor()
    thread = asks(app, visitor())
    helper.get(f"/threads/{thread.id}/reply")
    helper.submit("body", body="電話してください 09012345678")
    page = helper.submit("もう一度たしかめる", body="電話してください 09087654321")
    assert "かくしました" in page.heading
    assert REPLY in helper.submit("もう一度たしかめる", body=REPLY).text


def test_a_thread_withdrawn_while_somebody_replies_gives_the_text_back(
    app: Flask, visitor: MakeVisitor
) -> None:
    asker, helper = visitor(), visitor()
    thread = asks(app, asker)
    helper.get(f"/threads/{thread.id}/reply")
    asker.get(f"/threads/{thread.id}/withdraw")
    asker.submit("csrf_token")
    page = helper.submit("body", status=409, body=REPLY)
    assert "もう書きこめません" in page.heading and REPLY in page.html
    assert "書きこめません" in helper.get(f"/threads/{thread.id}/reply", status=409).heading


def test_the_asker_rewrites_and_nobody_else_can(app: Flask, visitor: MakeVisitor) -> None:
    asker, other = visitor(), visitor()
    thread = asks(app, asker)
    asker.get(f"/threads/{thread.id}/edit")
    page = asker.submit("text", title="", text="寝ぐずりがひどいです。2時間かかります。")
    assert page.heading == "寝ぐずりがひどいです"
    assert "合言葉" in other.get(f"/threads/{thread.id}/edit", status=403).text
    reply_to(other, thread)
    assert "書いた人だけ" in other.get(f"/threads/{thread.id}/edit", status=403).heading


def test_rewriting_a_title_goes_through_the_same_gate(app: Flask, visitor: MakeVisitor) -> None:
    asker = visitor()
    thread = asks(app, asker)
    asker.get(f"/threads/{thread.id}/edit")
    page = asker.submit("text", title="電話 09012345678 へ", text="夜泣きで眠れません。")
    assert "かくしました" in page.heading
    assert "09012345678" not in asker.submit("agreed").html
    asker.get(f"/threads/{thread.id}/edit")
    assert "60文字まで" in asker.submit("text", status=422, title="あ" * 61).text


def test_a_writer_rewrites_and_withdraws_a_reply(app: Flask, visitor: MakeVisitor) -> None:
    asker, helper = visitor(), visitor()
    thread = asks(app, asker)
    reply_to(helper, thread)
    helper.get("/mine")
    helper.click("書きなおす")
    page = helper.submit("body", body="1歳すぎに、急に寝るようになりました。")
    assert "1歳すぎに" in page.text and REPLY not in page.text and "書きなおしあり" in page.text
    helper.get("/mine")
    helper.click("取り下げる")
    assert "1歳すぎに" not in helper.submit("csrf_token").text
    assert "取り下げました" in helper.get(f"/threads/{thread.id}").text


def test_helped_and_me_too_count_once_and_not_for_oneself(app: Flask, visitor: MakeVisitor) -> None:
    asker, helper = visitor(), visitor()
    thread = asks(app, asker)
    reply_to(helper, thread)
    for _ in range(2):
        asker.get(f"/threads/{thread.id}")
        asker.click("助かった")
        page = asker.submit("csrf_token")
    assert page.root.all("article", class_="post")[0].all("*", class_="count")[0].text().strip() == "1"
    asker.get(f"/threads/{thread.id}/me-too")
    assert "自分の書きこみ" in asker.submit("csrf_token", status=409).heading


def test_solved_can_be_said_and_taken_back(app: Flask, visitor: MakeVisitor) -> None:
    asker = visitor()
    thread = asks(app, asker)
    for listed in (True, False):
        asker.get(f"/threads/{thread.id}/solve")
        asker.submit("csrf_token")
        assert (thread.id in asker.get("/threads?show=solved").html) is listed


def test_mine_tells_what_was_answered_since_and_can_be_erased_here(app: Flask, visitor: MakeVisitor) -> None:
    asker, helper = visitor(), visitor()
    assert "まだありません" in asker.get("/mine").text
    thread = asks(app, asker)
    assert "まだありません" in asker.get("/mine").text and thread.title in asker.page.text  # type: ignore[union-attr]
    reply_to(helper, thread)
    reply_to(helper, thread, "もうひとつ、思い出しました。")
    assert "新しい返信 2件" in asker.get("/mine").text
    assert "新しい返信" not in helper.get("/mine").text
    asker.get("/mine/forget")
    page = asker.submit("csrf_token")
    assert "消しました" in page.text and thread.title not in page.text
    assert COOKIE not in asker.cookies()
    assert thread.title in helper.get(f"/threads/{thread.id}").text, "what was written stays"


def test_lists_filter_by_plain_links_and_say_so_when_empty(app: Flask, parent: Visitor) -> None:
    boards = app.extensions["city"].boards
    first, second = (
        asks(app, parent, board=boards[0].id, child_age_months=8),
        asks(app, parent, board=boards[1].id),
    )
    parent.get("/threads")
    page = parent.click(boards[0].label)
    assert first.id in page.html and second.id not in page.html
    page = parent.click("解決しました")
    assert "まだありません" in page.text and first.id not in page.html
    assert parent.get("/threads?board=nonsense&age=-&show=x").html.count("thread-line") == 2
    parent.get("/threads?after=nonsense", status=404)


def test_a_list_goes_on_on_the_next_page(app: Flask, parent: Visitor) -> None:
    made = {asks(app, parent).id for _ in range(23)}
    first = parent.get("/threads")
    second = parent.click("次へ")
    assert "次へ" not in second.text
    seen = [i for i in made if i in first.html] + [i for i in made if i in second.html]
    assert sorted(seen) == sorted(made)


def test_what_the_city_prepared_says_so_everywhere_and_offers_no_rewriting(
    app: Flask, parent: Visitor
) -> None:
    asks(app, None, origin=Origin.CITY, created_at=now())
    assert "市が用意" in parent.get("/threads").text
    assert "見本" not in parent.page.text  # type: ignore[union-attr]


def test_a_sample_is_marked_in_lists_and_replies(app: Flask, parent: Visitor, visitor: MakeVisitor) -> None:
    thread = asks(app, None, origin=Origin.SAMPLE)
    assert "見本" in parent.get("/threads").text
    reply_to(parent, thread)
    assert "自分の返信をなおす" in parent.get(f"/threads/{thread.id}").text


def test_too_many_replies_answer_429_with_the_text(app: Flask, parent: Visitor) -> None:
    thread = asks(app, None, origin=Origin.SAMPLE)
    for number in range(7):  # the first one counts before the hand is known
        reply_to(parent, thread, f"{number}つめの返信です。")
    parent.get(f"/threads/{thread.id}/reply")
    assert REPLY in parent.submit("body", status=429, body=REPLY).html
