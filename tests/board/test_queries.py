"""What readers find: lists, pages, found threads, and how long an answer takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from forum import clock
from forum.board import queries, service
from forum.board.queries import Filters, Show
from forum.board.types import Kind, Origin, Thread, Visibility
from forum.db import writing
from forum.errors import NotFound
from tests.board.factory import Parent

pytestmark = pytest.mark.usefixtures("board")
NOON = datetime(2026, 11, 20, 3, tzinfo=UTC)  # noon in Japan
MINUTE = timedelta(minutes=1)


def all_pages(filters: Filters, show: Show = Show.NEWEST, limit: int = 3) -> list[str]:
    ids: list[str] = []
    after = None
    while True:
        page = queries.threads(filters, show, after, limit)
        ids += [line.id for line in page.lines]
        after = page.next_cursor
        if after is None:
            return ids


def test_turning_pages_shows_every_thread_once_newest_first() -> None:
    parent = Parent("p")
    made = [parent.asks(board="baby", created_at=NOON + i * MINUTE).id for i in range(10)]
    assert all_pages(Filters()) == made[::-1]


def test_a_new_thread_does_not_push_one_onto_two_pages() -> None:
    parent = Parent("p")
    made = [parent.asks(created_at=NOON + i * MINUTE).id for i in range(4)]
    first = queries.threads(Filters(), limit=2)
    parent.asks(created_at=NOON + 9 * MINUTE)
    second = queries.threads(Filters(), after=first.next_cursor, limit=2)
    assert [line.id for line in first.lines + second.lines] == made[::-1]


def test_a_sensitive_board_tells_the_day_and_not_the_hour() -> None:
    parent = Parent("p")
    moments = [NOON + timedelta(hours=h) for h in (0, 5, 2)]
    made = [parent.asks(board="family", created_at=at) for at in moments]
    lines = queries.threads(Filters(board="family"), limit=2)
    assert {line.listed_at for line in lines.lines} == {datetime(2026, 11, 19, 15, tzinfo=UTC)}
    assert all_pages(Filters(board="family"), limit=1) == sorted((t.id for t in made), reverse=True)
    parent.replies(made[0], created_at=NOON + timedelta(hours=7))
    assert queries.get_thread(made[0].id).last_activity_at == datetime(2026, 11, 19, 15, tzinfo=UTC)


def test_lists_by_board_by_age_unanswered_and_solved() -> None:
    asker, other = Parent("a"), Parent("b")
    baby = asker.asks(board="baby", child_age_months=8, created_at=NOON)
    school = asker.asks(board="family", child_age_months=90, created_at=NOON)
    unborn = asker.asks(board="baby", child_age_months=-1, created_at=NOON + MINUTE)
    untold = asker.asks(board="baby", created_at=NOON + 2 * MINUTE)
    other.replies(baby)
    with writing():
        service.solve(baby.id, asker.tag(baby.id), at=NOON)
    assert all_pages(Filters(board="baby")) == [untold.id, unborn.id, baby.id]
    assert all_pages(Filters(min_age=0, max_age=11)) == [baby.id]
    assert all_pages(Filters(min_age=72)) == [school.id]
    assert all_pages(Filters(max_age=-1)) == [unborn.id]
    assert set(all_pages(Filters(), Show.UNANSWERED)) == {school.id, unborn.id, untold.id}
    assert all_pages(Filters(), Show.SOLVED) == [baby.id]
    assert all_pages(Filters(board="baby", solved=False)) == [untold.id, unborn.id]


def test_what_the_city_prepared_does_not_wait_for_an_answer() -> None:
    Parent("city").asks(author_tag=None, origin=Origin.CITY)
    assert all_pages(Filters(), Show.UNANSWERED) == []
    assert len(all_pages(Filters())) == 1


@pytest.mark.parametrize(
    "cursor", ["x", "あ", "AAAA", "MTIz", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5LmFhYQ", "MS5hAGE", "é==="]
)
def test_an_invented_cursor_is_not_found(cursor: str) -> None:
    with pytest.raises(NotFound):
        queries.threads(Filters(), after=cursor)


def test_only_public_threads_are_listed_or_found() -> None:
    parent = Parent("p")
    for visibility in (Visibility.HELD, Visibility.HIDDEN):
        thread = parent.asks(visibility=visibility)
        with pytest.raises(NotFound):
            queries.get_thread(thread.id)
        assert queries.threads_by_ids([thread.id], Filters()) == ()
    assert all_pages(Filters()) == []


def test_found_threads_keep_the_order_of_the_search_and_bring_their_replies() -> None:
    asker, other = Parent("a"), Parent("b")
    first, second = asker.asks(board="baby"), asker.asks(board="family")
    other.replies(second, "ひとつめ", kind=Kind.ADVICE)
    gone = other.replies(second, "取り下げます")
    with writing():
        service.withdraw_post(gone.id, other.tag(second.id))
    found = queries.threads_by_ids([second.id, "0000000000", first.id], Filters())
    assert [f.line.id for f in found] == [second.id, first.id]
    assert [(p.body, p.kind) for p in found[0].replies] == [("ひとつめ", Kind.ADVICE)]
    assert [f.line.id for f in queries.threads_by_ids([second.id, first.id], Filters(board="baby"))] == [
        first.id
    ]
    assert queries.threads_by_ids([], Filters()) == ()


def test_a_long_thread_has_pages_and_each_reply_a_place_on_one() -> None:
    thread = Parent("a").asks()
    other = Parent("b")
    posts = [other.replies(thread, f"返事 {i}") for i in range(51)]
    first, second = queries.thread_page(thread.id), queries.thread_page(thread.id, 2)
    assert (len(first.posts), len(second.posts), first.pages) == (50, 1, 2)
    assert second.posts[0].anchor == posts[50].anchor == "r51"
    assert (posts[49].page, posts[50].page) == (1, 2)
    for beyond in (0, 3):
        with pytest.raises(NotFound):
            queries.thread_page(thread.id, beyond)


def asked_and_answered(minutes: int | None, *, days_ago: int = 3, **facts: object) -> Thread:
    at = NOON - timedelta(days=days_ago)
    asker = Parent("a")
    thread = asker.asks(created_at=at, **facts)
    asker.replies(thread, "追記です。", created_at=at + MINUTE)
    if minutes is not None:
        Parent("b").replies(thread, created_at=at + minutes * MINUTE)
        Parent("c").replies(thread, created_at=at + (minutes + 500) * MINUTE)
    return thread


def test_how_long_an_answer_takes_is_a_real_figure(board: Flask) -> None:
    with clock.turned_to(NOON):
        for minutes in (10, 20, 30, 600):
            asked_and_answered(minutes)
        assert queries.answer_time() is None, "four threads say nothing"
        asked_and_answered(None)
        assert queries.answer_time() == 30
        asked_and_answered(None, days_ago=0)
        assert queries.answer_time() == 30, "somebody who asked today may still be answered today"
        asked_and_answered(1, days_ago=91)
        asked_and_answered(1, origin=Origin.SAMPLE)
        assert queries.answer_time() == 30
        assert queries.answer_time((Origin.PARENT, Origin.SAMPLE)) == 20
