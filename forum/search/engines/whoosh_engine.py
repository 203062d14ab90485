"""Whoosh as the keeper of postings: writing, opening, changing over. Scoring is in whoosh_scoring."""

import json
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import LockError
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from forum.errors import Refused
from forum.language.tokens import grams
from forum.search.engines.folders import Folders
from forum.search.engines.whoosh_scoring import TEXT_FIELDS, Lengths, Postings
from forum.search.types import DocumentTerms, Found, Question, Row

_LAYOUT = 1  # raise it when the fields below change
_WRITER_TIMEOUT = 20.0  # seconds
_PROGRESS_EVERY = 50  # documents
_OPENING_TRIES = 4

_log = logging.getLogger(__name__)


def _schema() -> Schema:
    """Base forms by part, readings as 3-grams, concept ids; nothing stored but the id, no positions."""
    names = (*TEXT_FIELDS, "reading", "concepts")
    fields = {name: TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False, stored=False) for name in names}
    return Schema(id=ID(stored=True, unique=True), **fields)


class WhooshEngine:
    """See types.Engine. One reader a process, opened anew (never refreshed) after a change or a failure."""

    def __init__(self, path: Path, stamp: str) -> None:
        self._folders = Folders(path, f"whoosh-{_LAYOUT}-{stamp}")
        self._lengths: Lengths = {}
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

        def write(writer: SegmentWriter) -> None:
            for row in rows:
                writer.delete_by_term("id", row.id)
                writer.add_document(**_fields(row))

        if rows:
            self._change([{"put": row.id, "terms": row.terms.to_json()} for row in rows], write)

    def drop(self, ids: Collection[str]) -> None:
        """See types.Engine."""

        def write(writer: SegmentWriter) -> None:
            for each in ids:
                writer.delete_by_term("id", each)

        if ids:
            self._change([{"drop": each} for each in ids], write)

    def purge(self) -> None:
        """See types.Engine. Rewrites only the segments in which something was deleted."""
        with self._folders.writing(_WRITER_TIMEOUT):
            self._folders.sweep()
            self._write_current(lambda writer: None, mergetype=_rewrite_deletions)

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
            writer = index.create_in(str(folder), _schema()).writer(limitmb=128)
            try:
                done = 0
                for row in rows:
                    writer.delete_by_term("id", row.id)
                    writer.add_document(**_fields(row))
                    done += 1
                    if progress and done % _PROGRESS_EVERY == 0:
                        progress(done)
            except BaseException:
                writer.cancel()
                raise
            writer.commit()
            with self._folders.writing(_WRITER_TIMEOUT):
                notes = (folder / "journal.jsonl").read_text(encoding="utf-8").splitlines()
                _write(folder, lambda late: _replay(late, [json.loads(note) for note in notes]))
                self._folders.change_over(folder)
            if progress:
                progress(done)

    def _change(self, notes: list[dict[str, str]], write: Callable[[SegmentWriter], None]) -> None:
        """Write into the index that answers, and into the journal of a rebuild at work."""
        with self._folders.writing(_WRITER_TIMEOUT):
            journal = self._folders.journal()
            if journal:
                with journal.open("a", encoding="utf-8") as file:
                    file.writelines(json.dumps(note) + "\n" for note in notes)
            self._write_current(write)

    def _write_current(self, write: Callable[[SegmentWriter], None], **commit: Any) -> None:
        """One commit into the index that answers, if there is a sound one; the caller holds the lock.

        A full disk raises OSError and leaves the index as it was; files that cannot be understood
        call for a rebuild, which brings the change too.
        """
        folder, generation = self._folders.current(), self.generation()
        if folder is None or not generation or generation == self._folders.broken():
            return
        try:
            _sweep(folder)
            _write(folder, write, **commit)
            _sweep(folder)
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
                    self._postings = Postings(index.open_dir(str(folder)), self._lengths)
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


def _fields(row: Row) -> dict[str, str]:
    terms = row.terms
    texts = {
        "title": terms.title,
        "body": terms.body,
        "replies": terms.replies,
        "reading": grams(list(terms.reading)),
        "concepts": terms.concepts,
    }
    return {"id": row.id, **{name: " ".join(words) for name, words in texts.items() if words}}


def _write(folder: Path, write: Callable[[SegmentWriter], None], **commit: Any) -> None:
    """One commit; nothing of it is kept when `write` raises."""
    try:
        writer = index.open_dir(str(folder)).writer(timeout=_WRITER_TIMEOUT, delay=0.02, limitmb=64)
    except LockError as locked:
        raise Refused("search_busy") from locked
    try:
        write(writer)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(**commit)


def _replay(writer: SegmentWriter, notes: list[dict[str, str]]) -> None:
    """The last note on each document counts."""
    for note in {note.get("put") or note["drop"]: note for note in notes}.values():
        if "put" in note:
            row = Row(note["put"], DocumentTerms.from_json(note["terms"]))
            writer.delete_by_term("id", row.id)
            writer.add_document(**_fields(row))
        else:
            writer.delete_by_term("id", note["drop"])


def _rewrite_deletions(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """A merge policy of Whoosh: segments with deletions are written anew without them, others stay."""
    kept = []
    for segment in segments:
        if segment.has_deletions():
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
        else:
            kept.append(segment)
    return kept


def _sweep(folder: Path) -> None:
    """Remove what a killed writer left: Whoosh itself only does so for some of its files."""
    toc = index.TOC.read(FileStorage(str(folder)), "MAIN")
    kept = {segment.segment_id() for segment in toc.segments}
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith("_MAIN_"):
            if path.name != f"_MAIN_{toc.generation}.toc":
                path.unlink(missing_ok=True)
        elif path.name.startswith("MAIN_") and "." in path.name and path.name.split(".")[0] not in kept:
            path.unlink(missing_ok=True)
