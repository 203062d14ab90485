"""A child can read every word of its door: kana, readings above kanji, short sentences, few screens."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from forum import clock
from forum.language.furigana import has_kanji, pieces
from forum.safeguarding.intake.child_words import noted, plain, read_aloud
from tests.dom import Element
from tests.pages import Page, Visitor
from tests.safeguarding.conftest import DESK
from tests.safeguarding.intake.people import desk_answers, desk_reads, words_on

LONGEST = 40  # letters of a sentence, readings not counted
HIDDEN = ("head", "script", "rt", "textarea")


def read(element: Element, *, ruby: bool) -> Iterator[str]:
    """The text a child reads; with `ruby` False without what carries its reading."""
    if element.name in HIDDEN or (element.name == "ruby" and not ruby):
        return
    for inner in element.children:
        if isinstance(inner, str):
            yield inner
        else:
            yield from read(inner, ruby=ruby)
    if element.name in ("p", "li", "h1", "h2", "label", "legend", "button", "a", "span", "summary", "div"):
        yield "\n"


def unread(page: Page) -> list[str]:
    """Words with kanji that carry no reading."""
    return [text for text in read(page.root, ruby=False) if has_kanji(text)]


def longest(page: Page) -> str:
    text = "".join(read(page.root, ruby=True))
    return max((one.strip() for one in re.split(r"[。？！\n]", text)), key=len)


def screens(app: Flask) -> Iterator[Page]:
    """Every page of the child's door, by the way a child takes."""
    child = Visitor(app)
    yield child.get("/child/")
    yield child.get("/child/ask")
    yield child.submit("danger", button=("danger", "yes"))
    yield child.submit("go", button=("go", "open"))
    yield child.submit("go", button=("go", "send"), status=200)
    child.get("/child/ask")
    child.submit("danger", button=("danger", "no"))
    yield child.submit("go", button=("go", "send"), status=422)
    yield child.submit("go", button=("go", "next"), happened="hit")
    yield child.submit("go", button=("go", "next"), text="あ" * 5001, status=422)
    yield child.submit("go", button=("go", "next"), text="こわい")
    yield child.submit("go", button=("go", "next"))
    yield child.submit("go", button=("go", "send"))
    words = "、".join(words_on(child))
    yield child.get("/child/back")
    yield child.submit("words", words="ちがう ことば", status=422)
    yield child.submit("words", words=words)
    yield child.submit("text", text="", status=422)
    yield child.submit("text", text="もっと かく")


@pytest.mark.parametrize("hour", [1, 10, 17])
def test_every_kanji_has_its_reading_and_every_sentence_is_short(intake_app: Flask, hour: int) -> None:
    with clock.turned_to(datetime(2026, 11, 23, 15, tzinfo=UTC) + timedelta(hours=hour)):
        for page in screens(intake_app):
            assert unread(page) == [], page.url
            assert len(longest(page)) <= LONGEST, f"{page.url}: {longest(page)}"
            assert page.title == "子育て案内"


def test_there_are_never_more_than_five_questions_and_each_can_be_skipped(intake_app: Flask) -> None:
    child = Visitor(intake_app)
    child.get("/child/ask")
    child.submit("danger", button=("danger", "no"))
    asked = 2  # the first, and the one that stands there now
    while child.page is not None and "つぎへ" in child.page.text:
        assert "required" not in child.page.html
        child.submit("go", button=("go", "next"))
        asked += 1
    assert asked == 5
    assert child.page is not None and "おくる" in child.page.text


def test_no_promise_of_silence_and_no_promise_that_cannot_be_kept(intake_app: Flask) -> None:
    for page in screens(intake_app):
        for never in ("ないしょに する", "ないしょにする", "ぜったい", "かならず たすけ"):
            assert never not in page.text
    start = Visitor(intake_app).get("/child/").text
    assert "やくそくは できません" in start and "のこる ことが あります" in start


def test_a_sentence_shows_readings_above_and_nothing_else_of_its_notation() -> None:
    assert str(noted("{市|し}の{人|ひと}")) == "<ruby>市<rt>し</rt></ruby>の<ruby>人<rt>ひと</rt></ruby>"
    assert plain("{学校|がっこう}の {先生|せんせい}") == "学校の 先生"
    assert str(noted("<b>{a|<i>}")) == "&lt;b&gt;<ruby>a<rt>&lt;i&gt;</rt></ruby>"
    assert str(read_aloud("<b>学校")) == "&lt;b&gt;<ruby>学校<rt>がっこう</rt></ruby>"


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("児童相談所", "じどうそうだんじょ"),
        ("あす 8時40分ごろ", "じ ぷん"),
        ("1月4日 9時5分から", "がつ よっか じ ふん"),
        ("思い出して話せる", "おも だ はな"),
        ("24時間子供SOSダイヤル", "じかん こども"),
        ("ひらがな だけ", ""),
        ("", ""),
        ("鿄", ""),
    ],
)
def test_readings_come_from_the_dictionary_and_the_text_stays_whole(text: str, readings: str) -> None:
    found = pieces(text)
    assert "".join(piece.text for piece in found) == text
    assert " ".join(piece.reading for piece in found if piece.reading) == readings


def test_every_door_of_the_city_can_be_read(intake_app: Flask) -> None:
    for door in intake_app.extensions["city"].doors:
        for piece in pieces(f"{door.name}。{door.purpose}"):
            assert piece.reading or not has_kanji(piece.text), f"{door.id}: {piece.text}"


def test_a_child_comes_back_and_reads_the_answer_with_its_readings(intake_app: Flask) -> None:
    child = Visitor(intake_app)
    child.get("/child/ask")
    child.submit("danger", button=("danger", "no"))
    child.submit("go", button=("go", "send"), happened="home")
    words = " ".join(words_on(child))
    with intake_app.app_context():
        from forum.safeguarding.vault.db import vault_db
        from forum.safeguarding.vault.models import ReportRow

        report = vault_db.session.query(ReportRow.public_id).scalar()
    desk_reads(intake_app, report)
    desk_answers(intake_app, report, "あした、保健室で会えますか？", DESK.key)
    later = Visitor(intake_app)
    later.get("/child/back")
    page = later.submit("words", words=words)
    assert "<ruby>保健<rt>ほけん</rt></ruby>" in page.html and "よみました" in page.text.replace("読", "")
    assert "とどきました" in later.submit("text", text="うん").text


def test_guessing_is_slowed_for_seconds_and_never_locks_a_child_out(intake_app: Flask) -> None:
    from forum.language.spoken import spell

    child = Visitor(intake_app)
    child.get("/child/back")
    for number in range(7):
        page = child.submit("words", words=" ".join(spell(bytes([number] * 8))), status=422)
    assert "すこし まって" in page.text
    with clock.turned_to(clock.now() + timedelta(seconds=10)):
        assert "みつかりませんでした" in child.submit("words", status=422).text
