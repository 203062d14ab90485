"""Tickets of forms."""

from datetime import timedelta

from flask import Flask

from forum import clock
from forum.web import once

DAY = timedelta(days=1)


def test_a_ticket_is_read_back_with_its_age(app: Flask) -> None:
    with app.app_context():
        ticket = once.read(once.issue(), DAY)
        assert ticket is not None
        with clock.turned_to(ticket.issued_at + timedelta(minutes=3)):
            assert ticket.age() == timedelta(minutes=3)


def test_two_tickets_differ(app: Flask) -> None:
    with app.app_context():
        first, second = once.read(once.issue(), DAY), once.read(once.issue(), DAY)
        assert first is not None and second is not None and first.key != second.key


def test_old_forged_and_broken_tickets_are_none(app: Flask) -> None:
    with app.app_context():
        good = once.issue()
        with clock.turned_to(clock.now() + timedelta(days=2)):
            assert once.read(good, DAY) is None
        for broken in (None, "", "x", good[:-2] + "zz", good + "a", "あ", "\udc80"):
            assert once.read(broken, DAY) is None
