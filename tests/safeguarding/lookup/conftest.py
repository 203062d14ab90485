"""A desk with an empty vault, and people who look things up."""

from collections.abc import Iterator

import pytest
from flask import Flask

from forum.safeguarding.cases.types import Actor
from forum.safeguarding.lookup import service
from forum.safeguarding.lookup.service import Desk
from forum.safeguarding.policy import Policy
from tests.safeguarding import conftest
from tests.safeguarding.cases.scene import TANAKA, Scene


@pytest.fixture
def scene(desk_app: Flask, policy: Policy, desk: conftest.Desk) -> Iterator[Scene]:
    with desk_app.app_context():
        service.install(desk_app)  # nothing is held open
        made = Scene(desk_app, policy, desk)
        with made.at(0):
            yield made


def looks(scene: Scene, actor: Actor = TANAKA) -> Desk:
    """Somebody signed in, with the keys."""
    return Desk(actor, (actor.id, "session001"), scene.desk.ring)
