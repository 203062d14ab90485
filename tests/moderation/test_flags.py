"""「心配です」 and 「困った投稿です」: anybody may tell, nobody learns who, nobody hides a text alone."""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.board import queries as board
from forum.board.types import Thread, Visibility
from forum.clock import TOKYO
from forum.db import db
from forum.moderation import queries
from forum.moderation.models import FlagRow
from forum.moderation.types import Action, Why
from tests.board.factory import Parent
from tests.pages import BASE, OURS, Visitor, form_fields

NIGHT = datetime(2026, 11, 24, 23, 0, tzinfo=TOKYO)
DAY = datetime(2026, 11, 24, 11, 0, tzinfo=TOKYO)


def tells(
    app: Flask, path: str, reason: str = "hurts", address: str = "10.0.0.1", person: Visitor | None = None
) -> Visitor:
    """Somebody opens the small page and presses the button, from that network."""
    person = person or Visitor(app)
    person.get(path)
    assert person.page is not None
    fields = {**form_fields(person.page.form("reason")), "tone": "trouble", "reason": "hurts"}
    answer = person.client.post(
        path, base_url=BASE, data=fields, headers=OURS, environ_overrides={"REMOTE_ADDR": address}
    )
    assert answer.status_code == 303, answer.get_data(as_text=True)[:500]
    return person


def asked(app: Flask) -> Thread:
    with app.app_context():
        thread = Parent("a").asks()
        db.session.remove()
    return thread


def shown(app: Flask, thread: Thread) -> Visibility:
    from forum.board import moderating

    with app.app_context():
        found = moderating.subject(thread.id, None).visibility
        db.session.remove()
    return found


def test_a_worry_about_a_reply_reaches_the_queue_without_a_name(app: Flask) -> None:
    with app.app_context():
        thread = Parent("a").asks()
        post = Parent("b").replies(thread)
        db.session.remove()
    person = Visitor(app)
    page = person.get(f"/threads/{thread.id}/posts/{post.id}/flag")
    for words in (
        "心配です",
        "困った投稿です",
        "個人が特定される",
        "医療的に危険",
        "傷つく",
        "子どもが心配",
        "広告",
    ):
        assert words in page.text
    seen = person.submit("reason", tone="worry", reason="child")
    assert "受けとりました" in seen.heading
    with app.app_context():
        (item,) = queries.items()
        assert (item.post_id, item.why, item.level, item.flags) == (post.id, (Why.FLAG,), 2, 1)
        row = db.session.scalars(select(FlagRow)).one()
        secret = person.cookies()["hand"]
        assert secret not in row.tag and len(row.tag) == 64
        db.session.remove()


def test_the_same_person_telling_twice_is_one_telling(app: Flask) -> None:
    thread = asked(app)
    person = tells(app, f"/threads/{thread.id}/flag")
    tells(app, f"/threads/{thread.id}/flag", person=person)
    with app.app_context():
        assert [item.flags for item in queries.items()] == [1]
        db.session.remove()


def test_a_telling_without_a_reason_is_asked_again(app: Flask, parent: Visitor) -> None:
    thread = asked(app)
    parent.get(f"/threads/{thread.id}/flag")
    assert "ひとつ選んでください" in parent.submit("tone", status=422).text


def test_at_night_different_people_hide_a_text_until_a_person_reads(minato: Flask) -> None:
    thread = asked(minato)
    with clock.turned_to(NIGHT):
        tells(minato, f"/threads/{thread.id}/flag", address="10.0.0.1")
        assert shown(minato, thread) is Visibility.PUBLIC
        tells(minato, f"/threads/{thread.id}/flag", address="10.0.0.2")
        assert shown(minato, thread) is Visibility.HELD
    with minato.app_context():
        (letter,) = queries.writer_letters(thread.id)
        assert letter.decision.action is Action.AUTO_HIDE and letter.may_appeal
        assert board.newest(10) == ()
        db.session.remove()


def test_one_person_with_many_browsers_hides_nothing(minato: Flask) -> None:
    thread = asked(minato)
    with clock.turned_to(NIGHT):
        for _ in range(5):
            tells(minato, f"/threads/{thread.id}/flag", address="10.0.0.9")
    assert shown(minato, thread) is Visibility.PUBLIC


def test_by_day_people_read_instead(minato: Flask) -> None:
    thread = asked(minato)
    with clock.turned_to(DAY):
        for number in range(4):
            tells(minato, f"/threads/{thread.id}/flag", address=f"10.0.0.{number}")
    assert shown(minato, thread) is Visibility.PUBLIC


def test_nothing_is_told_about_a_text_that_nobody_sees(app: Flask, parent: Visitor) -> None:
    with app.app_context():
        held = Parent("a").asks(visibility=Visibility.HELD)
        db.session.remove()
    parent.get(f"/threads/{held.id}/flag", status=404)
    parent.get("/threads/0000000000/flag", status=404)


def test_the_writer_of_a_held_text_reads_it_and_learns_when_somebody_will(minato: Flask) -> None:
    from forum.visitors.types import Hand

    hand, person = Hand(bytes(range(10))), Visitor(minato)
    with minato.app_context():
        from forum.ids import new_public_id

        public_id = new_public_id()
        thread = Parent("x").asks(
            "消えたいです。", public_id=public_id, author_tag=hand.tag(public_id), visibility=Visibility.HELD
        )
        db.session.remove()
    person.client.set_cookie("hand", hand.secret.hex(), domain="localhost", secure=True)
    with clock.turned_to(datetime(2026, 11, 21, 20, 0, tzinfo=TOKYO)):  # Saturday night before a holiday
        page = person.get(f"/threads/{thread.id}/held")
    assert "次に人が読むのは、火曜 9時ごろです。" in page.text
    assert "消えたいです。" in page.text and page.root.all("a")
    with clock.turned_to(DAY):
        assert "いまは、人が読んでいる時間です" in person.get(f"/threads/{thread.id}/held").text
    assert "書いた人だけ" in Visitor(minato).get(f"/threads/{thread.id}/held", status=403).heading
