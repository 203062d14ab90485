"""Whoosh as the keeper of postings: writing, opening, changing over. Scoring is in whoosh_scoring."""

import json
import logging
import os
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from whoosh.writing import NO_MERGE, SegmentWriter

from forum.errors import Refused
from forum.search.engines import whoosh_writing
from forum.search.engines.folders import Folders
from forum.search.engines.whoosh_scoring import Known, Postings
from forum.search.engines.whoosh_writing import LAYOUT, SEGMENT, WRITER_TIMEOUT, MergePolicy
from forum.search.types import Found, Question, Row

_PROGRESS_EVERY = 50  # documents
_OPENING_TRIES = 4

_log = logging.getLogger(__name__)


class WhooshEngine:
    """See types.Engine. One reader a process, opened anew (never refreshed) after a change or a failure."""

    def __init__(self, path: Path, stamp: str) -> None:
        self._folders = Folders(path, f"whoosh-{LAYOUT}-{stamp}")
        self._tables: Known = {}
        self._become()

    def ready(self) -> bool:
        """See types.Engine."""
        with self._alone():
            return self._opened() is not None

    def generation(self) -> str:
        """See types.Engine."""
        return self._folders.generation()

    def count(self) -> int:
        """See types.Engine."""
        with self._alone():
            opened = self._opened()
            return opened.count if opened else 0

    def put(self, rows: Collection[Row]) -> None:
        """See types.Engine."""

        if rows:
            notes = [{"put": row.id, "terms": row.terms.to_json()} for row in rows]
            self._change(notes, partial(whoosh_writing.replace, rows))

    def drop(self, ids: Collection[str]) -> None:
        """See types.Engine."""

        if ids:
            self._change([{"drop": each} for each in ids], partial(whoosh_writing.delete, ids))

    def purge(self) -> None:
        """See types.Engine. Rewrites only the segments in which something was deleted."""
        with self._folders.writing(WRITER_TIMEOUT):
            self._folders.sweep()
            self._write_current(lambda writer: None, mergetype=whoosh_writing.without_deletions)

    def search(self, question: Question, limit: int) -> list[Found]:
        """See types.Engine. A reader that raised is opened anew; a second failure calls for a rebuild."""
        with self._alone():
            for _ in range(2):
                opened = self._opened()
                if opened is None:
                    return []
                try:
                    return opened.search(question, limit)
                except Exception:  # noqa: BLE001 a torn file may raise anything
                    _log.exception("the search index could not be read; opening it anew")
                    self._close()
            self._folders.tell_broken(self.generation())
            return []

    def rebuild(self, rows: Iterable[Row], progress: Callable[[int], None] | None) -> None:
        """See types.Engine."""
        with self._folders.rebuilding() as folder:
            whoosh_writing.create(folder)
            done: set[str] = set()

            def tell(row: Row) -> Row:
                done.add(row.id)
                if progress and len(done) % _PROGRESS_EVERY == 0:
                    progress(len(done))
                return row

            for part in _parts((tell(row) for row in rows if row.id not in done), SEGMENT):
                whoosh_writing.commit(folder, partial(whoosh_writing.add, part), NO_MERGE)
            with self._folders.writing(WRITER_TIMEOUT):
                notes = (folder / "journal.jsonl").read_text(encoding="utf-8").splitlines()
                whoosh_writing.commit(folder, partial(whoosh_writing.replay, notes))
                self._folders.change_over(folder)
            if progress:
                progress(len(done))

    def _change(self, notes: list[dict[str, str]], write: Callable[[SegmentWriter], None]) -> None:
        """Write into the index that answers, and into the journal of a rebuild at work."""
        with self._folders.writing(WRITER_TIMEOUT):
            journal = self._folders.journal()
            if journal:
                with journal.open("a", encoding="utf-8") as file:
                    file.writelines(json.dumps(note) + "\n" for note in notes)
            self._write_current(write)

    def _write_current(
        self, write: Callable[[SegmentWriter], None], mergetype: MergePolicy | None = None
    ) -> None:
        """One commit into the index that answers, if there is a sound one; the caller holds the lock.

        A full disk raises OSError and leaves the index as it was; files that cannot be understood
        call for a rebuild, which brings the change too.
        """
        folder, generation = self._folders.current(), self.generation()
        if folder is None or not generation or generation == self._folders.broken():
            return
        try:
            whoosh_writing.sweep(folder)
            whoosh_writing.commit(folder, write, mergetype)
            whoosh_writing.sweep(folder)
        except Refused:
            raise
        except Exception as fault:
            if isinstance(fault, OSError) and not isinstance(fault, FileNotFoundError):
                raise
            _log.exception("the search index could not be written")
            self._folders.tell_broken(generation)

    def _alone(self) -> threading.RLock:
        """The lock of this process; a forked child starts with its own lock and reader."""
        if self._process != os.getpid():
            self._become()
        return self._lock

    def _become(self) -> None:
        self._process = os.getpid()
        self._lock = threading.RLock()
        self._postings: Postings | None = None
        self._generation = ""

    def _opened(self) -> Postings | None:
        """The reader of the present generation; None when there is no sound index."""
        for attempt in range(_OPENING_TRIES):
            generation = self.generation()
            if not generation or generation == self._folders.broken():
                self._close()
                return None
            if self._postings and generation == self._generation:
                return self._postings
            self._close()
            try:
                folder = self._folders.current()
                if folder:
                    self._postings = Postings(folder, self._tables)
                    self._generation = generation
                    return self._postings
            except Exception:  # noqa: BLE001 a change-over of another process may pass underneath
                if attempt == _OPENING_TRIES - 1:
                    _log.exception("the search index could not be opened")
                    self._folders.tell_broken(generation)
            time.sleep(0.02 * attempt)
        return None

    def _close(self) -> None:
        if self._postings:
            try:
                self._postings.close()
            except Exception:  # noqa: BLE001 what is thrown away may be broken in any way
                _log.warning("a reader of the search index did not close", exc_info=True)
        self._postings = None
        self._generation = ""


def _parts(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    source = iter(rows)
    while part := list(islice(source, size)):
        yield part
