"""Coming back with words: how far it is, answers of the desk, additions, and slips of the tongue."""

from datetime import timedelta

import pytest
from flask import Flask

from forum import clock
from forum.safeguarding.vault.marks import is_marking, marked
from tests.pages import Visitor
from tests.safeguarding.conftest import Desk
from tests.safeguarding.intake.conftest import Inside
from tests.safeguarding.intake.people import (
    LINE,
    comes_back,
    desk_answers,
    desk_reads,
    goes_on,
    sends,
    words_on,
)


def test_the_words_typed_back_once_lead_on_and_slips_are_forgiven(neighbour: Visitor) -> None:
    words = sends(neighbour)
    page = neighbour.submit("words", status=422, button=("step", "typed"), words="さくら やま")
    assert "もう一度、見くらべて" in page.text
    assert words_on(neighbour) == words, "the words are still there to look at"
    assert neighbour.page is not None
    assert "さくら やま" in neighbour.page.html
    typed = " ".join(words)
    assert "足してください" in neighbour.submit("words", button=("step", "typed"), words=typed).heading


def test_the_words_can_be_skipped_on_purpose(neighbour: Visitor) -> None:
    sends(neighbour)
    assert "足してください" in goes_on(neighbour).heading


def test_the_qr_and_the_words_stand_in_the_page_and_in_no_address(neighbour: Visitor) -> None:
    words = sends(neighbour)
    assert neighbour.page is not None
    (code,) = neighbour.page.root.all("svg")
    assert code.inside("div") and code.all("path")
    for address in neighbour.page.links():
        assert not any(word in address for word in words)


def test_afterwards_paragraphs_are_sorted_marked_and_questions_answered(
    neighbour: Visitor, inside: Inside
) -> None:
    sends(neighbour, f"{LINE}\n\nエレベーターで「たすけて」と、わたしに言った", clue="3階の角")
    page = goes_on(neighbour)
    assert LINE in page.text and "3階の角" in page.text
    page = neighbour.submit(
        "child_age",
        text="昨日は静かでした",
        child_age="5歳くらい",
        child_name_unknown="y",
        how_often="daily",
        family_knows="unknown",
        **{"kind-0": "heard", "kind-1": "said", "who-1": "子ども", "telling-1": "1", "telling-clue": "1"},
    )
    assert "書き足しました" in page.text and page.heading == "いまの ようす"
    (report,) = inside.reports()
    marks, added = inside.added(report.id)
    assert is_marking(marks) and not is_marking(added)
    joined = marked(inside.told()[0], [marks, added])
    assert [(one.kind, one.who, one.telling) for one in joined.paragraphs] == [
        ("heard", "", False),
        ("said", "子ども", True),
    ]
    assert joined.clue_telling
    assert added.text() == "昨日は静かでした"
    assert added.answers == {
        "child_name": "unknown",
        "child_age": "5歳くらい",
        "how_often": "daily",
        "family_knows": "unknown",
    }


def test_nothing_added_is_nothing_stored(neighbour: Visitor, inside: Inside) -> None:
    sends(neighbour)
    goes_on(neighbour)
    assert neighbour.submit("child_age").heading == "いまの ようす"
    assert inside.added(inside.reports()[0].id) == []


def test_too_long_an_addition_keeps_marks_and_answers(neighbour: Visitor) -> None:
    sends(neighbour)
    goes_on(neighbour)
    page = neighbour.submit(
        "child_age", status=422, text="あ" * 5_001, child_age="3歳", **{"kind-0": "heard", "telling-0": "1"}
    )
    assert "5000文字まで" in page.text and "3歳" in page.html
    assert page.root.all("input", name_="telling-0")[0].attributes.get("checked") == ""
    assert any(
        "selected" in o.attributes and o.attributes["value"] == "heard" for o in page.root.all("option")
    )


def test_coming_back_twice_reading_answering_adding(
    intake_app: Flask, neighbour: Visitor, inside: Inside, desk: Desk
) -> None:
    words = " ".join(sends(neighbour))
    (report,) = inside.reports()
    first = comes_back(intake_app, words)
    assert first.page is not None
    assert "まだありません" in first.page.text and "読むのは、" in first.page.text
    desk_reads(intake_app, report.id)
    desk_answers(intake_app, report.id, "声がするのは、何時ごろですか。", desk.key)
    again = comes_back(intake_app, words)
    assert again.page is not None
    assert "声がするのは、何時ごろですか。" in again.page.text
    (now,) = again.page.root.all("li", aria_current="step")
    assert "職員が読みました" in now.text()
    assert "お知らせできないことがあります" in again.page.text
    page = again.submit("質問への答え", text="夜の11時ごろです。")
    assert "届きました" in page.text
    assert [one.text() for one in inside.added(report.id)] == ["夜の11時ごろです。"]
    assert LINE not in page.html, "the public door cannot read what it took"


