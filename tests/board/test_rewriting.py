"""What was read in a text follows it: into the row, through rewriting, and out with the text."""

from datetime import timedelta

import pytest
from flask import Flask

from forum.board import moderating, queries, service
from forum.board.types import Found, Kind, NewReply, NewThread, Origin, Visibility
from forum.clock import now
from forum.db import db, writing
from forum.errors import NotFound, Refused
from tests.board.factory import Parent

CRY = Found(level=3, rules=("self_harm:wish",))
QUIET = Found(level=2, rules=("self_harm:past",))
RAISED = Found(level=2, rules=("admits_harm:hit",))


@pytest.fixture
def parent(board: Flask) -> Parent:
    return Parent("hana")


def found_now(thread_id: str, post_id: str | None = None) -> Found:
    return moderating.subject(thread_id, post_id).found


def seen_in_lists(thread_id: str) -> bool:
    return thread_id in [line.id for line in queries.newest(50)]


def test_it_is_renewed_when_the_text_is_rewritten(parent: Parent) -> None:
    thread = parent.asks(found=RAISED)
    with writing():
        service.edit_thread(thread.id, parent.tag(thread.id), title="", body="夜泣きのこと。", at=now())
    assert found_now(thread.id) == Found()


def test_a_public_text_that_becomes_a_cry_waits(parent: Parent) -> None:
    thread = parent.asks()
    post = Parent("ume").replies(thread)
    with writing():
        service.edit_post(
            post.id, Parent("ume").tag(thread.id), body="もうだめです。", at=now(), found=CRY, hold=True
        )
    assert queries.thread_page(thread.id).posts == () and queries.get_thread(thread.id).reply_count == 0
    with writing():
        service.edit_thread(
            thread.id, parent.tag(thread.id), title="", body="もうだめ。", at=now(), found=CRY, hold=True
        )
    with pytest.raises(NotFound):
        queries.get_thread(thread.id)


def test_what_waited_for_its_words_alone_goes_out_without_them(parent: Parent) -> None:
    thread = parent.asks(found=CRY, visibility=Visibility.HELD)
    with writing():
        service.edit_thread(thread.id, parent.tag(thread.id), title="", body="少し休みたいです。", at=now())
    assert queries.get_thread(thread.id).body == "少し休みたいです。"


@pytest.mark.parametrize("rule", ["child_speaking:age", "suspected_abuse:cries"])
def test_what_a_person_must_read_first_waits_whatever_comes_after(parent: Parent, rule: str) -> None:
    thread = parent.asks(found=Found(level=3, rules=(rule,)), visibility=Visibility.HELD)
    with writing():
        after = service.edit_thread(
            thread.id, parent.tag(thread.id), title="", body="何でもありません。", at=now()
        )
    assert after.visibility is Visibility.HELD


def test_what_staff_hid_stays_hidden(parent: Parent) -> None:
    thread = parent.asks(found=CRY)
    with writing():
        moderating.hide(thread.id, None)
        after = service.edit_thread(
            thread.id, parent.tag(thread.id), title="", body="ゆずります。", at=now(), hold=True
        )
    assert after.visibility is Visibility.HIDDEN


def test_a_quiet_cry_stands_in_no_list_until_somebody_has_looked(parent: Parent) -> None:
    cry, other, plain = parent.asks(found=QUIET), parent.asks(found=RAISED), parent.asks()
    assert not seen_in_lists(cry.id) and seen_in_lists(other.id) and seen_in_lists(plain.id)
    assert queries.threads_by_ids([cry.id], queries.Filters()) == ()
    assert queries.get_thread(cry.id).id == cry.id, "whoever was given its address may read it"
    with writing():
        moderating.set_waiting(cry.id, None, False)
    assert seen_in_lists(cry.id)
    assert queries.threads_by_ids([cry.id], queries.Filters())


def test_a_quiet_cry_among_the_replies_is_no_passage(parent: Parent) -> None:
    thread = parent.asks()
    post = Parent("ume").replies(thread, body="わたしも、楽になりたいと思ったことがあります。", found=QUIET)
    (found,) = queries.threads_by_ids([thread.id], queries.Filters())
    assert found.replies == ()
    assert queries.thread_page(thread.id).posts[0].id == post.id


def test_withdrawing_erases_what_was_read(parent: Parent) -> None:
    thread = parent.asks(found=Found(level=1, rules=("admits_harm:shouts",), cards=("honey",)))
    with writing():
        service.withdraw_thread(thread.id, parent.tag(thread.id))
    assert found_now(thread.id) == Found() and moderating.subject(thread.id, None).body == ""


def test_what_waits_stays_readable_to_staff_until_decided(parent: Parent) -> None:
    thread = parent.asks("もう消えたい。", found=CRY, visibility=Visibility.HELD)
    with writing():
        service.withdraw_thread(thread.id, parent.tag(thread.id))
    kept = moderating.subject(thread.id, None)
    assert kept.kept and kept.body == "もう消えたい。" and kept.found.level == 3
    db.session.rollback()


def test_what_its_writer_keeps_is_kept_for_nobody(parent: Parent) -> None:
    thread = parent.asks("もう消えたい。", found=CRY, visibility=Visibility.HELD)
    with writing():
        service.take_back(thread.id, None, parent.tag(thread.id))
    gone = moderating.subject(thread.id, None)
    assert not gone.kept and gone.body == "" and gone.found == Found()


def test_only_what_nobody_saw_can_be_taken_back_without_a_trace(parent: Parent) -> None:
    thread = parent.asks()
    with writing(), pytest.raises(Refused, match="seen_already"):
        service.take_back(thread.id, None, parent.tag(thread.id))
    with writing(), pytest.raises(Refused, match="not_yours"):
        service.take_back(thread.id, None, Parent("ume").tag(thread.id))


def test_where_a_child_asked_only_the_city_answers(parent: Parent) -> None:
    with writing():
        thread = service.open_thread(
            NewThread(
                public_id="0000000001", author_tag=parent.tag("0000000001"), once=None, body="小5です。"
            ),
            closed=True,
        )
    with pytest.raises(Refused, match="thread_locked"):
        Parent("ume").replies(thread)
    nurse = Parent("nurse").replies(thread, body="読みました。", origin=Origin.OFFICER, author_tag=None)
    assert nurse.origin is Origin.OFFICER


def test_an_office_has_one_voice_in_a_thread(parent: Parent) -> None:
    thread = parent.asks()
    for body in ("保健師です。", "その後いかがですか。"):
        with writing():
            service.reply(
                NewReply(
                    thread_id=thread.id,
                    author_tag=None,
                    once=None,
                    kind=Kind.INFO,
                    body=body,
                    origin=Origin.OFFICER,
                    created_at=now() + timedelta(minutes=1),
                ),
                badge="保健師",
            )
    assert [post.handle for post in queries.thread_page(thread.id).posts] == ["保健師", "保健師"]
