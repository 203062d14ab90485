"""Answers only raise, what nobody knows is never safe, and nobody lowers anything alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.errors import Refused
from forum.safeguarding.screening import catalogue, rules
from forum.safeguarding.screening.types import ANSWERS, Authority, Record, Sheet

CATALOGUE = catalogue.load()
LADDER = CATALOGUE.ladder
SHEETS = CATALOGUE.sheets
SUPERVISOR = Authority("supervisor")
WORKER = Authority("worker")


def sheet(sheet_id: str) -> Sheet:
    return CATALOGUE.sheet(sheet_id)


@st.composite
def filled(draw: st.DrawFn) -> tuple[Sheet, dict[str, str]]:
    """Any sheet, with any of its items answered in any way."""
    chosen = draw(st.sampled_from(SHEETS))
    answers = draw(
        st.dictionaries(st.sampled_from([item.id for item in chosen.items]), st.sampled_from(sorted(ANSWERS)))
    )
    return chosen, answers


def priority(of: Sheet, answers: dict[str, str]) -> tuple[bool, int]:
    found = rules.outcome(of, answers, LADDER)
    return found.urgent, rules.height(found.level, LADDER)


@given(filled())
def test_taking_any_answer_away_never_lowers_the_priority(case: tuple[Sheet, dict[str, str]]) -> None:
    of, answers = case
    before = priority(of, answers)
    for gone in answers:
        fewer = {item: answer for item, answer in answers.items() if item != gone}
        after = priority(of, fewer)
        assert after[0] >= before[0] and after[1] >= before[1], f"without {gone} it became calmer"


@given(filled(), st.data())
def test_turning_an_answer_into_unknown_never_lowers_the_priority(
    case: tuple[Sheet, dict[str, str]], data: st.DataObject
) -> None:
    of, answers = case
    item = data.draw(st.sampled_from([one.id for one in of.items]))
    before, after = priority(of, answers), priority(of, {**answers, item: "unknown"})
    assert after[0] >= before[0] and after[1] >= before[1]


@given(filled(), st.data())
def test_a_yes_more_never_lowers_the_priority(
    case: tuple[Sheet, dict[str, str]], data: st.DataObject
) -> None:
    of, answers = case
    item = data.draw(st.sampled_from([one.id for one in of.items]))
    before, after = priority(of, answers), priority(of, {**answers, item: "yes"})
    assert after[0] >= before[0] and after[1] >= before[1]


@given(st.lists(filled(), min_size=1, max_size=4))
def test_another_sheet_never_lowers_what_the_first_one_said(
    cases: list[tuple[Sheet, dict[str, str]]],
) -> None:
    outcomes = [rules.outcome(of, answers, LADDER) for of, answers in cases]
    alone = rules.height(outcomes[0].level, LADDER)
    together = rules.joined(outcomes, LADDER)
    assert rules.height(together.level, LADDER) >= alone and together.urgent >= outcomes[0].urgent


@given(filled())
def test_every_raise_cites_a_sentence_of_its_sheet_and_every_unknown_is_listed(
    case: tuple[Sheet, dict[str, str]],
) -> None:
    of, answers = case
    found = rules.outcome(of, answers, LADDER)
    sentences = {one.words for one in of.items} | {one.words for one in of.combinations}
    assert {one.words for one in found.raises} <= sentences
    open_items = {one.words for one in of.items if answers.get(one.id, "unknown") == "unknown"}
    assert set(found.unknown) == open_items


def test_a_child_who_asks_for_help_makes_it_urgent() -> None:
    answers = {item.id: "no" for item in sheet("urgency").items} | {"asks": "rather"}
    found = rules.outcome(sheet("urgency"), answers, LADDER)
    assert found.urgent and found.level == "protect"
    assert [one.words for one in found.raises] == ["① 子どもまたは保護者が、保護を求めている"]
    assert found.unknown == ()


def test_all_asked_and_all_denied_raises_nothing() -> None:
    for one in SHEETS:
        found = rules.outcome(one, {item.id: "no" for item in one.items}, LADDER)
        assert found == rules.Outcome(None, False, (), ())


def test_not_knowing_whether_the_injury_is_grave_counts_until_somebody_looked() -> None:
    answers = {item.id: "no" for item in sheet("urgency").items} | {"grave": "unknown"}
    found = rules.outcome(sheet("urgency"), answers, LADDER)
    assert found.urgent and found.level == "prevent"
    assert [(one.words, one.known) for one in found.raises] == [("③ すでに重大な結果がある", False)]


def test_small_and_hurt_says_more_than_each_alone() -> None:
    answers = {item.id: "no" for item in sheet("risk").items} | {"age": "yes", "injury": "rather"}
    found = rules.outcome(sheet("risk"), answers, LADDER)
    assert found.level == "prevent" and found.urgent
    assert "小学校に入る前の子どもに、けが・あざがある" in [one.words for one in found.raises]
    without = rules.outcome(sheet("risk"), answers | {"injury": "no"}, LADDER)
    assert without.level == "steady" and not without.urgent


def test_a_step_that_the_city_took_off_its_ladder_does_not_become_low() -> None:
    shorter = tuple(level for level in LADDER if level.id != "protect")
    answers = {item.id: "no" for item in sheet("urgency").items} | {"asks": "yes"}
    assert rules.outcome(sheet("urgency"), answers, shorter).urgent


def record(kind: str, value: str) -> Record:
    return Record("r1", datetime(2026, 11, 23, tzinfo=UTC), "木村", kind, value, "", SUPERVISOR, "")


def check(
    kind: str,
    value: str,
    reason: str = "",
    before: Record | None = None,
    authority: Authority = SUPERVISOR,
    sheets_say: str | None = None,
) -> None:
    rules.check_record(
        kind,
        value,
        reason,
        before=before,
        sheets_say=sheets_say,
        authority=authority,
        catalogue=CATALOGUE,
    )


def refused(*given: object, **named: object) -> str:
    with pytest.raises(Refused) as no:
        check(*given, **named)  # type: ignore[arg-type]
    return no.value.code


def test_a_worker_alone_may_raise_at_once_but_never_lower() -> None:
    check("urgency", "protect", authority=WORKER, before=record("urgency", "steady"))
    check("severity", "moderate", authority=WORKER)
    assert refused("urgency", "steady", "落ち着いた", record("urgency", "protect"), WORKER) == "needs_second"
    assert refused("severity", "mild", "けががない", record("severity", "life"), WORKER) == "needs_second"


def test_nobody_writes_down_less_than_the_sheets_said_without_a_reason_and_a_second() -> None:
    assert refused("urgency", "steady", sheets_say="prevent") == "needs_reason"
    assert refused("urgency", "steady", "理由", authority=WORKER, sheets_say="prevent") == "needs_second"
    check("urgency", "steady", "児相と本人に会い、けががないことを確かめた", sheets_say="prevent")


def test_taking_up_and_finding_need_a_supervisor_or_a_meeting() -> None:
    assert refused("acceptance", "accepted", authority=WORKER) == "needs_second"
    assert refused("finding", "found", authority=WORKER) == "needs_second"
    check("acceptance", "accepted")
    check("finding", "found", authority=Authority("meeting", "m1"))


@pytest.mark.parametrize(
    ("kind", "value"),
    [("acceptance", "information"), ("acceptance", "out_of_scope"), ("finding", "not_found")],
)
def test_whatever_ends_the_work_needs_a_reason(kind: str, value: str) -> None:
    assert refused(kind, value) == "needs_reason"
    check(kind, value, "転居先の市が受けた")


def test_changing_a_decision_needs_a_reason() -> None:
    assert refused("finding", "found", before=record("finding", "pending")) == "needs_reason"


def test_values_that_nobody_offered_are_refused() -> None:
    for kind, value in (("urgency", "found"), ("finding", "protect"), ("rank", "z"), ("mood", "calm")):
        assert refused(kind, value) == "unknown_value"


def test_a_sheet_takes_only_its_own_items_and_the_four_answers() -> None:
    assert rules.clean_answers(sheet("infant"), {"zero": "yes", "asks": "no", "neck": ""}) == {"zero": "yes"}
    for answers, code in (({}, "nothing_answered"), ({"zero": "maybe"}, "unknown_answer")):
        with pytest.raises(Refused) as no:
            rules.clean_answers(sheet("infant"), answers)
        assert no.value.code == code
