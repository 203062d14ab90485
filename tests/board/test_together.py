"""Two requests at the same moment: one thread, one reply, different names, right counts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.board import queries, service
from forum.board.models import PostRow, ReactionRow, ThreadRow
from forum.db import db, writing
from tests.board.factory import Parent

T = TypeVar("T")


def together(app: Flask, *doings: Callable[[], T]) -> list[T]:
    """Do all of it at once, each in a request of its own."""
    start = Barrier(len(doings))

    def one(doing: Callable[[], T]) -> T:
        with app.app_context():
            start.wait(5)
            try:
                return doing()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(one, doings))


def count(model: type[ThreadRow | PostRow | ReactionRow]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize("_round", range(3))
def test_a_double_tap_posts_one_thread(board: Flask, _round: int) -> None:
    parent = Parent("p")
    made = together(board, *[lambda: parent.asks(once=f"tap{_round}")] * 4)
    assert len({thread.id for thread in made}) == 1
    assert count(ThreadRow) == 1


@pytest.mark.parametrize("_round", range(3))
def test_a_double_tap_posts_one_reply(board: Flask, _round: int) -> None:
    thread, parent = Parent("a").asks(), Parent("b")
    made = together(board, *[lambda: parent.replies(thread, once=f"tap{_round}")] * 4)
    assert len({post.id for post in made}) == 1
    assert count(PostRow) == 1 and queries.get_thread(thread.id).reply_count == 1


def test_a_form_of_one_thread_sent_to_another_does_not_post_twice(board: Flask) -> None:
    first, second, parent = Parent("a").asks(), Parent("a").asks(), Parent("b")
    made = together(
        board,
        lambda: parent.replies(first, once="borrowed"),
        lambda: parent.replies(second, once="borrowed"),
    )
    assert made[0].id == made[1].id and count(PostRow) == 1


def test_parents_who_reply_at_once_have_different_names_and_numbers(board: Flask) -> None:
    thread = Parent("a").asks()
    parents = [Parent(f"b{n}") for n in range(6)]
    made = together(board, *[lambda p=parent: p.replies(thread) for parent in parents])
    assert len({post.handle for post in made}) == 6
    assert sorted(post.number for post in made) == [1, 2, 3, 4, 5, 6]
    assert queries.get_thread(thread.id).answer_count == 6


def test_presses_at_once_are_all_counted_and_a_double_press_once(board: Flask) -> None:
    thread = Parent("a").asks()

    def press(parent: Parent) -> None:
        with writing():
            service.me_too(thread.id, parent.tag(thread.id), parent.mark("me_too", thread.id))

    parents = [Parent(f"b{n}") for n in (0, 0, 1, 1, 2, 3)]
    together(board, *[lambda p=parent: press(p) for parent in parents])
    assert queries.get_thread(thread.id).me_too_count == count(ReactionRow) == 4
