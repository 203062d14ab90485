"""A worker remembers a piece of a family, and finds it."""

import pickle

import pytest
from sqlalchemy import delete

from forum.safeguarding.cases.types import Actor
from forum.safeguarding.lookup import service, summaries
from forum.safeguarding.lookup.models import SummaryRow
from forum.safeguarding.lookup.types import Answer
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.content import Content, Identity, Paragraph
from forum.safeguarding.vault.db import vault_db, writing
from tests.safeguarding.cases.scene import CHIEF, FAMILY, KATO, SUZUKI, TANAKA, Scene
from tests.safeguarding.lookup.conftest import looks


def told(text: str, clue: str = "", **answers: str) -> Content:
    return Content((Paragraph(text),), clue=clue, answers=answers)


def found(answer: Answer) -> list[str]:
    return [one.case.case_id for one in answer.found]


def search(scene: Scene, words: str, actor: Actor = TANAKA) -> Answer:
    vault_db.session.rollback()
    return service.search(words, looks(scene, actor))


@pytest.fixture
def hanako(scene: Scene) -> str:
    """A case that is known well, among two others."""
    scene.arrives(told("公園でひとりで遊んでいる子がいます", "一里山公園"))
    case_id = scene.arrives(
        told(
            "毎晩9時ごろ泣き声がします",
            "滋賀県大津市におの浜三丁目２番５号 コーポみずうみ203号室",
            child_age="4歳",
        ),
        Identity(name="密告田", phone="0775551111"),
    )
    scene.arrives(told("登園していません", "仰木町12-3", child_school="ひかり幼稚園"))
    scene.do(
        "add_person",
        case_id,
        words={"name": "渡邉 華子", "kana": "わたなべ はなこ", "role": "mother", "phone": "090-1234-5678"},
    )
    scene.do("add_child", case_id, words={"name": "さくら", "kana": "", "birth": "", "note": "平野小学校1年"})
    return case_id


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("渡辺", "名前"),
        ("渡邊", "名前"),
        ("ワタナベ", "名前"),
        ("わたなべ　はなこ", "名前"),
        ("わたなへ", "名前"),  # one letter wrong
        ("なべ", "名前"),
        ("5678", "電話"),
        ("０９０ー１２３４ー５６７８", "電話"),
        ("090-1234-5679", "電話"),  # one digit wrong
        ("平野小学校", "園・学校"),
        ("平野", "園・学校"),
        ("におの浜", "住所・場所"),
        ("大津市 におの浜 3丁目2-5", "住所・場所"),
        ("コーポミズウミ 203", "住所・場所"),
        ("泣き声", "はじめの文"),
        ("渡辺 におの浜3丁目", "名前"),
    ],
)
def test_a_family_by_whatever_is_remembered(scene: Scene, hanako: str, typed: str, field: str) -> None:
    answer = search(scene, typed)
    assert found(answer) == [hanako] and answer.whole
    assert field in {match.field for match in answer.found[0].matches}
    assert all(match.words and match.how for match in answer.found[0].matches)


def test_what_fits_only_in_part_is_said_to(scene: Scene, hanako: str) -> None:
    answer = search(scene, "渡辺 仰木")
    assert not answer.whole and len(answer.found) == 2
    assert found(search(scene, "存在しない名前")) == []


def test_the_latest_stands_first_and_near_ones_last(scene: Scene) -> None:
    older = scene.arrives(told("さとうさんの家から声がします"))
    with scene.at(1):
        newer = scene.arrives(told("佐藤さんの家から声がします"))
    with scene.at(2):
        near = scene.arrives(told("かとうさんの家から声がします"))
    answer = search(scene, "さとう")
    assert found(answer) == [newer, older, near]
    assert [one.near for one in answer.found] == [False, False, True]


def test_whoever_reported_is_not_found(scene: Scene, hanako: str) -> None:
    assert found(search(scene, "密告田")) == []
    assert found(search(scene, "0775551111")) == []


def test_what_is_written_later_is_found_at_once(scene: Scene, hanako: str) -> None:
    assert found(search(scene, "小林")) == []
    scene.do(
        "note_entry",
        hanako,
        kind="fact",
        text="祖母は小林さんという。",
        happened_at=scene.case(hanako).opened_at,
    )
    assert found(search(scene, "小林")) == [hanako]
    child = scene.child(hanako, "健太")
    assert found(search(scene, "健太")) == [hanako]
    scene.do("drop_child", hanako, TANAKA, child, reason="ほかの家の子だった")
    assert found(search(scene, "健太")) == []


