"""The contracts of pyproject.toml: who may know whom. Run here so that plain pytest holds them too."""

import subprocess
import sys
import tomllib
from typing import Any

import pytest

from config import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS: dict[str, dict[str, Any]] = {c["id"]: c for c in PROJECT["tool"]["importlinter"]["contracts"]}
# What the wing may know besides itself. Of the outbox: what carries any wing's own table, see the contract.
OPEN_TO_THE_WING = {
    *("clock", "ids", "errors", "storage", "language", "city", "doors", "web", "privacy"),
    *("migrating", "outbox", "sealing", "credentials", "mail"),
}
OPEN_TO_THE_SUPERVISOR = {"clock", "ids", "errors"}


def rooms() -> set[str]:
    """Names of the rooms: everything that stands directly in forum/."""
    found = {path.stem for path in (ROOT / "forum").glob("*.py")}
    found |= {path.parent.name for path in (ROOT / "forum").glob("*/__init__.py")}
    return found - {"__init__"}


def test_all_contracts_are_kept() -> None:
    linter = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", linter, "--no-cache"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in done.stdout


@pytest.mark.parametrize(
    ("contract", "named_apart"),
    [
        ("wall-inside", OPEN_TO_THE_WING | {"safeguarding"}),
        ("supervisor", OPEN_TO_THE_SUPERVISOR | {"supervise"}),
    ],
)
def test_a_new_room_is_decided_on_for_each_list(contract: str, named_apart: set[str]) -> None:
    """A list of what is forbidden forgets the room that comes tomorrow; this makes it be asked for."""
    names = CONTRACTS[contract]["forbidden_modules"]
    forbidden = {name.split(".")[1] for name in names if name.startswith("forum.")}
    assert rooms() - forbidden - named_apart == set()


def test_the_tables_of_every_room_are_protected() -> None:
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in (ROOT / "forum").rglob("models.py")
    }
    protected = {
        module
        for contract in CONTRACTS.values()
        if contract["id"].startswith("tables-")
        for module in contract["protected_modules"]
    }
    assert modules == protected
