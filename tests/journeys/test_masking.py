"""What would give the writer away is hidden before anything is stored."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from forum.db import db
from tests.pages import Visitor

SECRETS = "090-0000-1234 まで電話をください。メールは hana.mama@example.com です。"
WORRY = f"ベビーカーをさがしています。{SECRETS}"


def everything_stored(app: Flask) -> str:
    """All rows of all tables as one text."""
    with app.app_context():
        rows = [str(db.session.execute(text(f"select * from {t}")).all()) for t in db.metadata.tables]  # noqa: S608
        db.session.rollback()
    return "\n".join(rows)


def test_one_extra_page_shows_what_strangers_will_see(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    preview = parent.submit("text", text=WORRY, age="8か月")
    assert preview.url == "/ask" and "この形で投稿する" in preview.text
    assert "0000-1234" not in everything_stored(app), "nothing is stored before the writer agreed"
    thread = parent.submit("agreed")
    assert thread.url.startswith("/threads/")
    assert "0000-1234" not in thread.html and "example.com" not in thread.html
    assert "8か月" in thread.text
    assert "0000-1234" not in everything_stored(app) and "hana.mama" not in everything_stored(app)


def test_an_ordinary_worry_meets_no_extra_page(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    page = parent.submit(
        "text", text="2歳3か月、体重11.2kgです。2026年4月から保育園ですが、9時から泣いています。"
    )
    assert page.url.startswith("/threads/")


def test_a_forced_span_cannot_be_kept(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    parent.submit("text", text=WORRY)
    assert parent.page is not None
    from tests.pages import BASE, OURS, form_fields

    fields = {**form_fields(parent.page.form("agreed")), "kept": ["0", "1", "2", "99"]}
    answer = parent.client.post("/ask", base_url=BASE, data=fields, headers=OURS)
    assert answer.status_code == 303
    assert "0000-1234" not in everything_stored(app)


def test_a_link_may_be_kept_by_its_writer(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    link = "https://www.instagram.com/hana.mama.2020"
    preview = parent.submit("text", text=f"ここの離乳食が参考になりました。{link}")
    boxes = preview.root.all("input", type="checkbox")
    if not boxes:
        pytest.fail("a link should be the writer's choice")
    thread = parent.submit("agreed", kept=[boxes[0].attributes["value"]])
    assert link in thread.html


def test_replies_titles_and_edits_pass_the_same_gate(app: Flask, visitor: Callable[[], Visitor]) -> None:
    asker, helper = visitor(), visitor()
    asker.get("/ask")
    asker.submit("text", text="夜泣きで眠れません。", title="電話は 090-0000-5678")
    thread = asker.submit("agreed")
    assert "5678" not in thread.html
    thread_id = thread.url.split("/threads/")[1].split("?")[0]
    helper.get(f"/threads/{thread_id}/reply")
    preview = helper.submit("body", body=SECRETS, kind="info")
    assert "この形で" in preview.text
    helper.submit("agreed")
    asker.get(f"/threads/{thread_id}/edit")
    asker.submit("text", text=f"書きなおします。{SECRETS}")
    asker.submit("agreed")
    stored = everything_stored(app)
    assert "0000-1234" not in stored and "5678" not in stored and "hana.mama" not in stored


def test_rewriting_after_the_preview_keeps_everything_that_was_told(app: Flask, parent: Visitor) -> None:
    from forum.city.current import current

    with app.app_context():
        board, block = current().boards[0].id, current().blocks[0]
    parent.get("/ask")
    told = {"title": "ゆずってください", "board": board, "age": "8か月", "district": block}
    parent.submit("text", text=WORRY, **told)
    page = parent.submit("書きなおす")
    from tests.pages import form_fields

    kept = form_fields(page.form("csrf_token"))
    assert kept["text"] == WORRY
    assert {name: "".join(kept[name]) for name in told} == told
