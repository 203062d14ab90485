"""Parents write, rewrite and take back; nobody else can."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from forum.board import queries, service
from forum.board.models import PostRow, ReactionRow, ThreadRow
from forum.board.types import Kind, NewThread, Thread, Visibility
from forum.db import db, writing
from forum.errors import NotFound
from forum.ids import new_public_id
from forum.outbox.models import OutboxRow
from tests.board.factory import Parent
from tests.board.test_rules import refusal

pytestmark = pytest.mark.usefixtures("board")
LATER = datetime(2026, 12, 1, 3, tzinfo=UTC)


@pytest.fixture
def asker() -> Parent:
    return Parent("asker")


@pytest.fixture
def other() -> Parent:
    return Parent("other")


@pytest.fixture
def thread(board: Flask, asker: Parent) -> Thread:
    return asker.asks()


def events() -> list[tuple[str, str]]:
    return [(row.name, row.subject) for row in db.session.scalars(select(OutboxRow).order_by(OutboxRow.id))]


def test_a_worry_without_a_title_gets_its_first_sentence(asker: Parent) -> None:
    thread = asker.asks("夜泣きが続いています。どうしたらいいでしょう。")
    assert thread.title == "夜泣きが続いています"
    assert events() == [("ThreadOpened", thread.id)]


def test_the_same_form_sent_twice_posts_once(asker: Parent) -> None:
    first = asker.asks(once="double-tap")
    again = asker.asks(once="double-tap")
    assert again.id == first.id
    assert db.session.scalar(select(func.count()).select_from(ThreadRow)) == 1
    assert len(events()) == 1


def test_the_same_reply_form_sent_twice_replies_once(thread: Thread, other: Parent) -> None:
    first = other.replies(thread, once="double-tap")
    again = other.replies(thread, once="double-tap")
    assert again == first
    assert queries.get_thread(thread.id).reply_count == 1


def test_the_key_of_a_form_is_not_in_the_database(asker: Parent) -> None:
    asker.asks(once="secret-of-the-form")
    assert db.session.scalar(select(ThreadRow.once)) not in (None, "secret-of-the-form")


def test_names_are_the_same_inside_a_thread_and_say_who_asked(
    thread: Thread, asker: Parent, other: Parent
) -> None:
    first, second = other.replies(thread), other.replies(thread, "もうひとつ思い出しました。")
    thanks = asker.replies(thread, "ありがとうございます。", kind=Kind.EMPATHY)
    assert first.handle == second.handle != thanks.handle == thread.handle
    assert [p.by_asker for p in (first, second, thanks)] == [False, False, True]
    assert [p.number for p in (first, second, thanks)] == [1, 2, 3]


def test_the_askers_own_words_do_not_count_as_an_answer(thread: Thread, asker: Parent) -> None:
    asker.replies(thread, "追記です。")
    seen = queries.get_thread(thread.id)
    assert (seen.reply_count, seen.answer_count) == (1, 0)


def test_a_held_reply_is_kept_but_neither_shown_nor_counted(thread: Thread, other: Parent) -> None:
    post = other.replies(thread, visibility=Visibility.HELD)
    assert queries.thread_page(thread.id).posts == ()
    assert queries.get_thread(thread.id).reply_count == 0
    with pytest.raises(NotFound):
        queries.get_post(post.id)


def test_nobody_replies_to_a_thread_that_was_withdrawn_meanwhile(
    thread: Thread, asker: Parent, other: Parent
) -> None:
    with writing():
        service.withdraw_thread(thread.id, asker.tag(thread.id))
    with refusal("thread_gone"):
        other.replies(thread)


def test_only_the_asker_rewrites_the_worry(thread: Thread, asker: Parent, other: Parent) -> None:
    with refusal("not_yours"), writing():
        service.edit_thread(thread.id, other.tag(thread.id), title="", body="ちがう話です。", at=LATER)
    with writing():
        service.edit_thread(
            thread.id, asker.tag(thread.id), title="", body="寝てくれません。毎晩です。", at=LATER
        )
    seen = queries.get_thread(thread.id)
    assert (seen.title, seen.body, seen.edited_at) == ("寝てくれません", "寝てくれません。毎晩です。", LATER)
    assert events()[-1] == ("ThreadEdited", thread.id)


def test_only_its_writer_rewrites_a_reply(thread: Thread, asker: Parent, other: Parent) -> None:
    post = other.replies(thread)
    with refusal("not_yours"), writing():
        service.edit_post(post.id, asker.tag(thread.id), body="ちがう話です。", at=LATER)
    with writing():
        service.edit_post(post.id, other.tag(thread.id), body="うちは1歳で落ち着きました。", at=LATER)
    assert queries.get_post(post.id).body == "うちは1歳で落ち着きました。"


def test_what_the_city_prepared_belongs_to_no_hand(asker: Parent) -> None:
    seed = asker.asks(author_tag=None, origin="city")
    assert seed.handle is None
    with refusal("not_yours"), writing():
        service.withdraw_thread(seed.id, asker.tag(seed.id))


def test_withdrawing_a_worry_leaves_none_of_its_words(thread: Thread, asker: Parent, other: Parent) -> None:
    reply = other.replies(thread)
    asker.replies(thread, "追記、夜泣きは続いています。")
    with writing():
        assert service.keep_terms(thread.id, queries.get_thread(thread.id).revision, '{"body": ["夜泣き"]}')
    with writing():
        service.withdraw_thread(thread.id, asker.tag(thread.id))
    page = queries.thread_page(thread.id)
    assert page.thread.withdrawn and (page.thread.title, page.thread.body, page.posts) == ("", "", ())
    stored = [
        str(row) for table in ("thread", "post") for row in db.session.execute(text(f"SELECT * FROM {table}"))
    ]
    assert len(stored) == 3
    assert not [row for row in stored if "夜泣き" in row]
    assert [row for row in stored if reply.body in row], "a reply is its writer's to withdraw"
    assert events()[-1] == ("ThreadWithdrawn", thread.id)


def test_withdrawing_a_reply_leaves_its_place_and_none_of_its_words(thread: Thread, other: Parent) -> None:
    post = other.replies(thread)
    with writing():
        service.withdraw_post(post.id, other.tag(thread.id))
    left = queries.thread_page(thread.id).posts[0]
    assert (left.withdrawn, left.body, left.number) == (True, "", 1)
    seen = queries.get_thread(thread.id)
    assert (seen.reply_count, seen.answer_count) == (0, 0)
    with refusal("text_gone"), writing():
        service.withdraw_post(post.id, other.tag(thread.id))


def test_a_reply_can_be_taken_back_after_its_thread_is_gone(
    thread: Thread, asker: Parent, other: Parent
) -> None:
    post = other.replies(thread)
    with writing():
        service.withdraw_thread(thread.id, asker.tag(thread.id))
    with writing():
        service.withdraw_post(post.id, other.tag(thread.id))
    assert db.session.scalar(select(PostRow.body)) == ""


def test_me_too_counts_each_hand_once_and_never_the_askers(
    thread: Thread, asker: Parent, other: Parent
) -> None:
    for _ in range(2):
        with writing():
            service.me_too(thread.id, other.tag(thread.id), other.mark("me_too", thread.id))
    third = Parent("third")
    with writing():
        service.me_too(thread.id, third.tag(thread.id), third.mark("me_too", thread.id))
    with refusal("own_text"), writing():
        service.me_too(thread.id, asker.tag(thread.id), asker.mark("me_too", thread.id))
    assert queries.get_thread(thread.id).me_too_count == 2
    assert db.session.scalar(select(func.count()).select_from(ReactionRow)) == 2


def test_helped_counts_each_hand_once_and_never_the_writers(
    thread: Thread, asker: Parent, other: Parent
) -> None:
    post = other.replies(thread)
    for _ in range(2):
        with writing():
            service.helped(post.id, asker.tag(thread.id), asker.mark("helped", post.id))
    with refusal("own_text"), writing():
        service.helped(post.id, other.tag(thread.id), other.mark("helped", post.id))
    assert queries.get_post(post.id).helped_count == 1


def test_only_the_asker_says_that_it_is_solved_and_may_take_it_back(
    thread: Thread, asker: Parent, other: Parent
) -> None:
    with refusal("not_yours"), writing():
        service.solve(thread.id, other.tag(thread.id), at=LATER)
    with writing():
        assert service.solve(thread.id, asker.tag(thread.id), at=LATER).solved
    with writing():
        assert not service.solve(thread.id, asker.tag(thread.id), at=LATER, solved=False).solved


def test_tokens_of_an_older_text_are_not_kept(thread: Thread, asker: Parent) -> None:
    before = thread.revision
    with writing():
        service.edit_thread(thread.id, asker.tag(thread.id), title="", body="寝てくれません。", at=LATER)
    with writing():
        assert not service.keep_terms(thread.id, before, '{"body": ["夜泣き"]}')
    assert db.session.scalar(select(ThreadRow.terms)) is None


def test_when_the_transaction_fails_neither_thread_nor_event_is_there(asker: Parent) -> None:
    public_id = new_public_id()
    with pytest.raises(ZeroDivisionError), writing():
        service.open_thread(
            NewThread(
                public_id=public_id, author_tag=asker.tag(public_id), once="x", body="夜泣きがつらいです。"
            )
        )
        raise ZeroDivisionError
    assert events() == []
    with pytest.raises(NotFound):
        queries.get_thread(public_id)


@pytest.mark.parametrize("wrong", ["0000000000", "x\0y", "かもめ", "a-b", "a" * 500])
def test_an_unknown_id_is_simply_not_found(wrong: str) -> None:
    with pytest.raises(NotFound):
        queries.thread_page(wrong)
    with pytest.raises(NotFound), writing():
        service.me_too(wrong, "a", "b")
    with pytest.raises(NotFound), writing():
        service.withdraw_post(wrong, "a")
