"""The pages of screening as people of the desk use them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from forum import clock
from forum.safeguarding.cases import queries as cases
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db
from tests.pages import Page, Visitor
from tests.safeguarding.desk import sign_in
from tests.safeguarding.screening.casework import CATALOGUE, NOW, arrive

TEMPLATES = Path(__file__).parents[3] / "templates/safeguarding/screening"
URGENCY = CATALOGUE.sheet("urgency")
ALL_NO = {f"item-{item.id}": "no" for item in URGENCY.items}


@pytest.fixture
def case_id(desk_app: Flask, policy: Policy) -> Iterator[str]:
    with clock.turned_to(NOW):
        with desk_app.app_context():
            made = arrive(policy)
            vault_db.session.remove()
        yield made


@pytest.fixture
def worker(desk_app: Flask, case_id: str) -> Visitor:
    return sign_in(Visitor(desk_app), name="木村")


@pytest.fixture
def supervisor(desk_app: Flask, case_id: str) -> Visitor:
    return sign_in(Visitor(desk_app), role="supervisor", name="小川")


def fill(who: Visitor, case_id: str, status: int = 200, **answers: str) -> Page:
    """Open the empty first sheet and send these answers."""
    who.get(f"/cases/{case_id}/screening/sheets/urgency")
    return who.submit("note", status, **(ALL_NO | {f"item-{name}": value for name, value in answers.items()}))


def decide(who: Visitor, case_id: str, kind: str, value: str, reason: str = "", status: int = 200) -> Page:
    who.get(f"/cases/{case_id}/screening/decide/{kind}")
    return who.submit("reason", status, value=value, reason=reason)


def opened(who: Visitor, case_id: str) -> Page:
    who.get(f"/cases/{case_id}/screening")
    return who.submit("いまの見立てをひらく")


def test_a_worker_fills_in_a_sheet_and_sees_what_raised_and_why(worker: Visitor, case_id: str) -> None:
    page = fill(worker, case_id, asks="rather", grave="unknown", effect="")
    assert "緊急の一時保護を検討する" in page.text
    assert "答えから上がったもの ① 子どもまたは保護者が、保護を求めている" in page.text
    assert "あるものとして扱うもの ③ すでに重大な結果がある⑥ 子どもに影響が出ている" in page.text


def test_every_item_stands_with_its_meaning_and_the_four_answers(worker: Visitor, case_id: str) -> None:
    page = worker.get(f"/cases/{case_id}/screening/sheets/urgency")
    for item in URGENCY.items:
        assert item.words in page.text and item.definition in page.text
    for words in ("はい", "ややはい", "いいえ", "不明", URGENCY.source):
        assert words in page.text


def test_nothing_written_is_shown_before_it_is_opened(
    worker: Visitor, supervisor: Visitor, case_id: str
) -> None:
    fill(worker, case_id, asks="yes")
    decide(supervisor, case_id, "acceptance", "accepted", "すぐに動く")
    page = worker.get(f"/cases/{case_id}/screening")
    for words in ("最後に書いた人", "受理する", "すぐに動く", "① 子ども", "小川"):
        assert words not in page.text
    page = opened(worker, case_id)
    for words in ("最後に書いた人：木村", "受理する", "すぐに動く", "小川（上司）", "① 子ども"):
        assert words in page.text, words


def test_where_the_audit_cannot_be_written_nothing_is_opened(
    worker: Visitor, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(worker, case_id, asks="yes")
    worker.get(f"/cases/{case_id}/screening")

    def full(*_given: object, **_named: object) -> None:
        raise RuntimeError("no line can be written")

    monkeypatch.setattr(audit, "record", full)
    with pytest.raises(RuntimeError, match="no line"):
        worker.submit("いまの見立てをひらく")


def test_the_answers_of_last_time_are_there_to_go_on_from(worker: Visitor, case_id: str) -> None:
    fill(worker, case_id, asks="rather", grave="unknown")
    worker.get(f"/cases/{case_id}/screening")
    page = worker.submit("sheets/urgency/again")
    assert "前に書いた人：木村" in page.text
    page = worker.submit("note", note="夜に電話で聞いた")
    assert "① 子どもまたは保護者が、保護を求めている" in page.text
    assert "夜に電話で聞いた" in opened(worker, case_id).text


def test_an_empty_sheet_is_not_kept_and_says_what_to_do(worker: Visitor, case_id: str) -> None:
    worker.get(f"/cases/{case_id}/screening/sheets/infant")
    page = worker.submit("note", 422, note="まだ何も分からない")
    assert "分からない項目は「不明」を選べます" in page.text and "まだ何も分からない" in page.html


def test_whoever_is_slower_is_told_who_did_what_and_keeps_what_was_typed(
    worker: Visitor, supervisor: Visitor, case_id: str
) -> None:
    worker.get(f"/cases/{case_id}/screening/sheets/urgency")
    fill(supervisor, case_id, asks="yes")
    page = worker.submit("note", 409, **(ALL_NO | {"note": "園長に聞いた"}))
    assert "あなたが開いたあとに、このケースが変わりました" in page.text
    assert "園長に聞いた" in page.html and page.html.count(" checked") == len(URGENCY.items)
    page = worker.submit("note")
    assert "残しました" in page.heading


def test_the_five_steps_stand_with_their_examples(worker: Visitor, case_id: str) -> None:
    page = worker.get(f"/cases/{case_id}/screening/decide/severity")
    for level in CATALOGUE.axes["severity"]:
        assert level.name in page.text and level.definition in page.text


def test_a_worker_raises_at_once_and_is_told_what_lowering_needs(
    worker: Visitor, supervisor: Visitor, case_id: str
) -> None:
    decide(worker, case_id, "urgency", "protect")
    assert cases_urgent(worker.app, case_id)
    page = decide(worker, case_id, "urgency", "steady", "静かだった", 422)
    assert "上司か会議の記録がいります" in page.text and "静かだった" in page.html
    decide(supervisor, case_id, "urgency", "steady", "本人に会った")
    assert cases_urgent(worker.app, case_id), "a clock never becomes longer"


def cases_urgent(app: Flask, case_id: str) -> bool:
    with app.app_context():
        return cases.case(case_id).urgent


def test_out_of_scope_needs_its_reason_and_a_choice_is_needed(supervisor: Visitor, case_id: str) -> None:
    assert "理由を書いてください" in decide(supervisor, case_id, "acceptance", "out_of_scope", "", 422).text
    supervisor.get(f"/cases/{case_id}/screening/decide/finding")
    assert "どれかひとつを選んでください" in supervisor.submit("reason", 422).text


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("item-asks", "たぶん", "はい・ややはい・いいえ・不明の中から"),
        ("note", "あ" * 2001, "2000文字まで"),
        ("version", "一", "このケースが変わりました"),
        ("version", "9" * 40, "このケースが変わりました"),
        ("once", "x", "ページを開いてから時間がたった"),
    ],
)
def test_bad_input_is_answered_in_words(
    worker: Visitor, case_id: str, field: str, value: str, told: str
) -> None:
    worker.get(f"/cases/{case_id}/screening/sheets/urgency")
    page = worker.submit("note", 409 if field == "version" else 422, **(ALL_NO | {field: value}))
    assert told in page.text


def test_what_is_not_there_is_not_found(worker: Visitor, case_id: str) -> None:
    for path in (
        "/cases/0000000000/screening",
        f"/cases/{case_id}/screening/sheets/weather",
        f"/cases/{case_id}/screening/decide/mood",
    ):
        worker.get(path, 404)


def test_a_case_of_another_group_does_not_exist(desk_app: Flask, case_id: str) -> None:
    stranger = sign_in(Visitor(desk_app), groups=("school",))
    stranger.get(f"/cases/{case_id}/screening", 404)


def test_no_template_shows_a_number_of_its_own() -> None:
    """A score would be believed (a child of four died after 39 per cent)."""
    counting = re.compile(
        r"％|点数|得点|スコア|確率|割合|\|\s*(length|sum|round|count)|loop\.index|\d\s*%(?!\()"
    )
    for path in TEMPLATES.glob("*.html"):
        assert not counting.search(path.read_text()), path.name


def test_no_page_of_a_result_shows_a_number(worker: Visitor, case_id: str) -> None:
    page = fill(worker, case_id, asks="yes", grave="unknown")
    section = page.html[page.html.index("result-heading") :]
    assert not re.search(
        r"[0-9０-９]|パーセント|%", re.sub(r"<[^>]*>", "", section[: section.index("</section>")])
    )
