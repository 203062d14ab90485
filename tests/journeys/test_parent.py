"""A parent at two in the morning, and the parent who answers."""

from collections.abc import Callable

from flask import Flask

from tests.conftest import work
from tests.pages import Page, Visitor

WORRY = "生後8か月の息子が夜中に5回も起きます。抱っこしないと泣きやまず、わたしも眠れていません。"


def post_worry(person: Visitor, text: str = WORRY, **more: object) -> str:
    """Write a worry through the pages; returns the thread's id."""
    person.get("/ask")
    page = person.submit("text", text=text, **more)
    assert "相談を送りました" in page.text
    return page.url.split("/threads/")[1].split("?")[0]


def test_a_worry_gets_its_answer_on_the_very_next_page(parent: Visitor) -> None:
    home = parent.get("/")
    assert "いま、困っていること" in home.text
    assert parent.cookies() == {}, "no cookie before writing"
    box = parent.submit("text", text=WORRY)
    assert box.status == 200 and WORRY in box.html, "the open box gives back what was typed"
    thread = parent.submit("csrf_token")
    assert thread.url.startswith("/threads/")
    assert "夜中に5回も起きます" in thread.text
    assert "使える支援" in thread.text and "話せる人" in thread.text
    assert "名前" not in thread.heading


def test_another_parent_answers_and_the_asker_sees_it(app: Flask, visitor: Callable[[], Visitor]) -> None:
    asker, helper = visitor(), visitor()
    thread_id = post_worry(asker)
    helper.get(f"/threads/{thread_id}")
    helper.click("返信を書く")
    helper.submit(
        "body", body="うちも8か月のころがいちばん大変でした。1歳すぎに急に寝ました。", kind="experience"
    )
    seen = asker.get(f"/threads/{thread_id}")
    assert "1歳すぎに急に寝ました" in seen.text and "体験談" in seen.text
    mine = asker.get("/mine")
    assert "夜中に5回も起きます" in mine.text or thread_id in mine.html


def test_two_readers_get_the_same_bytes_and_no_cookie(app: Flask, visitor: Callable[[], Visitor]) -> None:
    writer, reader = visitor(), visitor()
    thread_id = post_worry(writer)
    for path in ("/", "/threads", f"/threads/{thread_id}", "/services", "/doors"):
        first, second = writer.get(path), reader.get(path)
        assert first.html == second.html, path
        assert "Set-Cookie" not in first.response.headers
        etag = first.response.headers["ETag"]
        kept = reader.client.get(path, base_url="https://localhost", headers={"If-None-Match": etag})
        assert kept.status_code == 304 and not kept.data
    assert reader.cookies() == {}


def test_a_new_post_makes_a_new_etag(app: Flask, parent: Visitor) -> None:
    before = parent.get("/threads").response.headers["ETag"]
    post_worry(parent)
    assert parent.get("/threads").response.headers["ETag"] != before


def test_the_same_form_sent_twice_posts_once(app: Flask, parent: Visitor) -> None:
    from tests.pages import BASE, OURS, form_fields

    parent.get("/ask")
    assert parent.page is not None
    form = form_fields(parent.page.form("text"))
    form["text"] = WORRY
    first = parent.client.post("/ask", base_url=BASE, data=form, headers=OURS)
    second = parent.client.post("/ask", base_url=BASE, data=form, headers=OURS)
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]


def test_in_the_next_thread_the_same_parent_has_another_name_and_tag(app: Flask, parent: Visitor) -> None:
    from sqlalchemy import text

    from forum.db import db

    post_worry(parent)
    post_worry(parent, "保育園の申込みで、何から始めればいいか分かりません。")
    with app.app_context():
        tags = db.session.execute(text("select author_tag from voice")).scalars().all()
        db.session.rollback()
    assert len(tags) == 2 and tags[0] != tags[1]


def test_what_is_withdrawn_is_gone_from_the_page_the_list_the_database_and_the_search(
    app: Flask, parent: Visitor
) -> None:
    from sqlalchemy import text

    from forum.db import db

    thread_id = post_worry(parent)
    work(app)
    assert thread_id in parent.post("/search", {"q": "夜中に起きる"}).html
    parent.get(f"/threads/{thread_id}/withdraw")
    parent.submit("csrf_token")
    work(app)
    assert "取り下げ" in parent.get(f"/threads/{thread_id}").text
    assert thread_id not in parent.get("/threads").html
    assert thread_id not in parent.post("/search", {"q": "夜中に起きる"}).html
    with app.app_context():
        dump = db.session.execute(text("select title, body, terms from thread")).all()
        db.session.rollback()
    assert "夜中" not in repr(dump)


