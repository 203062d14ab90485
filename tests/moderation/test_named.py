"""Somebody is named in a text and asks: a clock, a record, an answer, and then the words are gone."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.accounts.queries import audit_lines
from forum.clock import TOKYO
from forum.db import db, writing
from forum.moderation import named, report, rules
from forum.moderation.models import NoticeRow
from forum.moderation.types import Why
from tests.moderation.shift import decides, reader, waiting, written
from tests.pages import BASE, OURS, Page, Visitor, form_fields

START = datetime(2026, 10, 5, 10, 0, tzinfo=TOKYO)
TOLD = {"name": "山田太郎", "what": "二つめの段落", "why": "職場で知られてしまいました"}


def asks_us(app: Flask, place: str) -> tuple[Visitor, Page]:
    person = Visitor(app)
    person.get("/named")
    return person, person.submit("what", place=place, **TOLD)


def test_a_named_person_is_answered_within_the_clock(minato: Flask) -> None:
    with clock.turned_to(START):
        thread, _ = written(minato, "山田太郎さんに、ひどいことを言われました。")
        person, page = asks_us(minato, f"https://wa.example/threads/{thread.id}#r1")
        assert "水曜 10時ごろまでに人が読み" in page.text and "山田" not in page.html
        (item,) = waiting(minato)
        assert item.why == (Why.NAMED,) and item.thread_id == thread.id
        helper = reader(minato)
        assert "山田" not in helper.get("/staff/notices").html
        assert "職場で知られて" in helper.submit("/open").text
        with minato.app_context():
            assert [line.verb for line in audit_lines()][:1] == ["moderation.notice_open"]
            db.session.remove()
        helper.submit("outcome", outcome="masked")
        assert "その部分をかくしました" in person.get(page.url).text
    with clock.turned_to(START + timedelta(days=31)), minato.app_context():
        with writing():
            named.forget()
        row = db.session.scalars(select(NoticeRow)).one()
        assert (row.name, row.what, row.why, row.place, row.outcome) == ("", "", "", "", "masked")
        db.session.remove()


def test_late_it_is_marked_and_pressed_twice_it_is_one(minato: Flask) -> None:
    with clock.turned_to(START):
        person = Visitor(minato)
        person.get("/named")
        assert person.page is not None
        fields = {**form_fields(person.page.form("what")), "place": "夜泣きの相談", **TOLD}
        for _ in range(2):
            person.client.post("/named", base_url=BASE, data=fields, headers=OURS)
    with clock.turned_to(START + timedelta(hours=49)):
        page = reader(minato).get("/staff/notices")
    assert page.text.count("期限をすぎました") == 1


def test_an_empty_field_is_asked_again_and_nothing_typed_is_lost(app: Flask) -> None:
    person = Visitor(app)
    person.get("/named")
    page = person.submit("what", status=422, name="", place="どこか", what="ここ", why="困っています")
    assert "この欄に書いてください" in page.text and "困っています" in page.html
    person.get("/named/0000000000", status=404)


def test_small_numbers_are_hidden_and_cannot_be_given_back_by_the_total() -> None:
    assert rules.published({"a": 20, "b": 9, "c": 0}, 5) == (("a", 20), ("b", 9))
    assert rules.published({"a": 20, "b": 9, "c": 3}, 5) == (("a", 20), ("b", None), ("c", None))
    assert rules.published({"a": 20, "b": 2, "c": 1}, 5) == (("a", None), ("b", None), ("c", None))
    assert rules.published({"a": 20, "b": 4, "c": 3}, 5) == (("a", 20), ("b", None), ("c", None))
    assert rules.published({}, 5) == ()
    assert (rules.shown(0, 5), rules.shown(4, 5), rules.shown(5, 5)) == (0, None, 5)


def test_a_month_that_is_over_is_reported_in_numbers(minato: Flask) -> None:
    with clock.turned_to(START):
        for number in range(6):
            written(minato, f"渡し船の会のことです。{number}")
            decides(reader(minato), waiting(minato)[0], action="publish", reason="fine")
    person = Visitor(minato)
    with clock.turned_to(START + timedelta(days=3)):
        assert "まだ、終わった月がありません" in person.get("/watching").text
        person.get("/watching/2026-10", status=404)
    with clock.turned_to(START + timedelta(days=40)):
        assert "2026年10月" in person.get("/watching").text
        page = person.get("/watching/2026-10")
        assert "あわせて6件" in page.text and "問題はありません" in page.text
        table = person.client.get("/watching/2026-10/numbers.csv", base_url=BASE).get_data(as_text=True)
        assert "2026-10,total,,6" in table and "公開する,6" in table
        person.get("/watching/kyou", status=404)
        with minato.app_context():
            assert report.months() == ("2026-10",)
            db.session.remove()
