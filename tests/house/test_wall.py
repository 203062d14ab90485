"""The wall: what the import contracts cannot see."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect

from config import ROOT, Door
from tests.conftest import make_settings

LOADED = """
import os, sys
os.environ.update(KOSODATE_MODE="demo", KOSODATE_INSTANCE=sys.argv[2])
import wsgi
getattr(wsgi, sys.argv[1])
print("\\n".join(sorted(m for m in sys.modules if m.startswith("forum"))))
"""


def modules_loaded_by(door: str, instance: Path) -> set[str]:
    """The rooms that a fresh interpreter has loaded after it built one door."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", LOADED, door, str(instance)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    return set(done.stdout.split())


def test_the_forum_loads_no_module_of_the_wing(tmp_path: Path) -> None:
    loaded = modules_loaded_by("forum", tmp_path)
    assert "forum.ask.service" in loaded
    assert not [m for m in loaded if m.startswith("forum.safeguarding")]


@pytest.mark.parametrize("door", ["intake", "triage"])
def test_the_wing_loads_no_desk_or_shelf_of_the_forum(door: str, tmp_path: Path) -> None:
    loaded = modules_loaded_by(door, tmp_path)
    assert f"forum.safeguarding.{door}" in loaded
    rooms = ("app", "wiring", "cli", "ask", "board", "directory", "search", "visitors", "db")
    assert not [m for m in loaded if m.split(".")[1:2] and m.split(".")[1] in rooms]
    assert "forum.outbox.models" not in loaded, "the forum's own outbox table must stay out of the wing"


def test_the_forums_handle_cannot_see_the_vault(app: Flask) -> None:
    from forum.db import db

    with app.app_context():
        names = inspect(db.engine).get_table_names()
        attached = (
            []
            if db.engine.dialect.name != "sqlite"
            else [row[1] for row in db.session.connection().exec_driver_sql("PRAGMA database_list")]
        )
        db.session.rollback()
    assert "outbox" in names
    assert not [n for n in names if n.startswith("vault")]
    assert [a for a in attached if a not in ("main", "temp")] == []
    assert not [t for t in db.metadata.tables if t.startswith("vault")]


def test_the_two_wings_share_no_table_cookie_or_secret(tmp_path: Path, app: Flask) -> None:
    from forum.db import db
    from forum.safeguarding.intake import create_intake_app
    from forum.safeguarding.triage import create_triage_app
    from forum.safeguarding.vault.db import vault_db

    intake = create_intake_app(make_settings(tmp_path, Door.INTAKE))
    triage = create_triage_app(make_settings(tmp_path, Door.TRIAGE))
    cookies = {door.config["SESSION_COOKIE_NAME"] for door in (app, intake, triage)}
    assert len(cookies) == 3
    assert vault_db.metadata is not db.metadata
    assert not set(vault_db.metadata.tables) & set(db.metadata.tables)


def test_no_module_is_imported_by_a_computed_name() -> None:
    """Dynamic imports are what import contracts cannot see; the one in wsgi.py names its doors."""
    allowed = {ROOT / "wsgi.py"}
    found = []
    for path in [*ROOT.glob("*.py"), *(ROOT / "forum").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(
                getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", "")
            )
            if isinstance(node, ast.Call) and name in ("import_module", "__import__") and path not in allowed:
                found.append(f"{path.name}:{node.lineno}")
    assert found == []


def test_a_letterbox_without_a_key_says_that_nothing_can_be_sent(tmp_path: Path) -> None:
    from forum import migrating
    from forum.safeguarding.intake import create_intake_app

    app = create_intake_app(make_settings(tmp_path, Door.INTAKE))
    with app.app_context():
        migrating.upgrade("vault")
    answer = app.test_client().get("/", base_url="https://localhost")
    assert answer.status_code == 200
    assert "まだ開いていません" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers
    assert "<form" not in answer.text
