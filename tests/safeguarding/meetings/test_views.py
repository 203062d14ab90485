"""The pages of meetings, registers and statistics as people of the desk use them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from forum import clock
from forum.safeguarding.cases import queries as cases
from forum.safeguarding.cases import service
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault.db import vault_db, writing
from tests.pages import Page, Visitor
from tests.safeguarding.conftest import DESK
from tests.safeguarding.desk import enter, hire, sign_in, staff_id
from tests.safeguarding.screening.casework import NOW, arrive


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


def hold(who: Visitor, case_id: str, status: int = 200, **fields: object) -> Page:
    """Keep the record of a meeting on the case."""
    who.get("/meetings/new")
    given = {
        "kind": "urgent_intake",
        "held_on": "2026-11-23",
        "attendees": "木村（相談員）\n小川（係長）",
        "note": "泣き声の件を話した",
        "more_cases": case_id,
    }
    return who.submit("attendees", status, **(given | fields))


def decide(desk: Visitor, path: str, status: int = 200, /, **fields: object) -> Page:
    desk.get(path)
    given = {"text": "園で毎朝ようすを見る", "check_on": "2026-12-21", "agency": "こども家庭センター"}
    return desk.submit("for_what", status, **(given | fields))


def decided(worker: Visitor, case_id: str, /, **fields: object) -> Page:
    """A meeting, and what it decided on the case."""
    page = hold(worker, case_id)
    return decide(worker, page.link("この会議で決めたことを書く"), **fields)


FULL = {
    "acceptance": "accepted",
    "finding": "found",
    "rank": "b",
    "severity": "moderate",
    "route": "neighbour",
    "kind": "neglect",
    "who": "mother",
    "age": "preschool",
    "outcome": "continued",
}


def test_from_the_agenda_to_a_decision_and_the_registers(
    worker: Visitor, supervisor: Visitor, case_id: str
) -> None:
    worker.get("/meetings")
    page = worker.submit("次の会議の議題をひらく")
    assert f"{case_id} 受理を、まだ決めていません" in page.text
    page = worker.submit("attendees", attendees="木村\n小川", kind="intake", cases=[case_id])
    assert case_id in page.text and "小川" not in page.text, "the record is not open yet"
    page = worker.submit("会議の記録をひらく")
    assert "受理会議" in page.text and "木村、小川" in page.text
    decide(worker, page.link("この会議で決めたことを書く"), **FULL)
    worker.get("/meetings")
    page = worker.submit("受理台帳 2026年11月")
    for words in (case_id, "2026年11月21日", "市民の窓口", "受理する", "該当", "継続指導", "確認中"):
        assert words in page.text, words
    worker.get("/meetings")
    page = worker.submit("進行管理台帳をひらく")
    assert "対応中のケースはありません" in page.text, "nobody has read the report yet"
    supervisor.get("/meetings")
    page = supervisor.submit("2026年度の表をひらく")
    assert "数えた" in page.text and "相談の経路別・種類別の対応件数" in page.text


def test_an_overdue_case_stands_first_on_the_agenda(
    desk_app: Flask, policy: Policy, worker: Visitor, case_id: str
) -> None:
    decided(worker, case_id, check_on="2026-11-30", acceptance="accepted")
    with clock.turned_to(NOW + timedelta(days=60)):
        with desk_app.app_context():
            fresh = arrive(policy, once="another", at=clock.now())
            vault_db.session.remove()
        later = sign_in(Visitor(desk_app))
        later.get("/meetings")
        page = later.submit("次の会議の議題をひらく")
    assert page.text.index(case_id) < page.text.index(fresh)
    assert "安全確認の期限をすぎています、会議で決めた、次に確かめる日がきています" in page.text


def test_a_meeting_of_one_person_or_without_a_case_is_refused(worker: Visitor, case_id: str) -> None:
    page = hold(worker, case_id, 422, attendees="木村")
    assert "2人以上の名前がいります" in page.text and "泣き声の件を話した" in page.html
    assert "ひとつ以上選んでください" in hold(worker, "", 422).text
    assert "番号がちがうか" in hold(worker, "zzzzzzzzzz", 422).text
    assert "今日かそれより前" in hold(worker, case_id, 422, held_on="2026-11-24").text
    hold(worker, case_id, 422, held_on="いつか")
    hold(worker, case_id, 422, note="あ" * 4001)


def test_a_workers_first_decision_is_sent_to_a_meeting(worker: Visitor, case_id: str) -> None:
    page = decide(worker, f"/cases/{case_id}/decision", 422)
    assert "はじめての決定と終結には、上司か会議の記録がいります" in page.text
    assert "園で毎朝ようすを見る" in page.html and "こども家庭センター" in page.html


def test_the_supervisor_decides_alone_but_ends_no_clock(
    supervisor: Visitor, desk_app: Flask, case_id: str
) -> None:
    path = f"/cases/{case_id}/decision"
    decide(supervisor, path)
    page = decide(supervisor, path, 422, for_what="unconfirmed", verdict="not_found", tried="3回訪ねた")
    assert "これを決められるのは会議だけです" in page.text
    with desk_app.app_context():
        assert cases.case(case_id).clock.running


def test_a_meeting_ends_the_clock_and_says_when_somebody_looks_again(
    worker: Visitor, desk_app: Flask, case_id: str
) -> None:
    page = hold(worker, case_id)
    path = page.link("この会議で決めたことを書く")
    page = decide(worker, path, 422, for_what="unconfirmed", verdict="not_found", tried="")
    assert "確かめるためにしたことを書いてください" in page.text
    decide(worker, path, for_what="unconfirmed", verdict="not_found", tried="夜に3回訪ねた")
    with desk_app.app_context():
        clock_now = cases.case(case_id).clock
    assert clock_now.end == "unconfirmed" and str(clock_now.look_again_on) == "2026-12-21"


def test_of_two_people_the_slower_sees_what_changed(
    worker: Visitor, supervisor: Visitor, case_id: str
) -> None:
    worker.get(f"/cases/{case_id}/decision")
    decide(supervisor, f"/cases/{case_id}/decision")
    page = worker.submit("for_what", 409, text="わたしの決定", check_on="2026-12-01")
    assert "このケースが変わりました" in page.text and "わたしの決定" in page.html


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("text", "", "決めたことを書いてください"),
        ("check_on", "", "次に確かめる日を入れてください"),
        ("check_on", "2026-11-23", "あしたより後の日"),
        ("for_what", "nothing", ""),
        ("kind", "weather", "一覧にある中から"),
        ("severity", "found", "一覧にある中から"),
        ("roles", "あ" * 601, "600文字まで"),
    ],
)
def test_bad_decisions_are_answered_in_words(
    supervisor: Visitor, case_id: str, field: str, value: str, told: str
) -> None:
    page = decide(supervisor, f"/cases/{case_id}/decision", 422, **{field: value})
    assert told in page.text


def test_statistics_are_counted_and_changed_with_a_reason(
    worker: Visitor, supervisor: Visitor, case_id: str
) -> None:
    decided(worker, case_id, **FULL)
    supervisor.get("/meetings")
    page = supervisor.submit("2026年度の表をひらく")
    section = page.text[page.text.index("子どもの年齢別") :]
    assert "3歳から学齢前 0 0 1 0 0 1" in section
    page = supervisor.submit("statistics/2026/age", 422, row="older", column="neglect", value="3")
    assert "直すわけを書いてください" in page.text
    page = supervisor.submit(
        "statistics/2026/age", row="older", column="neglect", value="3", reason="紙で受けた分"
    )
    assert "高校生・その他 0 0 3数えた数 0 0 0 3" in page.text and "0 → 3 紙で受けた分 小川" in page.text


def test_two_supervisors_change_one_table_at_once(supervisor: Visitor, desk_app: Flask, case_id: str) -> None:
    other = sign_in(Visitor(desk_app), role="supervisor")
    for who in (supervisor, other):
        who.get("/meetings")
        who.submit("2026年度の表をひらく")
    cell = {"row": "older", "column": "neglect", "reason": "紙の分"}
    supervisor.submit("statistics/2026/age", value="3", **cell)
    page = other.submit("statistics/2026/age", 409, value="5", **cell)
    assert "0 → 3" in page.text and "0 → 5" not in page.text
    assert "0 → 5" not in page.text and "変わりました" in page.text


def test_the_public_tables_hide_small_numbers_and_what_gives_them_back(
    worker: Visitor, supervisor: Visitor, case_id: str
) -> None:
    decided(worker, case_id, **FULL)
    supervisor.get("/meetings")
    page = supervisor.submit("2026年度の公表用")
    section = page.html[page.html.index("子どもの年齢別") :]
    section = section[: section.index("</table>")]
    assert ">1<" not in section and section.count("×") >= 4


def test_a_worker_does_not_change_statistics(worker: Visitor, case_id: str) -> None:
    page = worker.get("/meetings")
    assert "年度の統計" not in page.text
    token = page.form("次の会議").walk()
    data = {e.attributes["name"]: e.attributes.get("value", "") for e in token if "name" in e.attributes}
    worker.post("/meetings/statistics/2026", data, 403)


def test_what_is_not_there_is_not_found(worker: Visitor, case_id: str) -> None:
    for path in (
        "/meetings/zzzzzzzzzz",
        f"/cases/{case_id}/decision/zzzzzzzzzz",
        "/cases/zzzzzzzzzz/decision",
    ):
        worker.get(path, 404)


def test_a_person_who_knows_the_family_sees_nothing_of_it(
    desk_app: Flask, supervisor: Visitor, case_id: str
) -> None:
    """Conflict of interest: for that person the case does not exist."""
    meeting, login = hold(supervisor, case_id).url, hire(desk_app, name="木村")
    number = staff_id(desk_app, login)
    with desk_app.app_context():
        with writing():
            service.mark_conflict(
                case_id,
                cases.case(case_id).version,
                Actor(number, "木村", frozenset({"family", "facility", "school"})),
                desk=DESK.key,
                once="know-them",
                staff_id=number,
                reason="いとこの家",
            )
        vault_db.session.remove()
    cousin = enter(Visitor(desk_app), login)
    cousin.get("/meetings")
    assert case_id not in cousin.submit("受理台帳 2026年11月").text
    assert case_id not in cousin.get(meeting).text
    cousin.get(f"/cases/{case_id}/decision", 404)
