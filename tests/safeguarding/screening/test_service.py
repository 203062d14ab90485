"""Sheets and decisions on a real vault: sealed, added, never changed; a clock that only gets shorter."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from forum.errors import Refused
from forum.safeguarding.cases import queries as cases
from forum.safeguarding.screening import queries
from forum.safeguarding.screening.models import AssessmentRow, CaseCodesRow, ScreeningRow
from forum.safeguarding.vault.db import vault_db, writing
from forum.sealing.envelope import Unopenable
from tests.safeguarding.conftest import DESK
from tests.safeguarding.screening.casework import ARRIVED, CATALOGUE, SUPERVISOR, WORKER, Work, arrive

ALL_NO = {item.id: "no" for item in CATALOGUE.sheet("urgency").items}


def rows(table: type) -> int:
    return vault_db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_child_who_asks_for_help_shortens_the_clock_from_its_arrival(work: Work) -> None:
    before = cases.case(work.case_id)
    work.assess("urgency", ALL_NO | {"asks": "yes"})
    after = cases.case(work.case_id)
    assert not before.urgent and after.urgent
    assert after.clock.due_at == work.policy.due_at(ARRIVED, ["family"], urgent=True) < before.clock.due_at


def test_a_calm_sheet_afterwards_does_not_give_the_time_back(work: Work) -> None:
    work.assess("urgency", ALL_NO | {"grave": "unknown"})
    due = cases.case(work.case_id).clock.due_at
    work.assess("urgency", ALL_NO, once="sheet-2")
    after = cases.case(work.case_id)
    assert after.urgent and after.clock.due_at == due


def test_a_limit_that_was_earlier_stays(work: Work) -> None:
    """A case that others moved forward is not moved back by becoming urgent."""
    from forum.safeguarding.vault.models import CaseRow

    earlier = ARRIVED.replace(hour=13)
    with writing():
        row = vault_db.session.scalar(select(CaseRow).where(CaseRow.public_id == work.case_id))
        assert row is not None
        row.due_at = earlier
    work.assess("urgency", ALL_NO | {"asks": "yes"})
    assert cases.case(work.case_id).clock.due_at == earlier


def test_all_that_was_asked_and_denied_leaves_the_clock_alone(work: Work) -> None:
    before = cases.case(work.case_id).clock
    work.assess("urgency", ALL_NO)
    assert cases.case(work.case_id).clock == before


def test_a_sheet_keeps_its_wording_of_the_day_and_who_filled_it_in(work: Work) -> None:
    work.assess("urgency", ALL_NO | {"asks": "rather"}, note="保育士が本人から聞いた")
    (kept,) = queries.assessments([work.case_id], DESK.ring)
    assert kept.sheet == CATALOGUE.sheet("urgency")
    assert kept.answers["asks"] == "rather" and kept.staff == "木村"
    assert kept.note == "保育士が本人から聞いた"


def test_nothing_of_it_stands_in_clear(work: Work) -> None:
    work.assess("urgency", ALL_NO | {"asks": "yes"}, note="保育士が本人から聞いた")
    work.record("acceptance", "out_of_scope", "ほかの市のこと")
    for table in (AssessmentRow, ScreeningRow, CaseCodesRow):
        row = vault_db.session.scalars(select(table)).one()
        raw = b"".join(str(value).encode() + bytes(value if isinstance(value, bytes) else b"")
                       for value in vars(row).values())  # fmt: skip
        for word in ("asks", "保育士", "木村", "小川", "out_of_scope", "acceptance", "ほかの市"):
            assert word.encode() not in raw, f"{word} in {table.__name__}"


def test_a_box_opens_only_in_its_own_case(work: Work) -> None:
    work.assess("urgency", ALL_NO)
    other = arrive(work.policy, once="another")
    with writing():
        row = vault_db.session.scalars(select(AssessmentRow)).one()
        row.case_id += 1
    with pytest.raises(Unopenable):
        queries.assessments([other], DESK.ring)


def test_the_newest_sheet_of_each_kind_counts_and_the_others_stay_to_be_read(work: Work) -> None:
    work.assess("urgency", ALL_NO | {"asks": "yes"})
    work.assess("infant", {"zero": "yes"}, once="sheet-2")
    work.assess("urgency", ALL_NO, once="sheet-3")
    filled = queries.assessments([work.case_id], DESK.ring)
    assert [one.sheet.id for one in filled] == ["urgency", "infant", "urgency"]
    said = queries.standing(filled, CATALOGUE.ladder)
    assert "① 子どもまたは保護者が、保護を求めている" not in [one.words for one in said.raises]
    assert "0歳である" in [one.words for one in said.raises] and said.urgent


def test_the_same_form_sent_twice_counts_once(work: Work) -> None:
    seen = work.version()
    work.assess("urgency", ALL_NO, version=seen)
    work.assess("urgency", ALL_NO, version=seen)
    work.record("acceptance", "accepted", version=work.version())
    work.record("acceptance", "accepted", version=seen)
    assert rows(AssessmentRow) == 1 and rows(ScreeningRow) == 1


def test_of_two_people_at_the_same_second_the_second_is_told_and_overwrites_nothing(work: Work) -> None:
    seen = work.version()
    work.assess("urgency", ALL_NO | {"asks": "yes"}, version=seen)
    with pytest.raises(Refused) as no:
        work.assess("urgency", ALL_NO, version=seen, once="sheet-2")
    assert no.value.code == "changed"
    with pytest.raises(Refused) as no:
        work.record("finding", "not_found", "だれも知らない", version=seen)
    assert no.value.code == "changed"
    assert "assess" in [one.verb for one in no.value.facts["changes"]]  # type: ignore[attr-defined]
    assert rows(AssessmentRow) == 1 and rows(ScreeningRow) == 0 and rows(CaseCodesRow) == 0


def test_taking_up_and_finding_are_two_decisions(work: Work) -> None:
    work.record("acceptance", "accepted")
    work.record("finding", "pending", once="record-2")
    work.record("finding", "found", "受診で古い骨折が分かった", once="record-3")
    kept = queries.screening_of([work.case_id], DESK.ring)
    assert [(one.kind, one.value) for one in kept.history] == [
        ("acceptance", "accepted"), ("finding", "pending"), ("finding", "found")
    ]  # fmt: skip
    assert kept.now["finding"].value == "found"
    assert kept.now["finding"].corrects == kept.history[1].id
    codes = queries.codes_of(work.case_id, DESK.ring)
    assert (codes.acceptance, codes.finding) == ("accepted", "found")
    assert codes.accepted_on is not None and codes.accepted_on.isoformat() == "2026-11-23"


def test_the_three_axes_do_not_touch_one_another(work: Work) -> None:
    work.record("severity", "life")
    work.record("rank", "c", once="record-2")
    codes = queries.codes_of(work.case_id, DESK.ring)
    assert (codes.urgency, codes.severity, codes.rank) == ("", "life", "c")
    assert not cases.case(work.case_id).urgent, "how grave it is says nothing of how soon"


def test_a_high_urgency_set_by_hand_shortens_the_clock_too(work: Work) -> None:
    work.record("urgency", "protect", actor=WORKER)
    assert cases.case(work.case_id).urgent
    work.record("urgency", "steady", "児相と本人に会った", once="record-2")
    assert cases.case(work.case_id).urgent, "the clock stays short"


def test_a_worker_alone_does_not_decide_below_the_sheets(work: Work) -> None:
    work.assess("urgency", ALL_NO | {"grave": "unknown"})
    with pytest.raises(Refused) as no:
        work.record("urgency", "steady", "たぶん大丈夫", actor=WORKER)
    assert no.value.code == "needs_second"
    work.record("urgency", "steady", "医師が診て、けががないことを確かめた", actor=SUPERVISOR)


def test_a_merged_case_keeps_what_raised_in_either(work: Work) -> None:
    other = arrive(work.policy, once="another")
    work.assess("urgency", ALL_NO)
    second = Work(work.app, work.policy, other)
    second.assess("urgency", ALL_NO | {"pressing": "yes"}, once="sheet-2")
    said = queries.standing(queries.assessments([work.case_id, other], DESK.ring), CATALOGUE.ladder)
    assert said.level == "protect"


def test_a_closed_case_is_not_screened_without_opening_it_again(work: Work) -> None:
    from forum.safeguarding.vault.models import CaseRow

    with writing():
        row = vault_db.session.scalar(select(CaseRow).where(CaseRow.public_id == work.case_id))
        assert row is not None
        row.status = "closed"
    with pytest.raises(Refused) as no:
        work.assess("urgency", ALL_NO)
    assert no.value.code == "closed"
