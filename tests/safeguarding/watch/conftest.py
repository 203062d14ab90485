"""The desk under watch, with a mail server that is started and stopped by the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.safeguarding.watch.scene import ANNE, BEN, DAISUKE, MailRoom, Scene


@pytest.fixture
def room() -> Iterator[MailRoom]:
    """A mail server that is open."""
    mail_room = MailRoom()
    mail_room.open()
    yield mail_room
    mail_room.close()


@pytest.fixture
def watched_app(desk_app: Flask) -> Iterator[Flask]:
    """The desk; afterwards its own people and ways of telling are back."""
    before = desk_app.extensions["watch"]
    yield desk_app
    desk_app.extensions["watch"] = before


@pytest.fixture
def scene(watched_app: Flask, room: MailRoom, tmp_path: Path) -> Scene:
    """Somebody on duty, a deputy, one who leads, and mail that works."""
    made = Scene(watched_app, room, tmp_path, (ANNE, BEN, DAISUKE))
    made.roster((ANNE, 0), (BEN, 1))
    return made


@pytest.fixture
def bare_scene(watched_app: Flask, room: MailRoom, tmp_path: Path) -> Scene:
    """The same people, but nobody has entered a roster."""
    return Scene(watched_app, room, tmp_path, (ANNE, BEN, DAISUKE))
