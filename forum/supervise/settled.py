"""Whether anything changed since the last good start: if not, nothing need be set up again.

Setting up is quick when nothing changed, but it loads the whole program once more; a second start
should take seconds. Where there is doubt, the answer is that something changed.
"""

import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from config import ROOT, Settings

_PROGRAM = ("forum", "migrations", "config.py", "wsgi.py", "requirements.lock")


class Settled:
    """The state that both set-up commands left behind, as one number in the instance folder."""

    def __init__(self, *wings: Settings) -> None:
        self.wings = wings
        self.file = wings[0].instance / "settled"

    def still(self) -> bool:
        """True if program, settings, city and the shape of the databases are as they were. Forgets the
        number when they are not, so that a start that fails half-way is not taken for a good one.
        """
        now = self._number()
        if now and self.file.exists() and self.file.read_text(encoding="ascii") == now:
            return True
        self.file.unlink(missing_ok=True)
        return False

    def remember(self) -> None:
        """Keep the number of this moment: everything is set up."""
        number = self._number()
        if number:
            self.file.write_text(number, encoding="ascii")

    def _number(self) -> str:
        """Empty when it cannot be known: a database elsewhere, or none yet."""
        facts = [sys.version, date.today().isoformat()]  # noqa: DTZ011  (facts of a city may end with the day)
        for wing in self.wings:
            shape = _shape(wing.database_url)
            if not shape:
                return ""
            facts += [shape, wing.mode, wing.city, str(wing.samples)]
        if not any((self.file.parent / "index").glob("*")):
            return ""
        for path in (*(ROOT / name for name in _PROGRAM), Path(self.wings[0].city)):
            facts += _files(path)
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def _shape(url: str) -> str:
    """Which file a SQLite database is, and its revision; empty for anything else."""
    path = Path(url.removeprefix("sqlite:///"))
    if not url.startswith("sqlite:///") or not path.is_file():
        return ""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=1)) as connection:
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.Error:
        return ""
    return f"{path} {path.stat().st_ino} {revision}"


def _files(top: Path) -> Iterator[str]:
    """Name, size and time of every file below a folder that is not made by Python itself."""
    if top.is_file():
        yield _file(top)
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(set(folders) - {"__pycache__"})
        for name in sorted(names):
            yield _file(Path(folder) / name)


def _file(path: Path) -> str:
    found = path.stat()
    return f"{path} {found.st_size} {found.st_mtime_ns}"
