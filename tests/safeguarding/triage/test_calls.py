"""Calls at the desk: kept while they are written, one report in the end, never forgotten when left."""

import json
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum import clock
from forum.safeguarding.policy import Policy
from forum.safeguarding.triage import drafts
from forum.safeguarding.triage.models import PhoneDraftRow
from forum.safeguarding.vault import opening, queries
from forum.safeguarding.vault.content import Content, Identity
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow, ReportRow
from forum.safeguarding.watch import queries as watch
from tests.pages import BASE, OURS, Page, Visitor, form_fields
from tests.safeguarding.conftest import Desk
from tests.safeguarding.desk import code_at, enter, hire, sign_in
from tests.safeguarding.triage.conftest import Arrives, verbs

CRY = "電話の向こうで泣き声"
KEEP, REPORT, LOOK = ("step", "keep"), ("step", "report"), ("step", "look")


def sits_there(visitor: Visitor) -> None:
    """Somebody looks at another page for a while: still signed in half an hour later."""
    with clock.turned_to(clock.now() + timedelta(minutes=16)):
        visitor.get("/tasks")


@pytest.fixture
def call(worker: Visitor) -> Page:
    """The empty page of a call that has just begun."""
    worker.get("/phone")
    return worker.submit("新しく聞きとる")


def kept_at(app: Flask) -> list[datetime]:
    with app.app_context():
        found = [one.saved_at for one in drafts.everyones()]
        vault_db.session.remove()
    return found


def reports(app: Flask, desk: Desk) -> list[tuple[str, Content, Identity]]:
    """Entrance, text and caller of every report."""
    with app.app_context():
        found = []
        for report_id in vault_db.session.scalars(select(ReportRow.public_id).order_by(ReportRow.id)):
            report = queries.sealed_report(report_id)
            assert report is not None
            who = opening.open_identity(desk.ring, report) if report.identity else Identity()
            found.append((report.entrance, opening.open_report(desk.ring, report), who))
        vault_db.session.remove()
    return found


def test_a_call_becomes_one_report_whose_clock_began_with_the_call(
    worker: Visitor, call: Page, policy: Policy, desk: Desk
) -> None:
    began = kept_at(worker.app)[0]
    worker.submit("heard", heard=CRY, clue="駅の裏", button=KEEP)
    with clock.turned_to(clock.now() + timedelta(minutes=20)):
        page = worker.submit(
            "heard", said="たたかれたと言った", said_by="姉", telling_said="y", child_age="5歳",
            family_knows="no", name="山本", phone="000-1111-2222", urgent="y", button=REPORT,
        )  # fmt: skip
    assert "ひらく" in page.text and CRY not in page.html
    ((entrance, content, who),) = reports(worker.app, desk)
    assert entrance == "telephone" and who.name == "山本" and who.phone == "000-1111-2222"
    assert [(one.kind, one.text, one.who, one.telling) for one in content.paragraphs] == [
        ("heard", CRY, "", False),
        ("said", "たたかれたと言った", "姉", True),
    ]
    assert content.answers == {"child_age": "5歳", "family_knows": "no"} and content.clue == "駅の裏"
    assert "山本" not in content.to_bytes().decode()
    with worker.app.app_context():
        case = vault_db.session.scalars(select(CaseRow)).one()
        assert case.clock_started_at == case.opened_at == began
        assert case.due_at == policy.due_at(began, ["family"], urgent=True)
        assert vault_db.session.scalar(select(func.count()).select_from(PhoneDraftRow)) == 0
        vault_db.session.remove()
    assert verbs(worker.app)[-1] == "enter_report"


def test_what_was_kept_is_sealed_and_opened_with_a_button_and_a_line_in_the_record(
    worker: Visitor, call: Page
) -> None:
    page = worker.submit("heard", heard=CRY, name="山本", button=LOOK)
    assert "ここまで残しました" in page.text
    with worker.app.app_context():
        row = vault_db.session.scalars(select(PhoneDraftRow)).one()
        assert CRY.encode() not in row.body and "山本".encode() not in row.body
        vault_db.session.remove()
    page = worker.get(call.url)
    assert CRY not in page.html
    page = worker.submit("ひらいて")
    assert CRY in page.html and "山本" in page.html
    assert "open_call" in verbs(worker.app)


def test_a_page_that_types_is_answered_in_few_words(worker: Visitor, call: Page, arrives: Arrives) -> None:
    known, _ = arrives(told="403号室から どなり声", clue="なぎさ荘 403")

    def typed(step: str, **fields: str) -> tuple[int, dict[str, object]]:
        data = {**form_fields(call.form("heard")), **fields, "step": step}
        headers = {**OURS, "Accept": "application/json"}
        answer = worker.client.post(call.url, base_url=BASE, headers=headers, data=data)
        return answer.status_code, json.loads(answer.data)

    status, told = typed("keep", heard="どなり声", clue="なぎさ荘 403")
    assert status == 200 and told["kept"] is True and "alike" not in told
    status, told = typed("look", heard="どなり声", clue="なぎさ荘 403")
    assert known.case_id in str(told["alike"]) and "同じ部屋" in str(told["alike"])
    status, told = typed("keep", heard="あ" * 5000)
    assert (status, told) == (422, {"kept": False})
    worker.submit("heard", heard=CRY, button=REPORT)
    assert typed("keep", heard=CRY) == (409, {"kept": False})


def test_without_a_script_earlier_reports_of_the_house_stand_beside_after_keeping(
    worker: Visitor, call: Page, arrives: Arrives
) -> None:
    known, _ = arrives(told="403号室から どなり声", clue="なぎさ荘 403")
    page = worker.submit("heard", heard="どなり声", clue="なぎさ荘 403", button=LOOK)
    assert known.case_id in page.text and "同じ部屋" in page.text and "どなり声" in page.html


