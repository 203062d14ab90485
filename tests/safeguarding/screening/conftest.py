"""A desk with one case just arrived."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from forum import clock
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault.db import vault_db
from tests.safeguarding.screening.casework import NOW, Work, arrive


@pytest.fixture
def work(desk_app: Flask, policy: Policy) -> Iterator[Work]:
    """Monday morning at the desk; a report of Saturday evening lies there."""
    with desk_app.app_context(), clock.turned_to(NOW):
        yield Work(desk_app, policy, arrive(policy))
        vault_db.session.remove()