def test_a_past_worry_answers_the_next_one(app: Flask, visitor: Callable[[], Visitor]) -> None:
    first, helper, second = visitor(), visitor(), visitor()
    thread_id = post_worry(first)
    helper.get(f"/threads/{thread_id}/reply")
    helper.submit("body", body="夜泣きは、日中によく遊ばせたら少し減りました。", kind="experience")
    work(app)
    second.get("/ask")
    page = second.submit("text", text="赤ちゃんの夜泣きがひどくて、夜中に何度も起こされます。")
    assert f"/threads/{thread_id}" in page.html
    assert page.root.all("mark"), "the passage that matched is marked"


def test_the_layers_appear_while_typing(app: Flask, parent: Visitor) -> None:
    fragment = parent.post("/ask/typed", {"text": "離乳食を食べてくれません"})
    assert "<html" not in fragment.html
    assert "使える支援" in fragment.text
    assert parent.cookies() == {}, "typing leaves nothing behind"
    assert (
        parent.client.post(
            "/ask/typed",
            base_url="https://localhost",
            data={"text": "あ"},
            headers={"Sec-Fetch-Site": "same-origin"},
        ).status_code
        == 204
    )


def test_words_carry_the_hand_to_another_device(app: Flask, visitor: Callable[[], Visitor]) -> None:
    phone, tablet = visitor(), visitor()
    thread_id = post_worry(phone)
    shown = phone.get("/mine/words")
    words = [item.text() for item in shown.root.all("ol", class_="words")[0].all("li")]
    assert len(words) == 11
    tablet.get("/mine/words")
    page = tablet.submit("words", words="　".join(words))
    assert page.url == "/mine" and thread_id in page.html
    tablet.get("/mine/forget")
    tablet.submit("csrf_token")
    assert "hand" not in tablet.cookies()
    assert thread_id not in tablet.get("/mine").html
    assert thread_id in phone.get("/mine").html, "the other device keeps its own"


def test_me_too_and_solved(app: Flask, visitor: Callable[[], Visitor]) -> None:
    asker, reader = visitor(), visitor()
    thread_id = post_worry(asker)
    for _ in range(2):  # a second press of the same hand changes nothing
        reader.get(f"/threads/{thread_id}/me-too")
        reader.submit("csrf_token")
    count = reader.get(f"/threads/{thread_id}").root.all("*", class_="count")[0].text().strip()
    assert count == "1"
    reader.get(f"/threads/{thread_id}/solve", status=403)
    asker.get(f"/threads/{thread_id}/solve")
    asker.submit("csrf_token")
    assert "解決しました" in reader.get(f"/threads/{thread_id}").text


def test_many_results_come_page_by_page_and_filters_look_further_down(
    app: Flask, visitor: Callable[[], Visitor]
) -> None:
    from forum.city.current import current

    with app.app_context():
        first, second = (board.id for board in current().boards[:2])
    for number in range(25):
        person = visitor()
        person.get("/ask")
        board = second if number == 0 else first
        person.submit("text", text=f"{number}回目の夜泣きで、眠れない夜です。", board=board, age="8か月")
    work(app)
    reader = visitor()
    seen: set[str] = set()
    page = reader.post("/search", {"q": "夜泣きで眠れない"})
    while True:
        here = {link for link in page.links() if link.startswith("/threads/")}
        assert here and not here & seen
        seen |= here
        if "もっと見る" not in page.text:
            break
        page = reader.submit("もっと見る")
    assert len(seen) == 25
    filtered = reader.post("/search", {"q": "夜泣きで眠れない", "board": second})
    assert len([link for link in filtered.links() if link.startswith("/threads/")]) == 1
    assert reader.post("/search", {"q": "夜泣きで眠れない", "start": "-5"}).status == 200
    assert "見つかりませんでした" in reader.post("/search", {"q": "夜泣きで眠れない", "start": "9" * 30}).text


def test_age_counts_while_typing_as_it_does_after_posting(app: Flask, parent: Visitor) -> None:
    def offered(page: Page) -> list[str]:
        return [link for link in page.links() if link.startswith("/services/")]

    text = "放課後や長い休みに、子どもを見てくれる場所をさがしています。"
    typed = offered(parent.post("/ask/typed", {"text": text, "age": "小3", "board": "?", "district": "?"}))
    parent.get("/ask")
    assert offered(parent.submit("text", text=text, age="小3")) == typed
    assert offered(parent.post("/ask/typed", {"text": text, "age": "8か月"})) != typed
    assert offered(parent.post("/ask/typed", {"text": text, "age": "まだわからない"}))
