"""Settings are refused at the start, with the variable's name in the sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT, Door, Mode, SettingsError, load_settings


def environ(tmp_path: Path, **more: str) -> dict[str, str]:
    return {"KOSODATE_INSTANCE": str(tmp_path), **more}


def test_a_demonstration_makes_its_own_secret_that_only_its_owner_reads(tmp_path: Path) -> None:
    settings = load_settings(Door.FORUM, environ(tmp_path))
    file = tmp_path / "secrets" / "forum.key"
    assert settings.mode is Mode.DEMO and settings.samples
    assert file.stat().st_mode & 0o777 == 0o600
    assert load_settings(Door.FORUM, environ(tmp_path)).secret_key == settings.secret_key
    assert load_settings(Door.INTAKE, environ(tmp_path)).secret_key != settings.secret_key


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KOSODATE_MODE", "live"),
        ("KOSODATE_SAMPLES", "yes"),
        ("KOSODATE_PROXIES", "-1"),
        ("KOSODATE_PROXIES", "two"),
        ("KOSODATE_TLS", "true"),
        ("KOSODATE_LETTERBOX_URL", "letterbox"),
        ("DATABASE_URL", "mysql://x"),
    ],
)
def test_a_value_that_cannot_stand_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load_settings(Door.FORUM, environ(tmp_path, **{name: value}))


def test_both_wings_in_one_database_are_refused(tmp_path: Path) -> None:
    same = {"DATABASE_URL": "sqlite:////srv/one.sqlite", "VAULT_DATABASE_URL": "sqlite:////srv/one.sqlite"}
    for door in Door:
        with pytest.raises(SettingsError, match="DATABASE_URL"):
            load_settings(door, environ(tmp_path, **same))


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"KOSODATE_SAMPLES": "1"}, "KOSODATE_SAMPLES"),
        ({"KOSODATE_TLS": "0"}, "KOSODATE_TLS"),
        ({"KOSODATE_HOSTS": ""}, "KOSODATE_HOSTS"),
        ({"KOSODATE_SECRET_FILE": "/nowhere/key"}, "KOSODATE_SECRET_FILE"),
    ],
)
def test_what_production_refuses(tmp_path: Path, changed: dict[str, str], named: str) -> None:
    key = tmp_path / "key"
    key.write_text("k" * 48)
    key.chmod(0o600)
    good = {
        "KOSODATE_MODE": "production",
        "KOSODATE_SECRET_FILE": str(key),
        "KOSODATE_HOSTS": "forum.example",
    }
    assert load_settings(Door.FORUM, environ(tmp_path, **good)).mode is Mode.PRODUCTION
    with pytest.raises(SettingsError, match=named):
        load_settings(Door.FORUM, environ(tmp_path, **{**good, **changed}))


def test_production_refuses_a_weak_or_open_secret(tmp_path: Path) -> None:
    key = tmp_path / "key"
    given = {
        "KOSODATE_MODE": "production",
        "KOSODATE_SECRET_FILE": str(key),
        "KOSODATE_HOSTS": "forum.example",
    }
    key.write_text("short")
    with pytest.raises(SettingsError, match="32"):
        load_settings(Door.FORUM, environ(tmp_path, **given))
    key.write_text("k" * 48)
    key.chmod(0o644)
    with pytest.raises(SettingsError, match="600"):
        load_settings(Door.FORUM, environ(tmp_path, **given))


def test_a_settings_value_cannot_be_changed(tmp_path: Path) -> None:
    settings = load_settings(Door.FORUM, environ(tmp_path))
    with pytest.raises(AttributeError):
        settings.samples = False  # type: ignore[misc]


@pytest.mark.parametrize(
    ("door", "given", "sentence"),
    [
        ("forum", {"KOSODATE_MODE": "live"}, "KOSODATE_MODE=live"),
        ("triage", {"KOSODATE_MODE": "live"}, "KOSODATE_MODE=live"),
        ("forum", {"KOSODATE_CITY": "nowhere"}, "nowhere"),
    ],
)
def test_a_start_that_is_refused_says_a_sentence_and_shows_no_trace(
    tmp_path: Path, door: str, given: dict[str, str], sentence: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", f"wsgi:{door}", "setup"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environ(tmp_path), **given},
        check=False,
    )
    assert done.returncode != 0
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