@pytest.mark.parametrize(
    ("days", "step"),
    [(0, "職員が読みました"), (8, "市の手順で確かめています"), (200, "やりとりを終えました")],
)
def test_the_status_follows_reading_and_time_alone(
    intake_app: Flask, neighbour: Visitor, inside: Inside, days: int, step: str
) -> None:
    words = " ".join(sends(neighbour))
    desk_reads(intake_app, inside.reports()[0].id)
    with clock.turned_to(clock.now() + timedelta(days=days, minutes=1)):
        page = comes_back(intake_app, words).page
    assert page is not None
    (now,) = page.root.all("li", aria_current="step")
    assert step in now.text()


def test_words_are_read_with_slips_in_any_kana_and_any_spaces(intake_app: Flask, neighbour: Visitor) -> None:
    words = sends(neighbour)
    katakana = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in "、".join(words))
    slip = [words[0] + words[0][-1], *words[1:]]
    for typed in ("\n".join(words), katakana, "　".join(slip)):
        page = comes_back(intake_app, typed).page
        assert page is not None
        assert page.heading == "いまの ようす", typed


def test_lost_words_find_a_way_on(neighbour: Visitor) -> None:
    page = neighbour.get("/back")
    assert "合言葉をなくしたとき" in page.text and "送ったものは届いていて" in page.text
    neighbour.click("新しく書く")
    assert neighbour.submit("text", text="前にも送りました。").heading == "届きました"


def test_half_the_words_and_strange_words_say_what_to_do(intake_app: Flask, neighbour: Visitor) -> None:
    words = sends(neighbour)
    neighbour.get("/back")
    for typed in ("", " ".join(words[:4]), "abc 123", "あ" * 3_000):
        page = neighbour.submit("words", status=422, words=typed)
        assert "9つのことば" in page.text and typed in page.html


def test_guessing_is_slowed_but_the_owner_at_the_same_address_comes_in(
    intake_app: Flask, neighbour: Visitor
) -> None:
    from forum.language import spoken

    mine = " ".join(sends(neighbour))
    start = clock.now()
    with clock.turned_to(start):
        neighbour.get("/back")
        for number in range(6):
            guess = " ".join(spoken.spell(bytes([number] * 8)))
            page = neighbour.submit("words", status=422, words=guess)
        assert "秒 待ってから" in page.text
        assert "秒 待ってから" in neighbour.submit("words", status=422, words=mine).text
        assert mine in neighbour.page.html  # type: ignore[union-attr]
        misspelt = "さくら " * 9
        assert "秒 待ってから" not in neighbour.submit("words", status=422, words=misspelt).text
    with clock.turned_to(start + timedelta(seconds=9)):
        assert neighbour.submit("words", words=mine).heading == "いまの ようす"


def test_a_page_that_lay_open_asks_the_words_again_and_keeps_what_was_typed(
    intake_app: Flask, neighbour: Visitor, inside: Inside
) -> None:
    words = " ".join(sends(neighbour))
    returned = comes_back(intake_app, words)
    with clock.turned_to(clock.now() + timedelta(hours=3)):
        page = returned.submit("質問への答え", status=422, text="夜の11時ごろです。")
        assert "もう一度、合言葉を" in page.text and "夜の11時ごろです。" in page.html
        page = returned.submit("words", words=words)
        assert "夜の11時ごろです。" in page.html
        returned.submit("質問への答え")
    assert [one.text() for one in inside.added(inside.reports()[0].id)] == ["夜の11時ごろです。"]


def test_a_visit_cannot_be_made_up(neighbour: Visitor) -> None:
    sends(neighbour)
    goes_on(neighbour)
    for forged in ("", "x", "AAAA", "あ"):
        assert (
            "もう一度、合言葉を" in neighbour.post("/write", {"visit": forged, "text": "a"}, status=422).text
        )
