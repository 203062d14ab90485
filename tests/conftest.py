"""Apps of the three doors on fresh databases, and people with browsers."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, delete, make_url, text
from sqlalchemy.pool import NullPool

from config import Door, Mode, Settings
from tests.pages import Visitor

TESTS = Path(__file__).parent
MINATO = TESTS / "packs" / "minato"


def vault_url(instance: Path) -> str:
    """The vault of a test instance: SQLite in its folder, or on the server that TEST_VAULT_DATABASE_URL names
    a database of its own, so that two machines of one story have two vaults there too.
    """
    server = os.environ.get("TEST_VAULT_DATABASE_URL")
    if not server:
        return f"sqlite:///{instance / 'vault.sqlite'}"
    name = f"vault_{hashlib.sha256(str(instance).encode()).hexdigest()[:16]}"
    maker = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with maker.connect() as connection:
        known = connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
        if known.scalar() is None:
            connection.execute(text(f"CREATE DATABASE {name}"))
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def make_settings(instance: Path, door: Door = Door.FORUM, **changed: object) -> Settings:
    """Settings of a test instance; any of them can be changed."""
    url = f"sqlite:///{instance / 'forum.sqlite'}" if door is Door.FORUM else vault_url(instance)
    values: dict[str, object] = {
        "door": door,
        "mode": Mode.TEST,
        "instance": instance,
        "city": "otsu",
        "samples": False,
        "database_url": url,
        "secret_key": "test-secret-test-secret-test-secret",
        "secure_cookies": True,
        "hosts": (),
        "proxies": 0,
        "rate_storage": "memory://",
        "letterbox_url": "https://localhost:8001/",
        "forum_url": "https://localhost:8000/",
        "desk_url": "https://localhost:8002/",
        "hatch_url": "",
        "hatch_token": "test-hatch-test-hatch-test-hatch-1234",
        "close_url": "https://www.jma.go.jp/",
        "exchange_out": None,
        "exchange_in": None,
        "form_seconds_min": 0.0,
        "hatch_spread": timedelta(),
    }
    values.update(changed)
    if door is Door.FORUM and str(values["database_url"]).startswith("postgresql"):
        values.setdefault("search_engine", "postgres")
    return Settings(**values)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The database of this run: SQLite, or the server that TEST_DATABASE_URL names."""
    return (
        os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{tmp_path_factory.mktemp('db') / 'forum.sqlite'}"
    )


def build_app(settings: Settings) -> Flask:
    """The forum's door with its tables and its city's services."""
    from forum.city.current import current
    from forum.cli import create_forum_app_with_commands
    from forum.db import db, writing
    from forum.directory import service as directory

    app = create_forum_app_with_commands(settings)
    with app.app_context():
        with writing():
            db.drop_all()
            db.create_all()
        with writing():
            directory.load(current())
        db.session.remove()
    return app


@pytest.fixture(scope="session")
def _otsu(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Flask:
    return build_app(make_settings(tmp_path_factory.mktemp("otsu"), database_url=database_url))


@pytest.fixture(scope="session")
def _minato(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return build_app(make_settings(tmp_path_factory.mktemp("minato"), city=str(MINATO)))


def _run(statements: Iterable[str]) -> None:
    from forum.db import db

    for statement in statements:
        db.session.connection().exec_driver_sql(statement)


def empty(app: Flask) -> None:
    """Nobody has written anything yet: rows, index, counters and kept pages are gone."""
    from forum.append_only import free_ddl, guard_ddl, guarded
    from forum.db import db, writing
    from forum.web import caching

    with app.app_context():
        with writing():
            # The database lets nobody empty a log: its guard goes and comes back, where lines are.
            dialect, tables = db.engine.dialect.name, db.metadata.tables
            logs = [
                name for name in guarded() if db.session.scalar(db.select(tables[name].c.number).limit(1))
            ]
            _run(statement for name in logs for statement in free_ddl(name, dialect))
            for table in reversed(db.metadata.sorted_tables):
                if table.name not in ("service", "alembic_version"):
                    db.session.execute(delete(table))
            _run(statement for name in logs for statement in guard_ddl(name, dialect))
        app.extensions["search"].rebuild([], None)
        app.extensions["limits"].storage.reset()
        app.extensions["page_store"] = caching.PageStore()
        db.session.remove()


@pytest.fixture
def app(_otsu: Flask) -> Iterator[Flask]:
    """The forum of 大津市, empty of posts."""
    empty(_otsu)
    yield _otsu


@pytest.fixture
def minato(_minato: Flask) -> Iterator[Flask]:
    """The forum of an invented city, empty of posts."""
    empty(_minato)
    yield _minato


@pytest.fixture
def visitor(app: Flask) -> Callable[[], Visitor]:
    """Call it for each person who comes by."""
    return lambda: Visitor(app)


@pytest.fixture
def parent(app: Flask) -> Visitor:
    """A parent with a fresh browser."""
    return Visitor(app)


def work(app: Flask) -> None:
    """Let the worker deliver everything that waits."""
    from forum import wiring
    from forum.web.forms import settings

    with app.app_context():
        relay = wiring.relay(settings())
        while relay.run_once().delivered:
            pass
