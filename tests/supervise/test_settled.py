"""The second start: what was set up and has not changed is not set up again."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from config import Door, Settings, load_settings
from forum.supervise.plan import TASKS, plan
from forum.supervise.settled import Settled


def make_database(path: Path, revision: str = "0001") -> None:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            f"CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('{revision}');"
        )


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An instance after a good start, with a city pack of its own."""
    folder = tmp_path / "instance"
    (folder / "index").mkdir(parents=True)
    (folder / "index" / "segment").touch()
    for name in ("forum.sqlite", "vault.sqlite"):
        make_database(folder / name)
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "city.toml").write_text("name = 'みなと市'")
    settled(folder).remember()
    return folder


def environ(instance: Path, **env: str) -> dict[str, str]:
    pack = str(instance.parent / "pack")
    return {"PATH": os.environ["PATH"], "KOSODATE_INSTANCE": str(instance), "KOSODATE_CITY": pack, **env}


def wings(instance: Path, **env: str) -> list[Settings]:
    return [load_settings(door, environ(instance, **env)) for door in (Door.FORUM, Door.INTAKE)]


def settled(instance: Path, **env: str) -> Settled:
    return Settled(*wings(instance, **env))


def test_a_second_start_sets_nothing_up(instance: Path) -> None:
    children = plan(environ(instance)).children
    assert [c.name for c in children if c.once] == ["desk", "staff"], "the links are new every time"
    assert not [c for c in children if set(c.after) & set(TASKS)], "nobody waits for what does not run"


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "forum.sqlite").unlink(),
        lambda folder: (folder / "vault.sqlite").write_bytes(b"not a database"),
        lambda folder: make_database(folder / "forum.sqlite", "0000"),
        lambda folder: (folder / "index" / "segment").unlink(),
        lambda folder: (folder.parent / "pack" / "city.toml").write_text("name = 'みなとみらい市'"),
        lambda folder: (folder.parent / "pack" / "doors.csv").touch(),
        lambda folder: (folder / "settled").write_text("another"),
    ],
    ids=["database gone", "vault broken", "older backup", "index gone", "pack changed", "new file", "state"],
)
def test_after_a_change_everything_is_set_up_again(change: Callable[[Path], object], instance: Path) -> None:
    change(instance)
    assert {c.name for c in plan(environ(instance)).children if c.once} == {*TASKS, "desk", "staff"}
    assert not (instance / "settled").exists(), "a start that fails now must not look like a good one later"


def test_other_settings_are_a_change(instance: Path) -> None:
    assert settled(instance).still()
    assert not settled(instance, KOSODATE_SAMPLES="0").still()


def test_of_a_database_elsewhere_nothing_is_assumed(instance: Path) -> None:
    elsewhere = settled(instance, DATABASE_URL="postgresql+psycopg://db/forum")
    elsewhere.remember()
    assert not elsewhere.still()
