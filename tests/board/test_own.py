"""「わたしの相談」: found by trying one's own secret, and by nobody else's."""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import insert

from forum import clock
from forum.board import own, service
from forum.board.models import ThreadRow, VoiceRow
from forum.board.types import Visibility
from forum.db import db, writing
from forum.ids import new_public_id
from forum.visitors.types import Hand
from tests.board.factory import Parent
from tests.board.test_rules import refusal

pytestmark = pytest.mark.usefixtures("board")
NOON = datetime(2026, 11, 20, 3, tzinfo=UTC)


def test_a_parent_sees_what_was_answered_since_the_own_last_word() -> None:
    asker, other = Parent("a"), Parent("b")
    thread = asker.asks()
    Parent("c").asks()
    other.replies(thread, "まえの返事")
    asker.replies(thread, "ありがとう")
    other.replies(thread, "あとの返事")
    other.replies(thread, "見えない返事", visibility=Visibility.HELD)
    (mine,) = own.own_threads(asker.tag)
    assert (mine.thread.id, mine.opened) == (thread.id, True)
    assert [p.body for p in mine.posts] == ["ありがとう"]
    assert [p.body for p in mine.news] == ["あとの返事"]
    (theirs,) = own.own_threads(other.tag)
    assert not theirs.opened and theirs.news == ()
    assert own.own_threads(Parent("stranger").tag) == ()


def test_the_own_held_text_is_shown_to_its_writer_alone() -> None:
    asker = Parent("a")
    thread = asker.asks(visibility=Visibility.HELD)
    assert [o.thread.body for o in own.own_threads(asker.tag)] == [thread.body]
    assert own.own_thread(thread.id, asker.tag(thread.id)).body == thread.body
    with refusal("not_yours"):
        own.own_thread(thread.id, Parent("b").tag(thread.id))


def test_a_reply_is_opened_for_rewriting_by_its_writer_until_it_is_withdrawn() -> None:
    asker, other = Parent("a"), Parent("b")
    thread = asker.asks()
    post = other.replies(thread)
    assert own.own_post(post.id, other.tag) == post
    with refusal("not_yours"):
        own.own_post(post.id, asker.tag)
    with writing():
        service.withdraw_post(post.id, other.tag(thread.id))
    with refusal("text_gone"):
        own.own_post(post.id, other.tag)


def test_the_most_recent_stands_first_and_what_rested_for_long_is_left_out() -> None:
    asker = Parent("a")
    with clock.turned_to(NOON):
        old = asker.asks(created_at=NOON - timedelta(days=500))
        first = asker.asks(created_at=NOON - timedelta(days=3))
        second = asker.asks(created_at=NOON - timedelta(days=2))
        Parent("b").replies(first, created_at=NOON)
        assert [o.thread.id for o in own.own_threads(asker.tag)] == [first.id, second.id]
        Parent("b").replies(old, created_at=NOON)
        assert old.id in [o.thread.id for o in own.own_threads(asker.tag)]


def test_ten_thousand_threads_are_tried_while_nobody_waits(board: Flask) -> None:
    hand = Hand(bytes(10))
    public_id = new_public_id()
    thread = Parent("a").asks(public_id=public_id, author_tag=hand.tag(public_id))
    with writing():
        ids = [f"t{number:09d}" for number in range(10_000)]
        common = {"title": "題", "body": "文", "origin": "parent", "visibility": "public", "sensitive": False}
        at = {"created_at": clock.now(), "listed_at": clock.now(), "last_activity_at": clock.now()}
        db.session.execute(insert(ThreadRow), [{"public_id": i, **common, **at} for i in ids])
        first = db.session.query(ThreadRow.id).filter_by(public_id=ids[0]).scalar()
        voices = [
            {
                "thread_id": first + n,
                "author_tag": hashlib.sha256(f"{n}:{v}".encode()).hexdigest(),
                "handle": f"{v}",
                "asker": v == 0,
            }
            for n in range(10_000)
            for v in range(3)
        ]
        db.session.execute(insert(VoiceRow), voices)
    own.own_threads(hand.tag)
    started = time.process_time()
    found = own.own_threads(hand.tag)
    seconds = time.process_time() - started
    assert [o.thread.id for o in found] == [thread.id]
    print(f"own_threads over 10,000 threads: {seconds * 1000:.0f} ms")
    assert seconds < 1.0, "ten times the usual; measured for real in the benchmarks"
