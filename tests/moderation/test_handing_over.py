"""Two people hand a text over: text and date, nothing else; and what a writer takes back meanwhile."""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.accounts.queries import audit_lines
from forum.board import moderating
from forum.board import service as board
from forum.board.types import Found, Visibility
from forum.clock import TOKYO
from forum.db import db, writing
from forum.moderation import queries, service
from forum.moderation.models import DecisionRow, ItemRow
from forum.referrals import service as referrals
from forum.referrals.models import ReferralRow
from forum.sealing.content import REFERRAL, Content
from forum.sealing.envelope import Box
from tests.moderation.shift import HAND, decides, opens, reader, waiting, written
from tests.safeguarding.conftest import DESK

NOW = datetime(2026, 11, 24, 10, 17, 31, tzinfo=TOKYO)
HELD = {"visibility": Visibility.HELD, "found": Found(3, ("wish",), keep_inside=True)}
BODY = "消えたいです。だれにも言えません。"


def test_after_two_people_text_and_date_go_and_nothing_else(app: Flask) -> None:
    with clock.turned_to(NOW):
        thread, writer = written(app, BODY, **HELD)
        with app.app_context(), writing():
            referrals.keep_key(DESK.key.id, DESK.key.public, training=True)
        first, second = reader(app), reader(app)
        decides(first, waiting(app)[0], action="refer", reason="life")
        with app.app_context():
            assert db.session.scalar(select(ReferralRow)) is None, "one person hands nothing over"
            db.session.remove()
        page = opens(second, waiting(app)[0])
        assert "二人目として同意する" in page.text
        second.submit("/confirm")
        assert "子どもを守る担当に渡しました" in writer.get(f"/threads/{thread.id}/held").text
    with app.app_context():
        row = db.session.scalars(select(ReferralRow)).one()
        told = Content.from_bytes(DESK.ring.open(Box.from_bytes(row.box), REFERRAL))
        assert (told.text(), row.kind, row.urgent) == (f"{BODY}\n書かれた日：2026年11月24日", "staff", True)
        assert not told.answers and thread.id not in repr(told)
        decision = db.session.scalars(select(DecisionRow)).one()
        item = db.session.scalars(select(ItemRow)).one()
        midnight = datetime(2026, 11, 24, tzinfo=TOKYO)
        assert decision.at == midnight and item.closed_at == midnight and decision.second_id
        acts = [line for line in audit_lines() if line.verb.endswith("refer")]
        assert len(acts) == 2 and {line.subject for line in acts} == {"referral"}
        db.session.remove()


def test_the_first_person_is_not_the_second(app: Flask) -> None:
    written(app, BODY, **HELD)
    with app.app_context(), writing():
        referrals.keep_key(DESK.key.id, DESK.key.public, training=True)
    person = reader(app)
    decides(person, waiting(app)[0], action="refer", reason="life")
    page = opens(person, waiting(app)[0])
    assert "二人目として同意する" not in page.text
    person.submit("/decline")
    (item,) = waiting(app)
    assert item.proposed is None


def test_what_a_writer_takes_back_stays_readable_until_decided_and_then_goes(app: Flask) -> None:
    thread, _ = written(app, BODY, visibility=Visibility.HELD)
    with app.app_context():
        with writing():
            board.withdraw_thread(thread.id, HAND.tag(thread.id))
        service.look([thread.id])
        assert moderating.subject(thread.id, None).kept
        db.session.remove()
    person = reader(app)
    page = opens(person, waiting(app)[0])
    assert "だれにも言えません" in page.html and "書いた人は取り下げました" in page.text
    person.submit("/decide", action="closed", reason="withdrawn")
    with app.app_context():
        subject = moderating.subject(thread.id, None)
        assert (subject.body, subject.kept, subject.visibility) == ("", False, Visibility.WITHDRAWN)
        assert queries.items() == ()
        db.session.remove()


def test_what_was_looked_at_and_withdrawn_leaves_no_words_behind(app: Flask) -> None:
    thread, _ = written(app, BODY, visibility=Visibility.HELD)
    decides(
        reader(app), waiting(app)[0], action="ask", reason="method", message="ひとこと", fixed="つらいです。"
    )
    with app.app_context():
        with writing():
            board.withdraw_thread(thread.id, HAND.tag(thread.id))
        service.look([thread.id])
        db.session.remove()
    assert waiting(app) == (), "a person has looked at it already"
    with app.app_context():
        assert not moderating.subject(thread.id, None).kept
        assert all(not letter.fixed and not letter.message for letter in queries.writer_letters(thread.id))
        db.session.remove()
