"""The inbox: what is pressing stands first, two people see what is urgent, nobody sees what is not theirs."""

from datetime import timedelta

import pytest
from flask import Flask

from forum import clock
from forum.safeguarding.cases import queries, service
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.triage import inbox_views
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.watch import service as watch
from tests.pages import Visitor
from tests.safeguarding.conftest import Desk
from tests.safeguarding.desk import enter, hire, sign_in, staff_id
from tests.safeguarding.triage.conftest import HEARD, Arrives, verbs

FAMILY = frozenset({"family"})


def open_it(visitor: Visitor, case_id: str) -> None:
    visitor.get(f"/cases/{case_id}/reports")
    visitor.submit("ひらく")


def test_what_is_urgent_stays_with_whoever_has_not_seen_it_until_two_have(
    desk_app: Flask, arrives: Arrives
) -> None:
    kept, _ = arrives(urgent=True)
    anne, ben = (sign_in(Visitor(desk_app), name=name) for name in ("安西", "別府"))
    carl = sign_in(Visitor(desk_app), name="千葉")
    assert "2人が開きます" in anne.get("/?show=new").text
    open_it(anne, kept.case_id)
    assert kept.case_id not in anne.get("/?show=new").text
    page = ben.get("/?show=new")
    assert kept.case_id in page.text and "安西" in page.text and "もう1人が開きます" in page.text
    open_it(ben, kept.case_id)
    page = carl.get("/?show=new")
    assert kept.case_id not in page.text
    page = carl.get("/")
    assert "安西" in page.text and "別府" in page.text and "もう1人" not in page.text


def test_where_only_one_person_could_see_it_the_page_says_so(desk_app: Flask, arrives: Arrives) -> None:
    arrives(urgent=True, groups=("school",))
    sign_in(Visitor(desk_app), groups=("family",))
    alone = sign_in(Visitor(desk_app), groups=("school",))
    assert "開ける人が1人しかいません" in alone.get("/").text


def test_a_case_of_somebody_i_know_is_not_there_for_me(desk_app: Flask, desk: Desk, arrives: Arrives) -> None:
    kept, _ = arrives()
    login = hire(desk_app, groups=("family",))
    number = staff_id(desk_app, login)
    me = Actor(number, "わたし", FAMILY)
    with desk_app.app_context():
        with writing():
            service.mark_conflict(
                kept.case_id, queries.case(kept.case_id).version, me,
                desk=desk.key, once="c1", staff_id=number, reason="姉の家",
            )  # fmt: skip
        vault_db.session.remove()
    mine = enter(Visitor(desk_app), login)
    assert kept.case_id not in mine.get("/").text
    mine.get(f"/cases/{kept.case_id}/reports", status=404)
    mine.post(f"/reports/{kept.report_id}/open", {}, status=404)
    mine.post(f"/reports/{kept.report_id}/files/0", {}, status=404)
    assert "open_report" not in verbs(desk_app) and "open_first_line" not in verbs(desk_app)
    assert kept.case_id in sign_in(Visitor(desk_app), groups=("family",)).get("/").text


def test_what_is_late_stands_first_and_says_so_in_words(
    worker: Visitor, arrives: Arrives, desk_app: Flask
) -> None:
    with clock.turned_to(clock.now() - timedelta(hours=60)):
        late, _ = arrives("late")
    with clock.turned_to(clock.now() - timedelta(hours=30)):
        soon, _ = arrives("soon")
    fresh, _ = arrives("fresh")
    page = worker.get("/")
    places = [page.text.index(one.case_id) for one in (late, soon, fresh)]
    assert places == sorted(places)
    assert "▲" in page.text and "すぎています" in page.text and "◐" in page.text and "○" in page.text
    page = worker.get("/?show=due")
    assert late.case_id in page.text and soon.case_id in page.text and fresh.case_id not in page.text


def test_my_cases_are_those_i_hold_and_those_i_am_offered(desk_app: Flask, arrives: Arrives) -> None:
    kept, _ = arrives()
    anne = sign_in(Visitor(desk_app), name="安西")
    assert kept.case_id not in anne.get("/?show=mine").text
    open_it(anne, kept.case_id)
    page = anne.submit("わたしが担当する")
    assert "あなたが担当になりました" in page.text
    assert kept.case_id in anne.get("/?show=mine").text
    assert kept.case_id not in sign_in(Visitor(desk_app)).get("/?show=mine").text


def test_of_two_who_take_a_case_at_once_the_second_is_told_who_was_first(
    desk_app: Flask, arrives: Arrives
) -> None:
    kept, _ = arrives()
    anne, ben = sign_in(Visitor(desk_app), name="安西"), sign_in(Visitor(desk_app), name="別府")
    open_it(anne, kept.case_id)
    open_it(ben, kept.case_id)
    anne.submit("わたしが担当する")
    page = ben.submit("わたしが担当する", status=409)
    assert "安西" in page.text and "担当になった" in page.text


def test_the_first_lines_are_opened_for_this_page_alone_and_recorded(
    worker: Visitor, arrives: Arrives, desk_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_views, "PAGE", 2)
    for number in range(5):
        arrives(f"n{number}")
    worker.get("/")
    page = worker.submit("show")
    assert page.text.count(HEARD) == 2
    assert verbs(desk_app).count("open_first_line") == 2
    assert HEARD not in worker.get("/").html


def test_no_case_is_skipped_when_others_leave_the_list_between_two_pages(
    worker: Visitor, arrives: Arrives, desk_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_views, "PAGE", 2)
    ids = []
    for number in range(6):
        with clock.turned_to(clock.now() - timedelta(minutes=60 - number)):
            ids.append(arrives(f"n{number}")[0].case_id)
    worker.get("/?show=new")
    link = worker.page.link("次へ") if worker.page else ""
    other = sign_in(Visitor(desk_app))
    open_it(other, ids[0])  # it leaves the list of what is new: everything moves up by one
    page = worker.get(link)
    assert ids[2] in page.text and ids[3] in page.text and ids[1] not in page.text
    link = page.link("次へ")
    open_it(other, ids[3])  # the very case after which the next page begins
    page = worker.get(link)
    assert ids[4] in page.text
    assert "はじめへ" in page.text


@pytest.mark.parametrize(
    "query", ["show=nothing", "start=x", "start=-1", "start=999999", "after=%00", "start=１２"]
)
def test_an_address_that_somebody_changed_still_shows_a_page(
    worker: Visitor, arrives: Arrives, query: str
) -> None:
    arrives()
    worker.get(f"/?{query}")


def test_alarms_that_nobody_took_on_are_counted_in_words(worker: Visitor, desk_app: Flask) -> None:
    assert "知らせ 1件" not in worker.get("/").text
    with desk_app.app_context():
        with writing():
            watch.raise_alarm("stuck")
        vault_db.session.remove()
    assert "知らせ 1件" in worker.get("/").text


def test_the_page_for_hiding_says_nothing_of_where_one_is(worker: Visitor) -> None:
    page = worker.get("/note")
    assert page.title == "メモ" and page.text == "メモ 本文へ メモ もどる"