def test_the_button_pressed_twice_makes_one_report(worker: Visitor, call: Page, desk: Desk) -> None:
    before = worker.page
    first = worker.submit("heard", heard=CRY, button=REPORT)
    worker.page = before
    again = worker.submit("heard", heard=CRY, button=REPORT)
    assert again.url == first.url and len(reports(worker.app, desk)) == 1
    assert worker.get(call.url, status=303).response.headers["Location"] == first.url
    assert verbs(worker.app).count("enter_report") == 1


@pytest.mark.parametrize("fields", [{"clue": "駅の裏"}, {"heard": " \u200b　", "clue": "駅の裏"}])
def test_a_call_without_a_word_is_no_report_and_nothing_of_it_is_lost(
    worker: Visitor, call: Page, desk: Desk, fields: dict[str, str]
) -> None:
    page = worker.submit("heard", status=422, button=REPORT, **fields)
    assert "どれか一つに書いてください" in page.text and "駅の裏" in page.html
    assert reports(worker.app, desk) == []
    worker.get(call.url)
    assert "駅の裏" in worker.submit("ひらいて").html


@pytest.mark.parametrize(
    ("name", "value"),
    [("heard", "あ" * 4001), ("clue", "い" * 201), ("groups", "nobody"), ("entrance", "child")],
)
def test_what_does_not_fit_comes_back_as_it_was_typed(
    worker: Visitor, call: Page, desk: Desk, name: str, value: str
) -> None:
    page = worker.submit("heard", status=422, button=REPORT, **{"seen": CRY, name: value})
    assert CRY in page.html and "ここを直すと、残せます" in page.text
    if name in ("heard", "clue"):
        assert value in page.html
    assert reports(worker.app, desk) == []


def test_markup_a_caller_says_stays_text(worker: Visitor, call: Page) -> None:
    page = worker.submit("heard", heard="<script>1</script>", clue='"><b>', button=LOOK)
    assert "<script>1" not in page.html and '"><b>' not in page.html


def test_somebody_elses_call_is_not_there_while_it_is_written(worker: Visitor, call: Page) -> None:
    worker.submit("heard", heard=CRY, button=KEEP)
    other = sign_in(Visitor(worker.app))
    other.get(call.url, status=404)
    page = other.get("/phone")
    assert "いま書いています" in page.text and "引き取って" not in page.text
    other.post(f"{call.url}/erase", form_fields(page.form("新しく")), status=404)
    assert len(kept_at(worker.app)) == 1


def test_a_call_that_was_left_is_told_of_and_taken_over_with_a_fresh_code(
    worker: Visitor, call: Page, desk: Desk
) -> None:
    worker.submit("heard", heard=CRY, button=KEEP)
    writing_page = worker.page
    sits_there(worker)
    with clock.turned_to(clock.now() + timedelta(minutes=31)):
        login = hire(worker.app, name="交代")
        other = enter(Visitor(worker.app), login)
        assert "しばらく書かれていない聞きとりが1件" in other.get("/").text
        page = other.get("/phone")
        page = other.submit("引き取って")
        assert "聞きとりのつづき" in page.text and CRY not in page.html
        assert CRY in other.submit("ひらいて").html
        worker.page = writing_page
        page = worker.submit("heard", status=409, heard="まだ書いている", button=KEEP)
        assert "まだ書いている" in page.html and "引き取りました" in page.text
        other.submit("heard", button=REPORT)
    assert [one[1].text() for one in reports(worker.app, desk)] == [CRY]
    assert "take_call" in verbs(worker.app)


def test_taking_over_waits_for_a_code_when_the_last_one_is_old(worker: Visitor, call: Page) -> None:
    worker.submit("heard", heard=CRY, button=KEEP)
    login = hire(worker.app)
    other = enter(Visitor(worker.app), login)
    with clock.turned_to(clock.now() + timedelta(minutes=20)):
        other.get("/")
    with clock.turned_to(clock.now() + timedelta(minutes=35)):
        other.get("/phone")
        assert "code" in other.submit("引き取って").html
        page = other.submit("code", code=code_at(1))
        assert page.url == "/phone"
        assert "聞きとりのつづき" in other.submit("引き取って").text


def test_nobody_takes_over_what_is_still_written(worker: Visitor, call: Page) -> None:
    other = sign_in(Visitor(worker.app))
    page = other.get("/phone")
    page = other.post(f"{call.url}/take", form_fields(page.form("新しく")), status=409)
    assert "まだ、書いている人がいます" in page.text


def test_a_call_that_was_left_rings_until_it_is_a_report(worker: Visitor, call: Page) -> None:
    def rings() -> list[str]:
        with worker.app.app_context():
            drafts.look()
            found = [one.kind for one in watch.open_alarms()]
            vault_db.session.remove()
        return found

    assert rings() == []
    sits_there(worker)
    with clock.turned_to(clock.now() + timedelta(minutes=31)):
        assert rings() == ["call_left"]
        page = sign_in(Visitor(worker.app), role="supervisor").get("/watch/alarms")
        assert "受付にならないまま残っています" in page.text
    worker.get(call.url)
    worker.submit("heard", heard=CRY, button=REPORT)
    assert rings() == []


def test_a_mistake_can_be_erased_and_leaves_a_line(worker: Visitor, call: Page) -> None:
    worker.get("/phone")
    worker.submit("消す")
    assert kept_at(worker.app) == [] and verbs(worker.app)[-1] == "erase_call"
