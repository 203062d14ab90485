"""A worker's hours on one case, on the pages of the desk."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
from flask import Flask

from forum import clock
from forum.safeguarding.cases import queries, setting
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db
from tests.pages import Page, Visitor
from tests.safeguarding.cases.scene import FRIDAY, Scene
from tests.safeguarding.conftest import Desk
from tests.safeguarding.desk import enter, hire, sign_in, staff_id

MORNING = FRIDAY + timedelta(hours=10)


@pytest.fixture
def case_id(desk_app: Flask, policy: Policy, desk: Desk) -> Iterator[str]:
    with clock.turned_to(FRIDAY), desk_app.app_context():
        made = Scene(desk_app, policy, desk).arrives()
        vault_db.session.remove()
    with clock.turned_to(MORNING):
        yield made


@pytest.fixture
def tanaka(desk_app: Flask, case_id: str) -> Visitor:
    return sign_in(Visitor(desk_app), name="田中")


@pytest.fixture
def chief(desk_app: Flask, case_id: str) -> Visitor:
    return sign_in(Visitor(desk_app), role="supervisor", name="上野")


def opened(who: Visitor, case_id: str) -> Page:
    who.get(f"/cases/{case_id}/work")
    return who.submit("csrf_token")


def write(who: Visitor, action: str, status: int = 200, target: str = "", **told: object) -> Page:
    """Fill in the form of an action on the page that is open, and send it."""
    before = f"{action}-{target}-" if target else f"{action}-"
    fields = {f"{before}{name}": value for name, value in told.items()}
    return who.submit(f"/do/{action}/{target}" if target else f"/do/{action}", status, **fields)


def in_app(app: Flask, call: object, *args: object) -> object:
    with app.app_context():
        found = call(*args)  # type: ignore[operator]
        vault_db.session.remove()
    return found


def test_nothing_sealed_is_shown_before_the_line_in_the_record(tanaka: Visitor, case_id: str) -> None:
    page = tanaka.get(f"/cases/{case_id}/work")
    assert "ひらくと見られます" in page.text
    assert "経過を書く" not in page.text
    opened(tanaka, case_id)
    lines = in_app(tanaka.app, lambda: [one.verb for one in audit.lines(subject=case_id)])
    assert lines[-1] == "open_work", "the line of the opening comes before all others"


def test_a_first_visit_from_taking_the_case_to_a_child_who_is_safe(tanaka: Visitor, case_id: str) -> None:
    opened(tanaka, case_id)
    assert "あなたが担当になりました" in write(tanaka, "take").text
    write(tanaka, "child", name="さくら", kana="さくら", birth="3歳")
    write(tanaka, "note", kind="statement", text="昨日から休んでいる", said_by="担任")
    page = write(
        tanaka,
        "sighting",
        kind="adult_only",
        where="玄関",
        how="母親は元気だと話した",
    )
    assert "まだ見ていない" in page.text
    child = re.search(r'value="([0-9a-z]{10})">\s*<span>さくら', page.html)
    assert child
    page = write(
        tanaka,
        "sighting",
        kind="in_person",
        children=[child[1]],
        where="保育園の部屋",
        how="けがはなく、よく話した",
        all_known="y",
    )
    assert "安全確認済" in page.text
    assert "担任の話" in page.text
    assert "昨日から休んでいる" in page.text


def test_what_is_missing_is_said_and_everything_typed_stays(tanaka: Visitor, case_id: str) -> None:
    opened(tanaka, case_id)
    page = write(tanaka, "note", 422, kind="statement", text="休んでいると聞いた")
    assert "だれが見たか・話したかを書いてください" in page.text
    assert 'href="#note-said_by"' in page.html, "the summary leads to the field"
    assert "休んでいると聞いた" in page.html
    page = write(tanaka, "note", 422, kind="fact", text="あざ", happened_at="きのう")
    assert "日と時刻を書いてください" in page.text
    page = write(tanaka, "note", happened_at="2026-11-21T08:00", said_by="担任")
    assert "経過を保存しました" in page.text


def test_the_second_of_two_sees_what_the_first_did_and_loses_no_word(
    desk_app: Flask, tanaka: Visitor, case_id: str
) -> None:
    suzuki = sign_in(Visitor(desk_app), name="鈴木")
    opened(tanaka, case_id)
    opened(suzuki, case_id)
    write(tanaka, "take")
    page = write(suzuki, "take", 409)
    assert "田中：担当になった" in page.text
    assert "まだ保存していません" in page.text
    opened(suzuki, case_id)
    write(tanaka, "child", name="れん")
    page = write(suzuki, "note", 409, kind="fact", text="電話で話した長い内容")
    assert "子どもを書き足した" in page.text
    page = write(suzuki, "note")  # the same form, as it came back
    assert "電話で話した長い内容" in page.text
    assert "経過を保存しました" in page.text


def test_a_handover_on_the_pages(desk_app: Flask, tanaka: Visitor, case_id: str) -> None:
    login = hire(desk_app, name="鈴木")
    opened(tanaka, case_id)
    write(tanaka, "take")
    page = write(tanaka, "offer", to=str(staff_id(desk_app, login)), text="あす休みです")
    assert "受けてもらうまで、担当は変わりません" in page.text
    assert "いまの担当：田中" in page.text
    suzuki = enter(Visitor(desk_app), login)
    assert "あす休みです" in opened(suzuki, case_id).text
    assert "いまの担当：鈴木" in write(suzuki, "accept-offer").text


def test_for_whoever_knows_the_family_the_case_is_gone(
    desk_app: Flask, tanaka: Visitor, chief: Visitor, case_id: str
) -> None:
    opened(tanaka, case_id)
    page = write(tanaka, "conflict")
    assert page.heading == "予定"
    tanaka.get(f"/cases/{case_id}/work", 404)
    tanaka.post(f"/cases/{case_id}/do/take", {}, 404)
    assert case_id not in tanaka.get("/unseen").text
    page = opened(chief, case_id)
    assert "印を消す" in page.text
    assert case_id in chief.get("/unseen").text


def test_a_merge_by_number_and_a_number_that_is_none(
    desk_app: Flask, policy: Policy, desk: Desk, tanaka: Visitor, case_id: str
) -> None:
    with desk_app.app_context():
        other = Scene(desk_app, policy, desk, count(100)).arrives("同じ家の声")
        vault_db.session.remove()
    opened(tanaka, case_id)
    page = write(tanaka, "merge", 422, other="0000000000", reason="同じ部屋")
    assert "番号がちがう" in page.text
    page = write(tanaka, "merge", other=f" {other.upper()} ", reason="同じ部屋")
    assert f"まとめたケース{other}" in page.text
    tanaka.get(f"/cases/{other}/work", 303)
    opened(tanaka, case_id)
    write(tanaka, "unmerge", target=in_app(desk_app, lambda: queries.merges(case_id)[0].id))  # type: ignore[arg-type]
    assert tanaka.get(f"/cases/{other}/work").heading.endswith(other)


def test_tasks_of_all_cases_show_kinds_and_no_words(tanaka: Visitor, case_id: str) -> None:
    opened(tanaka, case_id)
    write(tanaka, "task", kind="notice", due_at="2026-11-21T09:00", text="中央の山本さんへ")
    page = tanaka.get("/tasks")
    assert "児相への一報" in page.text
    assert "すぎています" in page.text
    assert "山本" not in page.text
    assert "まだ予定はありません" not in page.text


def test_closing_is_offered_to_the_supervisor_and_keeping_follows(
    tanaka: Visitor, chief: Visitor, case_id: str
) -> None:
    opened(chief, case_id)
    write(chief, "child", name="さくら")
    child = in_app(chief.app, lambda: queries.unseen(case_id))
    write(
        chief,
        "sighting",
        kind="in_person",
        children=list(child),
        where="園",
        how="元気",
        all_known="y",  # type: ignore[call-overload]
    )
    assert "終結は、上司か会議が決めます" in opened(tanaka, case_id).text
    page = write(chief, "close", outcome="unfounded", reason="転んだけが")
    assert "該当なし" in page.text
    assert "保存する期限：" in page.text
    with clock.turned_to(MORNING + timedelta(days=365 * 5 + 3)):
        chief = sign_in(Visitor(chief.app), role="supervisor", name="小川")
        assert case_id in chief.get("/keeping").text
        opened(chief, case_id)
        assert "別の上司が決めるまで" in write(chief, "ask-deletion", reason="期限").text


@pytest.mark.parametrize("action", ["nothing", "note/xx"])
def test_an_action_that_is_none_changes_nothing(tanaka: Visitor, case_id: str, action: str) -> None:
    opened(tanaka, case_id)
    tanaka.post(f"/cases/{case_id}/do/{action}", {}, 404 if action == "nothing" else 422)


def test_without_a_token_no_form_counts(tanaka: Visitor, case_id: str) -> None:
    from forum.safeguarding.cases.actions import ACTIONS

    for action in ACTIONS:
        tanaka.post(f"/cases/{case_id}/do/{action}", {"version": "1"}, 422)
    assert in_app(tanaka.app, lambda: queries.case(case_id).version) == 2


def test_what_may_be_the_same_house_stands_with_its_reasons(
    desk_app: Flask,
    policy: Policy,
    desk: Desk,
    tanaka: Visitor,
    case_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with desk_app.app_context():
        other = Scene(desk_app, policy, desk, count(100)).arrives("同じ家の声")
        vault_db.session.remove()
    why = setting.Suggested(other, 2, ("部屋番号が同じ：305 と 305",))
    given = setting.Setting(suggest=lambda case: () if other in case.merged else (why,))
    monkeypatch.setitem(desk_app.extensions, "cases", given)
    page = opened(tanaka, case_id)
    assert "部屋番号が同じ" in page.text
    page = write(tanaka, "merge", 422, target=other)
    assert "わけを書いてください" in page.text
    assert f"まとめたケース{other}" in write(tanaka, "merge", target=other, reason="部屋が同じ").text
