"""People at the desk's door."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from forum.safeguarding.vault.db import vault_db
from tests.pages import Visitor


@pytest.fixture
def browser(desk_app: Flask) -> Callable[[], Visitor]:
    """Call it for each browser at the desk."""
    return lambda: Visitor(desk_app)


@pytest.fixture
def at_desk(desk_app: Flask) -> Iterator[Flask]:
    """The desk's context, for commands and for looking at rows."""
    with desk_app.app_context():
        yield desk_app
        vault_db.session.remove()
