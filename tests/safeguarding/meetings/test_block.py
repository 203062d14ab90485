"""What both rooms show on the page of a case, and what statistics read of closed and merged ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from forum.safeguarding.cases import queries as cases
from forum.safeguarding.meetings import gathering
from forum.safeguarding.meetings.block import decisions_block
from forum.safeguarding.screening.block import assessment_block
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import CaseRow
from tests.safeguarding.conftest import DESK
from tests.safeguarding.meetings.test_service import COURSE, decide, hold
from tests.safeguarding.screening.casework import WORKER, Work, arrive


def blocks(work: Work) -> str:
    with work.app.test_request_context("/", base_url="https://localhost"):
        case = cases.case(work.case_id, WORKER)
        return assessment_block(case, DESK.ring, WORKER) + decisions_block(case, DESK.ring, WORKER)


def test_a_fresh_case_says_what_nobody_has_decided_yet(work: Work) -> None:
    shown = blocks(work)
    assert "まだ決めていません" in shown and "様式は、まだ書かれていません" in shown
    assert "まだ何も決まっていません" in shown


def test_the_decision_in_force_stands_first_and_the_earlier_ones_can_be_unfolded(work: Work) -> None:
    work.assess("urgency", {"asks": "yes"}, note="保育士から")
    decide(work, replace(COURSE, meeting_id=hold(work), coded={"outcome": "continued"}))
    decide(work, replace(COURSE, text="週1回にする", agency=""), once="decision-2")
    decide(work, replace(COURSE, text="月1回にする", agency=""), once="decision-3")
    shown = blocks(work)
    assert shown.index("月1回にする") < shown.index("前の決定") < shown.index("週1回にする")
    assert shown.index("週1回にする") < shown.index("こども園で毎朝ようすを見る")
    assert "緊急受理会議" in shown and "継続指導" in shown and "2026年12月21日" in shown
    assert "① 子どもまたは保護者が、保護を求めている" in shown and "保育士から" in shown
    assert shown.count("<details") == shown.count("</details>")


def test_what_people_wrote_is_shown_as_text(work: Work) -> None:
    work.assess("urgency", {"asks": "yes"}, note="<script>x</script>")
    decide(work, replace(COURSE, meeting_id=hold(work), text="<b>太字</b>"))
    shown = blocks(work)
    assert "<script>" not in shown and "<b>" not in shown and "&lt;b&gt;太字" in shown


def test_statistics_read_the_first_way_in_and_how_the_clock_ended(work: Work) -> None:
    late = arrive(work.policy, once="another")
    merged = arrive(work.policy, once="a third")
    with writing():
        rows = {row.public_id: row for row in vault_db.session.scalars(select(CaseRow))}
        for row in (rows[work.case_id], rows[late]):
            row.clock_end, row.clock_ended_at = "seen", row.due_at
        rows[late].due_at = rows[late].clock_started_at
        rows[late].status = "closed"
        rows[merged].status, rows[merged].merged_into_id = "merged", rows[late].id
    found = gathering.counted_cases(DESK.ring)
    assert [one.clear["timing"] for one in found] == ["within", "after"]
    assert {one.clear["entrance"] for one in found} == {"neighbour"}
    assert {one.clear["ending"] for one in found} == {"seen"}
    assert {one.received_on for one in found} == {date(2026, 11, 21)}
