"""The desk's app with an empty vault, as a scene in which a story can be told."""

from collections.abc import Iterator

import pytest
from flask import Flask

from forum.safeguarding.policy import Policy
from tests.safeguarding.cases.scene import Scene
from tests.safeguarding.conftest import Desk


@pytest.fixture
def scene(desk_app: Flask, policy: Policy, desk: Desk) -> Iterator[Scene]:
    with desk_app.app_context():
        made = Scene(desk_app, policy, desk)
        with made.at(0):
            yield made
