"""What was withdrawn stands in no file any more after the worker's round."""

from pathlib import Path

import pytest
from flask import Flask

from forum.cli import erase
from forum.db import db
from tests.conftest import build_app, make_settings, work
from tests.pages import Visitor

PLANTED = "むらさきいろのながぐつ"


def holding(folder: Path, text: str) -> list[str]:
    """Names of files in which the text stands."""
    return [
        str(p.relative_to(folder))
        for p in folder.rglob("*")
        if p.is_file() and text.encode() in p.read_bytes()
    ]


@pytest.fixture
def lonely(tmp_path: Path) -> Flask:
    """A forum with files of its own."""
    app = build_app(make_settings(tmp_path))
    app.extensions["search"].rebuild([], None)
    return app


def test_no_file_holds_a_withdrawn_worry(lonely: Flask, tmp_path: Path) -> None:
    parent = Visitor(lonely)
    parent.get("/ask")
    thread = parent.submit("text", text=f"{PLANTED}をいやがってはいてくれません。雨の日にこまります。")
    work(lonely)
    assert holding(tmp_path, PLANTED), "the search for it works"
    thread_id = thread.url.split("/threads/")[1].split("?")[0]
    parent.get(f"/threads/{thread_id}/withdraw")
    parent.submit("csrf_token")
    work(lonely)
    with lonely.app_context():
        erase()
        db.session.remove()
    assert holding(tmp_path, PLANTED) == []
    assert holding(tmp_path, "ムラサキイロノナガグツ") == []
