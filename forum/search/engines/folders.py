"""Where index folders lie, who may write, and how a new one takes the place of the old.

<path>/CURRENT            name of the folder that answers; replaced in one step
<path>/index-<hex>/       an index with its stamp.json
<path>/building-<hex>/    a rebuild at work, with journal.jsonl of what changed meanwhile
<path>/lock, rebuild.lock held while writing, while rebuilding; freed by the system if killed
<path>/BROKEN             generation that could not be read, told by whoever met it
"""

import fcntl
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from forum.errors import Refused

_NAME = re.compile(r"index-[0-9a-f]{12}")
_TOC = re.compile(r"_MAIN_(\d+)\.toc")


class Folders:
    """The folders under one path; holds no file open between calls."""

    def __init__(self, path: Path, stamp: str) -> None:
        self.path = path
        self.stamp = stamp

    def current(self) -> Path | None:
        """The folder that answers, if it was made under the present stamp."""
        try:
            name = (self.path / "CURRENT").read_text(encoding="ascii").strip()
            folder = self.path / name
            if not _NAME.fullmatch(name) or not folder.is_dir():
                return None
            stamp = json.loads((folder / "stamp.json").read_text(encoding="ascii"))["stamp"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return folder if stamp == self.stamp else None

    def generation(self) -> str:
        """Folder and number of its newest commit; "" without an index."""
        folder = self.current()
        if folder is None:
            return ""
        try:
            commits = [int(m.group(1)) for name in os.listdir(folder) if (m := _TOC.fullmatch(name))]
        except OSError:
            return ""
        return f"{folder.name.removeprefix('index-')}.{max(commits)}" if commits else ""

    def broken(self) -> str:
        """The generation that was found unreadable, or ""."""
        try:
            return (self.path / "BROKEN").read_text(encoding="ascii")
        except (OSError, ValueError):
            return ""

    def tell_broken(self, generation: str) -> None:
        """Tell every process; a reader without the right to write keeps it to itself."""
        with suppress(OSError):
            (self.path / "BROKEN").write_text(generation, encoding="ascii")

    @contextmanager
    def writing(self, timeout: float) -> Iterator[None]:
        """Hold the writers' lock; Refused("search_busy") after `timeout` seconds."""
        with _locked(self.path / "lock", timeout) as held:
            if not held:
                raise Refused("search_busy")
            yield

    @contextmanager
    def rebuilding(self) -> Iterator[Path]:
        """A fresh folder to build in; Refused("rebuild_running") when another rebuild is at work."""
        with _locked(self.path / "rebuild.lock", 1) as held:  # a writer may look whether it is held
            if not held:
                raise Refused("rebuild_running")
            with self.writing(60):
                self._clear()
                folder = self.path / f"building-{secrets.token_hex(6)}"
                folder.mkdir()
                (folder / "stamp.json").write_text(json.dumps({"stamp": self.stamp}), encoding="ascii")
                (folder / "journal.jsonl").touch()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def journal(self) -> Path | None:
        """Where changes must be noted for a rebuild at work, under the writers' lock; None without one."""
        with _locked(self.path / "rebuild.lock", 0) as idle:
            if idle:
                return None
        return next(self.path.glob("building-*/journal.jsonl"), None)

    def change_over(self, built: Path) -> None:
        """Let `built` answer from now on; the caller holds the writers' lock."""
        (built / "journal.jsonl").unlink()
        folder = self.path / built.name.replace("building-", "index-")
        built.rename(folder)
        pointer = self.path / "CURRENT.new"
        with pointer.open("w", encoding="ascii") as file:
            file.write(folder.name)
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.path / "CURRENT")
        self._clear()

    def sweep(self) -> None:
        """Remove what killed rebuilds left; the caller holds the writers' lock."""
        with _locked(self.path / "rebuild.lock", 0) as idle:
            if idle:
                self._clear()

    def _clear(self) -> None:
        """Everything but the folder that answers, whatever its stamp; readers keep their open files."""
        try:
            kept = (self.path / "CURRENT").read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            kept = ""
        for folder in [*self.path.glob("index-*"), *self.path.glob("building-*")]:
            if folder.name != kept:
                shutil.rmtree(folder, ignore_errors=True)
        if self.broken() != self.generation():
            (self.path / "BROKEN").unlink(missing_ok=True)


@contextmanager
def _locked(path: Path, timeout: float) -> Iterator[bool]:
    """Whether the system's lock on a file was got within `timeout` seconds; it dies with the process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + timeout
    with path.open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() >= until:
                    yield False
                    return
                time.sleep(0.01)
        yield True
