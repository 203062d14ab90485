"""The locks: every package pinned and hashed, and no host named, so that any mirror serves."""

import re
import tomllib
from pathlib import Path

import pytest

from config import ROOT

CORE = ROOT / "requirements.lock"
DEV = ROOT / "requirements-dev.lock"
VIRTUALENV = ROOT / ".make" / "virtualenv.lock"
LOCKS = (CORE, DEV, VIRTUALENV)
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==([^ ]+)( ; [^\\]+)? \\$")


def entries(lock: Path) -> dict[str, list[str]]:
    """The lines of each package in a lock, by "name==version marker"."""
    found: dict[str, list[str]] = {}
    present = ""
    for line in lock.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            present = line.rstrip(" \\")
            found[present] = [line]
        elif present:
            found[present].append(line)
    return found


def names(lock: Path) -> set[str]:
    return {entry.split("==")[0] for entry in entries(lock)}


def plain(requirement: str) -> str:
    """The name in a requirement, as locks write it."""
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.name)
def test_a_lock_names_no_host_and_no_path(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"(?m)^\s*(-i|-f|--[a-z-]*index[a-z-]*|--find-links|--trusted-host)\b", text)
    assert not re.search(r"(^|\s)(/|file:|\.\.?/)", text)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.name)
def test_every_package_is_pinned_and_hashed(lock: Path) -> None:
    assert entries(lock)
    for entry, lines in entries(lock).items():
        assert PIN.match(lines[0]), lines[0]
        assert any(re.search(r"--hash=sha256:[0-9a-f]{64}", line) for line in lines), entry


def test_what_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {plain(r) for r in project["project"]["dependencies"]}
    assert asked <= names(CORE)
    assert {plain(r) for r in project["dependency-groups"]["dev"]} <= names(DEV)


def test_tests_run_on_the_very_versions_that_are_run() -> None:
    assert set(entries(CORE)) <= set(entries(DEV))
    for entry, lines in entries(CORE).items():
        hashes = {h for line in lines for h in re.findall(r"sha256:[0-9a-f]{64}", line)}
        others = {h for line in entries(DEV)[entry] for h in re.findall(r"sha256:[0-9a-f]{64}", line)}
        assert hashes == others, entry
