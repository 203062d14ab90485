"""Limits count without keeping an address."""

from datetime import timedelta

import pytest
from flask import Flask

from forum import clock
from forum.errors import Refused
from forum.web import limits


def test_the_limit_says_no_and_for_how_long(app: Flask) -> None:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "203.0.113.9"}):
        for _ in range(3):
            limits.spend("x", "3 per 10 minutes")
        with pytest.raises(Refused) as no:
            limits.spend("x", "3 per 10 minutes")
    assert no.value.code == "too_many" and 0 < int(str(no.value.facts["seconds"])) <= 600
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "203.0.113.10"}):
        limits.spend("x", "3 per 10 minutes")


def test_the_store_holds_no_address_and_tomorrow_another_key(app: Flask) -> None:
    storage = app.extensions["limits"].storage
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "203.0.113.9"}):
        limits.spend("x", "3 per 10 minutes")
        today = set(storage.events)
        assert today and not [key for key in today if "203.0.113" in key]
        with clock.turned_to(clock.now() + timedelta(days=1)):
            limits.spend("x", "3 per 10 minutes")
        assert len(set(storage.events)) == len(today) + 1
