"""A month is counted from real worries, published once, and read by everybody."""

import csv
import io
from datetime import datetime

from flask import Flask

from forum import clock
from forum.board import service as board
from forum.board.types import NewThread, Origin, Visibility
from forum.city.current import current
from forum.clock import TOKYO
from forum.db import db, writing
from forum.ids import new_public_id
from forum.insight import queries, service
from tests.pages import Visitor

OCTOBER = datetime(2026, 10, 14, 21, tzinfo=TOKYO)
NOVEMBER = datetime(2026, 11, 3, 4, tzinfo=TOKYO)
SLEEP = "生後五か月の子の夜泣きがひどく、わたしも眠れていません。"


def worries(number: int, body: str, **facts: object) -> None:
    for _ in range(number):
        public_id = new_public_id()
        values = {
            "public_id": public_id,
            "author_tag": None,
            "once": public_id,
            "body": body,
            "created_at": OCTOBER,
        }
        with writing():
            board.open_thread(NewThread(**(values | facts)))  # type: ignore[arg-type]


def publish(app: Flask) -> bool:
    with clock.turned_to(NOVEMBER):
        return service.publish_last_month(current(), app.extensions["thesaurus"], 5)


def test_the_month_is_counted_once_and_stays_as_it_is(app: Flask, parent: Visitor) -> None:
    with app.app_context():
        worries(7, SLEEP, child_age_months=5)
        worries(3, "一時預かりを使ってみたいのですが、どこに頼めばいいですか。", child_age_months=20)
        worries(4, SLEEP, child_age_months=5, origin=Origin.SAMPLE)
        worries(4, SLEEP, visibility=Visibility.HELD)
        worries(4, SLEEP, created_at=NOVEMBER)
        assert publish(app)
        digest = queries.month("2026-10")
        total = digest.table("age").cells[-1][-1]
        assert total in (10, None)
        before = digest.tables
        worries(9, SLEEP)
        assert not publish(app), "a month is never counted again"
        assert queries.month("2026-10").tables == before
        raw = db.session.execute(db.text("select tables from digest")).scalar()
        assert 3 not in {value for table in before for row in table.cells for value in row}
        assert SLEEP not in str(raw)
    page = parent.get("/voices/2026-10")
    assert "×" in page.text and "2026年10月" in page.text
    assert "2026年10月" in parent.get("/voices").text


def test_the_numbers_to_take_along_are_those_of_the_page(app: Flask) -> None:
    with app.app_context():
        worries(8, SLEEP, child_age_months=5)
        assert publish(app)
        digest = queries.month("2026-10")
    answer = app.test_client().get("/voices/2026-10/numbers.csv", base_url="https://localhost")
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeff")
    cells = [row["number"] for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))]
    shown = [value for table in digest.tables for row in table.cells for value in row]
    assert cells == ["x" if value is None else str(value) for value in shown]


def test_a_month_that_was_not_published_is_not_there(parent: Visitor) -> None:
    parent.get("/voices/2026-09", status=404)
    parent.get("/voices/nonsense", status=404)
    parent.get("/voices/2026-13/numbers.csv", status=404)


def test_an_empty_month_is_a_page_too(app: Flask, parent: Visitor) -> None:
    with app.app_context():
        assert publish(app)
    assert parent.get("/voices/2026-10").status == 200
