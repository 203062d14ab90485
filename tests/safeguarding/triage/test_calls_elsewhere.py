"""A call goes away under the hands that write it down: another tab, a colleague. Nothing typed is lost."""

import json

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.safeguarding.triage import drafts, phone_views
from forum.safeguarding.triage.models import PhoneDraftRow
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import CaseRow, ReportRow
from tests.pages import BASE, OURS, Page, Visitor, form_fields
from tests.safeguarding.desk import hire, staff_id

CRY, WHO = "電話の向こうで泣き声", "山本"
KEEP, REPORT, LOOK = ("step", "keep"), ("step", "report"), ("step", "look")
ANEW = "新しい聞きとりとして残す"


@pytest.fixture
def call(worker: Visitor) -> Page:
    """The page of a call of which something is kept already."""
    worker.get("/phone")
    worker.submit("新しく聞きとる")
    return worker.submit("heard", heard="はじめの一言", button=LOOK)


def erase_in_another_tab(app: Flask) -> None:
    with app.app_context():
        with writing():
            vault_db.session.delete(vault_db.session.scalars(select(PhoneDraftRow)).one())
        vault_db.session.remove()


def counts(app: Flask) -> tuple[int, int]:
    """Drafts and reports."""
    with app.app_context():
        found = len(drafts.everyones()), len(vault_db.session.scalars(select(ReportRow.id)).all())
        vault_db.session.remove()
    return found


@pytest.mark.parametrize("button", [KEEP, LOOK, REPORT])
def test_what_was_typed_for_an_erased_call_stands_there_still_and_can_be_kept(
    worker: Visitor, call: Page, button: tuple[str, str]
) -> None:
    erase_in_another_tab(worker.app)
    page = worker.submit("heard", status=409, heard=CRY, name=WHO, button=button)
    assert "消されています" in page.text and CRY in page.html and WHO in page.html
    again = worker.page
    page = worker.submit(ANEW)
    assert "聞きとりのつづき" in page.text
    assert CRY in worker.submit("ひらいて").html and WHO in (worker.page.html if worker.page else "")
    worker.page = again
    worker.submit(ANEW)
    assert counts(worker.app) == (1, 0), "the same press twice keeps one"


def test_what_does_not_fit_is_still_there_when_it_is_kept_anew(worker: Visitor, call: Page) -> None:
    erase_in_another_tab(worker.app)
    page = worker.submit("heard", status=409, heard=CRY, clue="い" * 201, button=KEEP)
    page = worker.submit(ANEW, status=422)
    assert CRY in page.html and "い" * 201 in page.html and "ここを直すと、残せます" in page.text
    worker.submit(ANEW, clue="駅の裏")
    assert CRY in worker.submit("ひらいて").html


@pytest.mark.parametrize("button", [KEEP, REPORT])
def test_a_colleague_who_takes_it_over_in_the_same_second_loses_nobody_a_word(
    worker: Visitor, call: Page, button: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = staff_id(worker.app, hire(worker.app))
    real = phone_views.store.desk_key

    def in_between() -> object:
        with writing():
            vault_db.session.execute(update(PhoneDraftRow).values(staff_id=other))
        return real()

    monkeypatch.setattr(phone_views.store, "desk_key", in_between)  # after the look, before the writing
    page = worker.submit("heard", status=409, heard=CRY, button=button)
    monkeypatch.undo()
    assert "ほかの人が引き取りました" in page.text and CRY in page.html
    assert counts(worker.app) == (1, 0)
    with worker.app.app_context():
        first = vault_db.session.scalars(select(PhoneDraftRow)).one()
        assert first.staff_id == other, "the colleague's draft is untouched"
        began = first.began_at
        vault_db.session.remove()
    worker.submit(ANEW)
    worker.submit("ひらいて")
    worker.submit("heard", button=REPORT)
    assert counts(worker.app) == (1, 1)
    with worker.app.app_context():
        case = vault_db.session.scalars(select(CaseRow)).one()
        assert case.clock_started_at == began, "the clock runs from the call, not from the second note"
        vault_db.session.remove()


def test_a_second_tab_of_a_call_that_became_a_report_keeps_its_own_words(worker: Visitor, call: Page) -> None:
    worker.get(call.url)
    worker.submit("ひらいて")
    second_tab = worker.page
    worker.page = call
    worker.submit("heard", heard="はじめのページ", button=REPORT)
    worker.page = second_tab
    page = worker.submit("heard", status=409, heard=CRY, button=REPORT)
    assert "もう受付になっています" in page.text and CRY in page.html
    worker.submit(ANEW)
    assert CRY in worker.submit("ひらいて").html
    assert counts(worker.app) == (1, 1)


def test_a_page_that_types_is_told_that_its_call_is_gone(worker: Visitor, call: Page) -> None:
    erase_in_another_tab(worker.app)
    data = {**form_fields(call.form("heard")), "heard": CRY, "step": "keep"}
    headers = {**OURS, "Accept": "application/json"}
    answer = worker.client.post(call.url, base_url=BASE, headers=headers, data=data)
    assert answer.status_code == 409 and json.loads(answer.data) == {"kept": False}
    assert "ここまで残して" in call.form("heard").attributes["data-gone"]
