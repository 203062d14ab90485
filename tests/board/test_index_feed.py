"""What the index is told is what anybody may read, and nothing else."""

from __future__ import annotations

import pytest

from forum.board import index_feed, own, queries, service
from forum.board.importing import Entry, EntryReply, add, missing
from forum.board.types import Kind, Origin, Visibility
from forum.clock import now
from forum.db import writing
from tests.board.factory import Parent

pytestmark = pytest.mark.usefixtures("board")


def test_a_thread_goes_to_the_index_with_its_public_replies() -> None:
    asker, other = Parent("a"), Parent("b")
    thread = asker.asks()
    other.replies(thread, "見える返事")
    other.replies(thread, "見えない返事", visibility=Visibility.HELD)
    (document,), gone = index_feed.documents_of([thread.id, "0000000000"])
    assert (document.id, document.title, document.body) == (thread.id, thread.title, thread.body)
    assert document.replies == ("見える返事",)
    assert gone == ["0000000000"]


def test_kept_tokens_come_along_until_the_text_changes() -> None:
    asker, other = Parent("a"), Parent("b")
    thread = asker.asks()
    with writing():
        service.keep_terms(thread.id, thread.revision, "{}")
    assert index_feed.documents_of([thread.id])[0][0].terms == "{}"
    other.replies(thread)
    assert index_feed.documents_of([thread.id])[0][0].terms is None


def test_what_is_withdrawn_or_hidden_is_gone_from_the_index() -> None:
    asker = Parent("a")
    withdrawn, hidden = asker.asks(), asker.asks(visibility=Visibility.HIDDEN)
    with writing():
        service.withdraw_thread(withdrawn.id, asker.tag(withdrawn.id))
    assert index_feed.documents_of([withdrawn.id, hidden.id]) == ([], [withdrawn.id, hidden.id])
    assert list(index_feed.batches()) == []


def test_all_documents_are_all_public_threads_over_several_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_feed, "BATCH", 2)
    made = [Parent("a").asks().id for _ in range(5)]
    assert [document.id for batch in index_feed.batches() for document in batch] == made


def entry(origin: Origin = Origin.SAMPLE) -> Entry:
    return Entry(
        key="S1",
        origin=origin,
        title="夜泣き",
        body="夜泣きが続きます。",
        board="baby",
        created_at=now(),
        replies=(
            EntryReply(kind=Kind.EXPERIENCE, body="うちもでした。", created_at=now(), voice="1", helped=3),
            EntryReply(kind=Kind.EMPATHY, body="ありがとう。", created_at=now(), voice="asker"),
        ),
        me_too=4,
        solved_at=now(),
    )


def test_a_sample_is_written_once_and_stays_marked() -> None:
    sample = entry()
    assert missing([sample]) == [sample]
    with writing():
        thread = add(sample)
    assert missing([sample]) == []
    page = queries.thread_page(thread.id)
    assert page.thread.origin is Origin.SAMPLE and page.thread.solved
    assert page.thread.me_too_count == 4
    assert [(p.helped_count, p.by_asker, p.origin) for p in page.posts] == [
        (3, False, Origin.SAMPLE),
        (0, True, Origin.SAMPLE),
    ]


def test_the_citys_seed_has_no_name_and_no_owner() -> None:
    with writing():
        thread = add(entry(Origin.CITY))
    assert queries.get_thread(thread.id).handle is None
    assert own.own_threads(Parent("a").tag) == ()