def test_nobody_finds_a_case_that_does_not_exist_for_them(scene: Scene, hanako: str) -> None:
    assert found(search(scene, "渡辺", KATO)) == []  # of another group
    scene.do("mark_conflict", hanako, CHIEF, staff_id=SUZUKI.id, reason="となりに住んでいる")
    assert found(search(scene, "渡辺", SUZUKI)) == []
    assert found(search(scene, "渡辺")) == [hanako]
    again = scene.arrives(told("泣き声がします", "におの浜3-2-5 コーポみずうみ203"))
    assert service.same_house(again, looks(scene, SUZUKI)) == ()
    assert [one.case.case_id for one in service.same_house(again, looks(scene))] == [hanako]


def test_a_merged_case_is_found_as_the_one_that_holds_it(scene: Scene, hanako: str) -> None:
    other = scene.arrives(told("山内さんの家から泣き声がします"))
    version = scene.case(other).version
    scene.do("merge", hanako, other_id=other, other_version=version, reason="同じ部屋")
    assert found(search(scene, "山内")) == [hanako]
    assert len(service.shelf().index) == 3


def test_our_own_history_is_looked_up_unasked(scene: Scene, hanako: str) -> None:
    again = scene.arrives(told("渡邊花子さんという人の子が泣いています。電話は090 1234 5678です"))
    history = service.history_for(again, looks(scene))
    assert [one.case.case_id for one in history] == [hanako]
    assert {match.words for match in history[0].matches} >= {"09012345678"}


def test_a_report_is_compared_while_it_is_typed(scene: Scene, hanako: str) -> None:
    draft = told("にもつを投げる音がします", "におの浜3-2-5コーポみずうみ２０３号")
    (suggestion,) = service.alike(draft, looks(scene))
    assert suggestion.case.case_id == hanako
    assert any(reason.kind == "room" for reason in suggestion.reasons)


def test_every_look_stands_in_the_record_without_its_words(scene: Scene, hanako: str) -> None:
    search(scene, "渡辺")
    service.same_house(hanako, looks(scene))
    lines = audit.lines()
    assert [line.verb for line in lines][:3] == ["same_house", "summarise", "search"]
    assert not any("渡" in f"{line.verb}{line.subject}{line.reason}" for line in lines)
    assert audit.verify().broken_at is None


def test_nothing_is_shown_when_the_record_cannot_be_written(
    scene: Scene, hanako: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **named: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(audit, "record", full)
    with pytest.raises(OSError, match="disk full"):
        search(scene, "渡辺")


def test_a_summary_is_sealed_and_can_be_lost(scene: Scene, hanako: str) -> None:
    search(scene, "渡辺")
    rows = vault_db.session.query(SummaryRow).all()
    assert len(rows) == 3
    assert not any("渡辺".encode() in row.body or "わたなべ".encode() in row.body for row in rows)
    assert len({len(row.body) for row in rows}) == 1  # one block each: a short one looks like a long one
    with writing():
        vault_db.session.execute(delete(SummaryRow))
    vault_db.session.expunge_all()
    service.shelf().index.clear()
    assert found(search(scene, "渡辺")) == [hanako]


def test_cases_that_were_not_read_yet_are_said(
    scene: Scene, hanako: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summaries, "BUDGET", 0.0)
    held = service.shelf()
    left = summaries.bring_up_to_date(held.index, scene.desk.ring, TANAKA, budget=0.0)
    assert left == 2  # one is always read, so that it goes on
    assert summaries.bring_up_to_date(held.index, scene.desk.ring, TANAKA, budget=0.0) == 1
    assert summaries.bring_up_to_date(held.index, scene.desk.ring, TANAKA, budget=0.0) == 0


def test_what_is_open_in_memory_is_never_written_down(scene: Scene, hanako: str) -> None:
    search(scene, "渡辺")
    for kept in (service.shelf(), service.shelf().index):
        assert "渡" not in repr(kept)
        with pytest.raises(TypeError):
            pickle.dumps(kept)


def test_groups_of_an_actor_are_needed(scene: Scene, hanako: str) -> None:
    assert found(search(scene, "渡辺", Actor(5, "無所属", frozenset()))) == []
    assert found(search(scene, "渡辺", Actor(6, "家庭", FAMILY))) == [hanako]
