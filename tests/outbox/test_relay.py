"""A promise is kept at least once, also when its listener stumbles."""

from datetime import timedelta

import pytest
from flask import Flask

from forum import clock
from forum.db import db, writing
from forum.outbox.models import OutboxRow
from forum.outbox.relay import Relay
from forum.outbox.service import content_version, record

TRIES = 3


def relay(**handlers: object) -> Relay:
    return Relay(db, OutboxRow, {name: (handler,) for name, handler in handlers.items()}, TRIES)  # type: ignore[misc]


def test_an_event_is_delivered_and_gone(app: Flask) -> None:
    heard: list[str] = []
    with app.app_context():
        with writing():
            record("ThreadOpened", "abc")
        outcome = relay(ThreadOpened=heard.extend).run_once()
        assert (outcome.delivered, heard) == (1, ["abc"])
        assert relay().state().waiting == 0


def test_nothing_is_promised_when_the_change_is_rolled_back(app: Flask) -> None:
    with app.app_context():
        before = content_version()
        with pytest.raises(RuntimeError, match="half way"), writing():
            record("ThreadOpened", "abc")
            raise RuntimeError("half way")
        assert relay().state().waiting == 0
        assert content_version() == before


def test_a_stumbling_listener_is_asked_again_later_and_then_set_aside(app: Flask) -> None:
    def stumble(subjects: list[str]) -> None:
        raise OSError("秘密の文")

    with app.app_context():
        with writing():
            record("ThreadOpened", "abc")
        start = clock.now()
        assert relay(ThreadOpened=stumble).run_once().failed == 1
        assert relay(ThreadOpened=stumble).run_once().failed == 0, "not before the pause is over"
        for hours in range(1, TRIES):
            with clock.turned_to(start + timedelta(hours=hours)):
                relay(ThreadOpened=stumble).run_once()
        state = relay().state()
        assert (state.waiting, state.set_aside) == (0, 1)
        fault = db.session.query(OutboxRow.fault).scalar()
        assert fault == "OSError", "the words of an error are never kept"
        db.session.rollback()
        heard: list[str] = []
        assert relay().retry_set_aside() == 1
        relay(ThreadOpened=heard.extend).run_once()
        assert heard == ["abc"]


def test_one_bad_event_does_not_hold_up_the_others(app: Flask) -> None:
    heard: list[str] = []

    def picky(subjects: list[str]) -> None:
        if "bad" in subjects:
            raise ValueError
        heard.extend(subjects)

    with app.app_context():
        with writing():
            for subject in ("one", "bad", "two"):
                record("ThreadOpened", subject)
        outcome = relay(ThreadOpened=picky).run_once()
        assert (outcome.delivered, outcome.failed, heard) == (2, 1, ["one", "two"])


def test_every_change_moves_the_content_version(app: Flask) -> None:
    with app.app_context():
        before = content_version()
        with writing():
            record("ThreadOpened", "abc")
            record("PostAdded", "abc")
        assert content_version() == before + 2
