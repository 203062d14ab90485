"""The memo goes to the counter once, and the database alone cannot read it."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from forum import clock
from forum.ask import handoff
from forum.db import db, writing
from forum.errors import NotFound

# Nobody else writes these: one test looks for them in the files that all tests fill.
LINES = ("生後四か月と十日の子のことです。", "いちばんつらいのは、夕方六時からです。")
WEEK = timedelta(days=7)
SECRET = "s" * 40


def kept(ticket: str = "t1") -> str:
    code = handoff.code_for(ticket, SECRET)
    with writing():
        handoff.keep(LINES, WEEK, code)
    return code


def test_the_counter_sees_the_same_lines_once(app: Flask) -> None:
    with app.app_context():
        code = kept()
        with writing():
            assert handoff.take(code).lines == LINES
        with pytest.raises(NotFound), writing():
            handoff.take(code)


@pytest.mark.parametrize(
    "spoken", [str.upper, lambda c: c.replace("-", " "), lambda c: c.replace("0", "o").replace("1", "l")]
)
def test_a_code_read_aloud_is_understood(app: Flask, spoken: object) -> None:
    with app.app_context():
        code = kept()
        with writing():
            assert handoff.take(spoken(code)).lines == LINES  # type: ignore[operator]


def test_the_same_form_sent_twice_shows_the_same_code_and_does_not_revive_a_used_memo(app: Flask) -> None:
    with app.app_context():
        code = kept()
        assert kept() == code
        with writing():
            handoff.take(code)
        assert kept() == code
        with pytest.raises(NotFound), writing():
            handoff.take(code)


def test_a_memo_is_gone_when_its_time_is_over(app: Flask) -> None:
    with app.app_context():
        code = kept()
        with clock.turned_to(clock.now() + WEEK):
            with pytest.raises(NotFound), writing():
                handoff.take(code)
            with writing():
                handoff.expire()
        assert db.session.execute(db.text("select count(*) from memo")).scalar() == 0


def test_neither_lines_nor_code_stand_in_the_database(app: Flask) -> None:
    with app.app_context():
        code = kept()
        if db.engine.dialect.name != "sqlite":
            pytest.skip("looks into the files of SQLite")
        folder = Path(str(db.engine.url.database)).parent
        written = b"".join(p.read_bytes() for p in folder.iterdir() if p.is_file())
        assert b"memo" in written
        for secret in (*LINES, code, code.replace("-", "")):
            assert secret.encode() not in written
