"""A production board without anybody to look after it takes no texts, and says so."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from config import Mode
from forum.db import db
from tests.conftest import build_app, make_settings
from tests.pages import Visitor

TEXT = "夜泣きがつづいて眠れません。"


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("production")
    return build_app(make_settings(folder, mode=Mode.PRODUCTION, hosts=("localhost",)))


def test_a_worry_is_not_taken_and_the_text_is_given_back(production: Flask) -> None:
    parent = Visitor(production)
    parent.get("/ask")
    page = parent.submit("text", status=503, text=TEXT)
    assert TEXT in page.html
    assert "読むことだけ" in page.text or "受け付けていません" in page.text
    with production.app_context():
        assert db.session.execute(text("select count(*) from thread")).scalar() == 0
        db.session.rollback()


def test_reading_searching_and_the_doors_stay_open(production: Flask) -> None:
    reader = Visitor(production)
    for path in ("/", "/threads", "/services", "/doors", "/sort"):
        reader.get(path)
    reader.post("/search", {"q": "夜泣き"})


def test_another_host_name_is_refused(production: Flask) -> None:
    answer = production.test_client().get("/", base_url="https://evil.example")
    assert answer.status_code == 400


def test_a_bug_shows_a_page_in_words_and_logs_no_text(
    production: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from forum.board import queries

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError(TEXT)

    monkeypatch.setattr(queries, "threads", broken)
    page = Visitor(production).get("/threads?show=solved", status=500)
    assert "うまく表示できませんでした" in page.text
    assert "RuntimeError" in caplog.text
    assert TEXT not in caplog.text
