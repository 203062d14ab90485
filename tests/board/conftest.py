"""The board on a database of its own, with a city of two boards: one ordinary, one sensitive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import delete

from forum import storage
from forum.db import db, writing


@dataclass(frozen=True)
class BoardOfCity:
    id: str
    sensitive: bool


@dataclass(frozen=True)
class SmallCity:
    boards: tuple[BoardOfCity, ...] = (BoardOfCity("baby", False), BoardOfCity("family", True))


@pytest.fixture(scope="session")
def _board_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    url = database_url
    if url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path_factory.mktemp('board') / 'board.sqlite'}"
    app = Flask("board")
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=storage.engine_options(url))
    app.extensions["city"] = SmallCity()
    db.init_app(app)
    with app.app_context():
        storage.teach(db.engine)
        with writing():
            db.metadata.create_all(db.session.connection())
    return app


@pytest.fixture
def board(_board_app: Flask) -> Iterator[Flask]:
    """An empty board, inside its app's context."""
    with _board_app.app_context():
        with writing():
            for table in reversed(db.metadata.sorted_tables):
                if table.name in ("reaction", "post", "voice", "thread", "outbox", "content_version"):
                    db.session.execute(delete(table))
        yield _board_app
        db.session.remove()
