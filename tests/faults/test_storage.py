"""A locked database and a full disk, for real: a page in words, the text kept, nothing half-written."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, text

from forum.db import db
from tests.conftest import build_app, make_settings
from tests.pages import Visitor

TEXT = "夜泣きがつづいて眠れません。"


@pytest.fixture
def lonely(tmp_path: Path) -> Iterator[Flask]:
    """A forum on a file of its own."""
    app = build_app(make_settings(tmp_path))
    yield app
    with app.app_context():
        db.engine.dispose()


def rows(app: Flask) -> tuple[int, int]:
    """Threads and events stored."""
    with app.app_context():
        threads = db.session.execute(text("select count(*) from thread")).scalar()
        events = db.session.execute(text("select count(*) from outbox")).scalar()
        db.session.rollback()
    return int(threads or 0), int(events or 0)


def refused(app: Flask) -> None:
    """A worry is not taken; its text comes back."""
    parent = Visitor(app)
    parent.get("/ask")
    page = parent.submit("text", status=503, text=TEXT)
    assert TEXT in page.html
    assert "保存されていません" in page.text
    assert rows(app) == (0, 0)


def taken(app: Flask) -> None:
    """A worry is taken as always."""
    parent = Visitor(app)
    parent.get("/ask")
    assert parent.submit("text", text=TEXT).url.startswith("/threads/")
    assert rows(app) == (1, 1)


@pytest.mark.slow
def test_a_database_that_stays_locked(lonely: Flask, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "forum.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        refused(lonely)
        Visitor(lonely).get("/threads")  # reading goes on
    finally:
        other.execute("ROLLBACK")
        other.close()
    taken(lonely)


def test_a_full_disk(lonely: Flask) -> None:
    def no_room(connection: sqlite3.Connection, record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")
        connection.execute("PRAGMA cache_size=1")

    with lonely.app_context():
        db.engine.dispose()
        event.listen(db.engine, "connect", no_room)
    long = TEXT * 140  # more than the free room of the last pages
    parent = Visitor(lonely)
    parent.get("/ask")
    page = parent.submit("text", status=503, text=long)
    assert long in page.html
    assert rows(lonely) == (0, 0)
    with lonely.app_context():
        event.remove(db.engine, "connect", no_room)
        db.engine.dispose()
    taken(lonely)


def test_a_missing_index(lonely: Flask, tmp_path: Path) -> None:
    import shutil

    taken(lonely)
    shutil.rmtree(tmp_path / "index", ignore_errors=True)
    reader = Visitor(lonely)
    page = reader.post("/search", {"q": "夜泣き"})
    assert "いま、過去の相談をさがせません" in page.text
    assert "話せる人" in page.text
    fragment = reader.post("/ask/typed", {"text": TEXT})
    assert "いま、過去の相談をさがせません" in fragment.text
    assert "使える支援" in fragment.text
