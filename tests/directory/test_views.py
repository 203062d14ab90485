"""The pages of the services, as a parent sees them."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime

from flask import Flask

from forum import clock
from forum.clock import TOKYO
from tests.pages import BASE, Visitor

TUESDAY_NOON = datetime(2026, 11, 17, 12, 0, tzinfo=TOKYO)
MIDNIGHT = datetime(2026, 11, 17, 0, 30, tzinfo=TOKYO)


def test_a_parent_narrows_the_list_by_links(minato: Flask) -> None:
    parent = Visitor(minato)
    page = parent.get("/services")
    assert "みなと産後のやど" in page.text
    assert "渡し船の助成" in page.text
    parent.click("小学生")
    assert "灯台前学童クラブ" in parent.page.text
    assert "みなと産後のやど" not in parent.page.text
    parent.click("放課後・長い休み")
    assert parent.page.heading == "放課後・長い休み"
    assert "渡し船の子ども助成" not in parent.page.text


def test_an_empty_list_says_so_and_leads_on(minato: Flask) -> None:
    parent = Visitor(minato)
    page = parent.get("/services?category=postpartum_care&age=elementary")
    assert "いま分かっている中にはありません" in page.text
    parent.click("条件をはずして見る")
    assert "みなと産後のやど" in parent.page.text


def test_unknown_filters_are_passed_over(minato: Flask) -> None:
    page = Visitor(minato).get("/services?category=x&age=y&district=z&open=maybe")
    assert "みなと産後のやど" in page.text


def test_one_service_with_all_that_is_confirmed(minato: Flask) -> None:
    parent = Visitor(minato)
    page = parent.get("/services/minato-2")
    assert page.heading == "みなと一時預かり"
    for words in ("099-000-0112", "1時間300円", "前の日までに電話", "2026-04", "6か月から6歳まで"):
        assert words in page.text
    assert "https://minato.example/azukari" in page.links()
    assert "市に確認中" not in page.text


def test_what_waits_for_the_city_shows_no_number_and_no_hours(minato: Flask) -> None:
    page = Visitor(minato).get("/services/minato-5")
    assert page.heading == "みなと病児保育室"
    assert "市に確認中" in page.text
    assert "099-000-0115" not in page.html
    assert "平日8時" not in page.html


def test_the_title_of_a_service_gives_nothing_away(minato: Flask) -> None:
    assert "安全" not in Visitor(minato).get("/services/minato-9").title


def test_a_service_that_is_not_there(minato: Flask) -> None:
    Visitor(minato).get("/services/nowhere", status=404)


def test_open_now_follows_the_clock_and_makes_a_new_page(minato: Flask) -> None:
    parent = Visitor(minato)
    with clock.turned_to(TUESDAY_NOON):
        page = parent.get("/services?open=now")
        assert "みなと一時預かり" in page.text
        assert "みなと産後のやど" not in page.text
        day = parent.get("/services/minato-2")
        assert "いま開いています" in day.text
    with clock.turned_to(MIDNIGHT):
        assert "みなと一時預かり" not in parent.get("/services?open=now").text
        night = parent.get("/services/minato-2", **{"If-None-Match": day.response.headers["ETag"]})
        assert "いまは閉まっています" in night.text
        again = night.response.headers["ETag"]
        parent.get("/services/minato-2", status=304, **{"If-None-Match": again})


def test_the_list_can_be_taken_along(minato: Flask) -> None:
    client = minato.test_client()
    content = json.loads(client.get("/services.json", base_url=BASE).get_data(as_text=True))
    assert len(content["services"]) == 9
    assert content["date"]
    assert "架空の市" in content["licence"]
    answer = client.get("/services.csv", base_url=BASE)
    assert answer.mimetype == "text/csv"
    text = answer.get_data(as_text=True)
    assert "099-000-0115" not in text
    assert len(list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))) == 9
    again = client.get("/services.csv", base_url=BASE, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
