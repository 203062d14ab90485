"""What comes into the queue, who is at it, and what reading it costs."""

from __future__ import annotations

from flask import Flask

from forum import clock
from forum.board import moderating
from forum.board.types import Found, Visibility
from forum.db import db, writing
from forum.moderation import queries, service
from forum.moderation.types import Why
from forum.safety.danger import delivered_book
from tests.board.factory import Parent
from tests.conftest import work
from tests.moderation.shift import opens, reader, waiting, written


def reasons(app: Flask) -> list[tuple[str, ...]]:
    """Why each text waits, in the suggested order."""
    return [tuple(str(why) for why in item.why) for item in queries.items()]


def test_a_held_text_comes_into_the_queue_once_however_often_the_event_is_told(app: Flask) -> None:
    with app.app_context():
        thread = Parent("a").asks(visibility=Visibility.HELD, found=Found(3, ("wish-to-die",)))
        db.session.remove()
    work(app)
    with app.app_context():
        service.look([thread.id, thread.id, "0000000000"])
        service.look([thread.id])
        (item,) = queries.items()
        assert (item.level, item.why, item.thread_id, item.post_id) == (
            3,
            (Why.HELD, Why.SIGN),
            thread.id,
            None,
        )
        assert moderating.waits(thread.id)
        db.session.remove()


def test_an_ordinary_worry_waits_for_nobody(app: Flask) -> None:
    with app.app_context():
        thread = Parent("a").asks()
        Parent("b").replies(thread)
        db.session.remove()
    work(app)
    with app.app_context():
        assert queries.items() == ()
        assert not moderating.waits(thread.id)
        db.session.remove()


def test_the_most_pressing_stands_first_and_then_the_oldest(minato: Flask) -> None:
    with minato.app_context():
        parent = Parent("a")
        parent.asks("渡し船の会のことを、だれか知りませんか。")
        parent.asks("はじめて書きます。", found=Found(first=True))
        old = parent.asks("もう限界です。", found=Found(2, ("limit",)))
        parent.replies(old, "はちみつを食べさせています。", found=Found(cards=("honey",)))
        parent.asks("消えたいです。", found=Found(3, ("vanish",)), visibility=Visibility.HELD)
        db.session.remove()
    work(minato)
    with minato.app_context():
        assert reasons(minato)[:2] == [("held", "sign"), ("sign",)]
        assert sorted(reasons(minato)[2:]) == [("card",), ("first",), ("watched",)]
        db.session.remove()


def test_what_was_rewritten_after_a_sign_still_waits_and_what_was_withdrawn_does_not(app: Flask) -> None:
    parent = Parent("a")
    with app.app_context():
        thread = parent.asks("もう限界です。", found=Found(2, ("limit",)))
        other = parent.asks("もう無理です。", found=Found(2, ("limit",)))
        service.look([thread.id, other.id])
        with writing():
            from forum.board import service as board

            board.edit_thread(
                thread.id, parent.tag(thread.id), title="", body="なんでもありません。", at=clock.now()
            )
        with writing():
            moderating.remove_for_good(other.id, None)
        service.look([thread.id, other.id])
        assert [item.thread_id for item in queries.items()] == [thread.id]
        db.session.remove()


def test_the_reader_sees_the_words_that_a_rule_fired_on_with_its_reason(minato: Flask) -> None:
    rule = next(rule for rule in delivered_book().rules if rule.level == 3)
    text = f"{rule.positive[0]}\n渡し船の会にも行けません。"
    written(minato, text, visibility=Visibility.HELD, found=Found(3, ("wish",)))
    (item,) = waiting(minato)
    with minato.app_context():
        matches = queries.opened(item).matches
        db.session.remove()
    for match in matches:
        assert match.explanation and (match.start < 0 or text[match.start : match.end] == match.words)
    assert rule.id in {match.rule for match in matches} and matches[-1].words == "渡し船の会"
    assert "架空の、うわさになっている集まり" in opens(reader(minato), item).text
