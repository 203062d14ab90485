"""Bad input is answered on the page where it happened, with everything typed still there."""

import pytest
from flask import Flask
from sqlalchemy import text

from forum import clock
from forum.db import db
from tests.pages import BASE, OURS, Visitor, form_fields

GOOD = "夜泣きがつづいて眠れません。"


def threads_stored(app: Flask) -> int:
    with app.app_context():
        count = db.session.execute(text("select count(*) from thread")).scalar()
        db.session.rollback()
    return int(count or 0)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "もう少しだけ"),
        ("   　\n\n ", "もう少しだけ"),
        ("\u200b\u200b\u2060\ufeff\u200b\u200b", "もう少しだけ"),
        ("ねむい", "もう少しだけ"),
        ("\x00\x01\x02\x07\x1b", "もう少しだけ"),
        ("あ" * 2_001, "2000文字まで"),
        ("い" * 30_000, "30000文字あります"),
    ],
    ids=["empty", "blanks", "zero width", "short", "control", "long", "very long"],
)
def test_text_of_a_wrong_length(app: Flask, parent: Visitor, typed: str, sentence: str) -> None:
    parent.get("/ask")
    page = parent.submit("text", status=422, text=typed)
    assert sentence in page.text
    kept = form_fields(page.form("text"))["text"]
    visible = "".join(c for c in typed if c.isprintable() and c not in "\u200b\u2060\ufeff")
    assert str(kept).replace("\r\n", "\n").strip() in (typed.strip(), visible.strip())
    assert threads_stored(app) == 0


@pytest.mark.parametrize(
    "typed",
    [
        "夜泣きが\u202eつらい\u202cです。助けがほしい。",
        "夜泣きが\x00つらい\x08です。助けがほしい。",
        "夜泣きが\u200bつらい\u2066です。助けがほしい。",
    ],
)
def test_invisible_marks_are_taken_out(app: Flask, parent: Visitor, typed: str) -> None:
    parent.get("/ask")
    page = parent.submit("text", text=typed)
    assert "夜泣きがつらいです。助けがほしい。" in page.text


def test_bytes_that_are_not_utf8(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    assert parent.page is not None
    token = form_fields(parent.page.form("text"))
    body = "&".join(f"{k}={v}" for k, v in token.items() if isinstance(v, str) and k != "text").encode()
    body += b"&text=" + b"%E3%81%82%FF%FE" + b"%ED%A0%80" + "あああああ".encode()
    headers = {**OURS, "Content-Type": "application/x-www-form-urlencoded"}
    answer = parent.client.post("/ask", base_url=BASE, data=body, headers=headers)
    assert answer.status_code in (303, 422)
    parent.get("/threads?board=%FF%FE&age=%ED%A0%80")
    parent.get("/threads/%FF%FE", status=404)


def test_a_body_of_two_megabytes(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    page = parent.submit("text", status=422, text="う" * 230_000)
    assert "2000文字まで" in page.text


def test_a_body_beyond_all_measure(app: Flask, parent: Visitor) -> None:
    page = parent.post("/ask", {"text": "え" * 3_000_000}, status=413)
    assert "大きすぎます" in page.text


def test_thousands_of_fields(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    assert parent.page is not None
    fields = {**form_fields(parent.page.form("text")), "text": GOOD, **{f"f{n}": "x" for n in range(5_000)}}
    answer = parent.client.post("/ask", base_url=BASE, data=fields, headers=OURS)
    assert answer.status_code == 303


def test_an_expired_token_keeps_the_text_and_needs_one_more_click(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    assert parent.page is not None
    old = {**form_fields(parent.page.form("text")), "text": GOOD, "csrf_token": "expired"}
    page = parent.post("/ask", old, status=422)
    assert GOOD in page.html and "もう一度" in page.text
    assert parent.submit("text").url.startswith("/threads/")


def test_an_old_form_keeps_the_text_and_needs_one_more_click(app: Flask, parent: Visitor) -> None:
    import datetime

    with clock.turned_to(clock.now() - datetime.timedelta(days=5)):
        parent.get("/ask")
    page = parent.submit("text", status=422, text=GOOD)
    assert GOOD in page.html and "もう一度" in page.text
    assert parent.submit("text").url.startswith("/threads/")


def test_an_in_app_browser_that_loses_every_cookie_can_post(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    assert parent.page is not None
    fields = {**form_fields(parent.page.form("text")), "text": GOOD}
    forgetful = app.test_client(use_cookies=False)
    answer = forgetful.post("/ask", base_url=BASE, data=fields, headers=OURS)
    assert answer.status_code == 200
    assert "相談を送りました" in answer.text, "its way back is shown, since no cookie will hold it"
    assert threads_stored(app) == 1


def test_a_machine_that_fills_every_field_is_stopped(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    page = parent.submit("text", status=422, text=GOOD, homepage="http://spam.example")
    assert GOOD in page.html
    assert threads_stored(app) == 0


@pytest.mark.parametrize(
    "path", ["/threads/0000000000", "/threads/x", "/services/none", "/nothing", "/posts/0000000000/edit"]
)
def test_unknown_addresses_offer_a_search(app: Flask, parent: Visitor, path: str) -> None:
    page = parent.get(path, status=404)
    assert page.form("q").attributes["action"] == "/search"


def test_the_wrong_method_is_answered_in_words(app: Flask, parent: Visitor) -> None:
    page = parent.post("/threads", {"x": "y"}, status=405)
    assert "その開き方はできません" in page.text
    assert "GET" in page.response.headers["Allow"]


def test_too_many_posts_keep_the_text(app: Flask, parent: Visitor) -> None:
    for _ in range(7):  # the first one makes the hand, six more are its measure
        parent.get("/ask")
        parent.submit("text", text=GOOD)
    parent.get("/ask")
    page = parent.submit("text", status=429, text="八つ目の相談です。眠れません。")
    assert "八つ目の相談です。眠れません。" in page.html
    assert int(page.response.headers["Retry-After"]) > 0


def test_thirty_parents_behind_one_address_can_each_post(app: Flask) -> None:
    for number in range(30):
        person = Visitor(app)
        person.get("/ask")
        page = person.submit("text", text=f"{number}人目です。夜泣きで眠れません。")
        assert page.url.startswith("/threads/")
    assert threads_stored(app) == 30


def test_a_database_that_cannot_be_written_says_so_and_gives_the_text_back(
    app: Flask, parent: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    from forum.board import service

    def full(*args: object, **more: object) -> None:
        raise OperationalError("insert", {}, OSError("database or disk is full"))

    parent.get("/ask")
    monkeypatch.setattr(service, "open_thread", full)
    page = parent.submit("text", status=503, text=GOOD)
    assert GOOD in page.html and "保存されていません" in page.text
    assert page.response.headers["Retry-After"]
    assert threads_stored(app) == 0
