"""A demonstration's queue is full from the first minute, and nothing of it exists in production."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from flask import Flask

from config import Mode
from forum.board import queries as board
from forum.db import db
from forum.moderation import named, queries, training
from forum.moderation.types import Why
from tests.moderation.shift import opens, reader, waiting


def test_six_of_each_kind_wait_and_twice_is_once(app: Flask) -> None:
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(before, samples=True)
    try:
        with app.app_context():
            first = training.fill()
            assert training.fill() == first
            kinds = Counter(why for item in queries.items() for why in item.why)
            assert {why: kinds[why] for why in (Why.CARD, Why.FIRST, Why.WATCHED, Why.FLAG, Why.APPEAL)} == (
                dict.fromkeys((Why.CARD, Why.FIRST, Why.WATCHED, Why.FLAG, Why.APPEAL), training.EACH)
            )
            assert kinds[Why.INSTITUTION] == training.EACH and kinds[Why.SIGN] >= training.EACH
            assert sum(item.level == 3 for item in queries.items()) == training.EACH
            assert len(named.notices()) == training.EACH and queries.trips() == (("send_reply", 6),)
            shown = board.newest(50)
            assert all(line.origin == "sample" for line in shown)
            assert not [line for line in shown if "消えて" in line.title]
            db.session.remove()
        person = reader(app)
        assert "待っている文" in person.get("/staff/queue").text
        assert opens(person, waiting(app)[0]).status == 200
    finally:
        app.extensions["settings"] = before


@pytest.mark.parametrize(("mode", "samples"), [(Mode.PRODUCTION, True), (Mode.DEMO, False)])
def test_where_people_are_helped_nothing_is_filled(app: Flask, mode: Mode, samples: bool) -> None:
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(before, mode=mode, samples=samples)
    try:
        with app.app_context(), pytest.raises(RuntimeError):
            training.fill()
    finally:
        app.extensions["settings"] = before
