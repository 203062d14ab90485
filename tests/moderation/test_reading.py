"""Held is never silent: who reads when, what the writer is told, and what happens when nobody looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from config import Mode
from forum import clock
from forum.board.types import Found, Visibility
from forum.city.current import current
from forum.city.types import Reader
from forum.clock import TOKYO
from forum.doors.hours import Schedule
from forum.mail.smtp import MailSettings
from forum.moderation import alarms
from forum.moderation.reading import Reading, install, reading
from forum.moderation.words import moment_words
from tests.conftest import make_settings
from tests.moderation.shift import opens, reader, waiting, written
from tests.pages import SENSITIVE, Visitor
from tests.safeguarding.watch.scene import MailRoom

URGENT = {"visibility": Visibility.HELD, "found": Found(3, ("wish",))}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in Japan; the 23rd is a holiday, a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


@pytest.fixture
def post(minato: Flask) -> Iterator[MailRoom]:
    """The city's mail server."""
    room = MailRoom()
    room.open()
    given = MailSettings("127.0.0.1", room.port, "wa@minato.example", "", "", "none")
    minato.extensions["moderation_mail"] = given
    yield room
    minato.extensions["moderation_mail"] = None
    room.close()


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (at(20, 20), "あす 9時ごろ"),  # Friday evening: somebody is there on Saturday
        (at(21, 13), "火曜 9時ごろ"),  # Saturday noon: Monday is a holiday
        (at(24, 2), "きょう 9時ごろ"),
    ],
)
def test_the_next_reading_is_told_for_now(minato: Flask, now: datetime, words: str) -> None:
    with minato.app_context():
        found = reading().next_reading(now)
    assert found is not None and moment_words(found, now) == words


def test_reading_hours_without_anybody_are_no_reading_hours(minato: Flask) -> None:
    """The city reads on Saturday until six; the roster has somebody until noon."""
    with minato.app_context():
        who = reading()
    assert who.on_duty(at(21, 10)) and not who.on_duty(at(21, 13)) and who.unread_hours(at(21, 13))
    nobody = Reading(
        replace(who.care, readers=(Reader("夏の当番", Schedule.parse("Aug 1 09:00-10:00"), ""),))
    )
    assert nobody.next_reading(at(24, 9)) is None and nobody.unread_hours(at(24, 3))


def test_a_city_that_has_not_confirmed_takes_no_texts_in_production(tmp_path: Path, app: Flask) -> None:
    with app.app_context():
        care = current().moderation
    assert not care.confirmed, "大津市 has decided nothing yet"
    for mode, confirmed, there in (
        (Mode.PRODUCTION, False, False),
        (Mode.PRODUCTION, True, True),
        (Mode.DEMO, False, True),
    ):
        door = Flask("door")
        install(door, make_settings(tmp_path, mode=mode), replace(care, confirmed=confirmed))
        assert ("moderation" in door.extensions) == there


def test_the_promise_of_the_wall_is_there_in_words(app: Flask) -> None:
    promise = "".join(app.extensions["moderation"].promise)
    for words in (
        "家庭を調べるために使いません",
        "二人",
        "命",
        "子どもの安全",
        "文と日だけ",
        "あなたに知らせます",
    ):
        assert words in promise


def test_something_urgent_is_told_at_once_and_each_hour_until_opened(minato: Flask, post: MailRoom) -> None:
    start = at(24, 10)
    with clock.turned_to(start):
        written(minato, "消えたいです。", **URGENT)
    tellings = []
    for minutes in (0, 1, 59, 60, 61, 121):
        with clock.turned_to(start + timedelta(minutes=minutes)), minato.app_context():
            alarms.watch()
        tellings.append(len(post.letters))
    assert tellings == [2, 2, 2, 4, 4, 6]
    assert {to for to, _, _ in post.letters} == {"reader@minato.example", "lead@minato.example"}
    for _, _, letter in post.letters:
        assert "消え" not in letter and not [word for word in SENSITIVE if word in letter]
    with clock.turned_to(start + timedelta(minutes=122)):
        opens(reader(minato), waiting(minato)[0])
    with clock.turned_to(start + timedelta(minutes=300)), minato.app_context():
        alarms.watch()
    assert len(post.letters) == 6


def test_nobody_on_the_roster_is_an_alarm_itself(minato: Flask, post: MailRoom) -> None:
    with clock.turned_to(at(21, 13)), minato.app_context():
        alarms.watch()
        alarms.watch()
    assert sorted(to for to, _, _ in post.letters) == [
        "lead@minato.example",
        "reader@minato.example",
        "saturday@minato.example",
    ]
    with clock.turned_to(at(21, 13)):
        assert "いま、読む当番がいません" in reader(minato).get("/staff/queue").text


def test_a_mail_that_reaches_nobody_is_seen_on_the_queue(minato: Flask) -> None:
    with clock.turned_to(at(24, 10)):
        written(minato, "消えたいです。", **URGENT)
        with minato.app_context():
            alarms.watch()
        assert "だれにも届いていません" in reader(minato).get("/staff/queue").text


def test_a_limit_that_stops_somebody_reaches_the_queue_as_a_number(app: Flask) -> None:
    person = Visitor(app)
    for _ in range(21):
        person.client.post(
            "/mine/words", base_url="https://localhost", headers={"Sec-Fetch-Site": "same-origin"}, data={}
        )
    page = reader(app).get("/staff/queue")
    assert "回数の上限" in page.text and "enter：1回" in page.text
