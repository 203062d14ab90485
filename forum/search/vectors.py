"""The vectors of documents beside the index: one row of 144 bytes each, mapped into memory.

A row is the hash of a document's id and its vector as int8. Rows are added at the end and blanked when
a document goes; readers look again when the file has grown or was replaced. Documents without a row
are simply not moved by meaning.
"""

import fcntl
import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forum.language.vectors import DIMENSIONS, Vectors
from forum.search.rules import VECTOR_WEIGHT
from forum.search.types import DocumentTerms, Found, Question, Row

_KEY = 16
_ROW = _KEY + DIMENSIONS
_HEAD = _ROW  # the first row holds the stamp of the word vectors
_FILE = "vectors.rows"

Array = NDArray[Any]


class DocumentVectors:
    """The table of one index, in its folder. Safe for threads; one process writes at a time."""

    def __init__(self, folder: Path, vectors: Vectors) -> None:
        self._path = folder / _FILE
        self._lock_path = folder / "vectors.lock"
        self._words = vectors
        self._head = f"document-vectors-1 {vectors.stamp}".encode().ljust(_HEAD)
        self._guard = Lock()
        self._seen: tuple[int, int] = (0, 0)  # inode and size of what is mapped
        self._data: Array = np.zeros((0, _ROW), dtype=np.uint8)
        self._places: dict[bytes, int] = {}

    def ready(self) -> bool:
        """Whether the table is there and made with the present word vectors; else rebuild."""
        try:
            with self._path.open("rb") as file:
                return file.read(_HEAD) == self._head
        except OSError:
            return False

    def put(self, rows: Iterable[Row]) -> None:
        """Add or replace documents; without a table nothing, the rebuild brings them. OSError: disk."""
        with self._writing():
            if not self.ready():
                return
            ids, records = self._records(rows)
            self._blank(ids)
            whole = self._path.stat().st_size // _ROW * _ROW
            with self._path.open("r+b") as file:
                file.truncate(whole)  # what a kill may have left of a row
                file.seek(whole)
                file.write(b"".join(records))

    def drop(self, ids: Collection[str]) -> None:
        """Erase the vectors of documents."""
        with self._writing():
            if self.ready():
                self._blank(ids)

    def rebuild(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Pass the rows of a rebuild through and make a new table of them, which takes the place of the
        old one when the last has passed."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(f".{os.getpid()}")
        before = self._table()
        try:
            with fresh.open("wb") as file:
                file.write(self._head)
                for row in rows:
                    file.write(b"".join(self._records([row])[1]))
                    yield row
            with self._writing():
                self._carry_over(before, fresh)
                fresh.replace(self._path)
        finally:
            fresh.unlink(missing_ok=True)

    def fused(self, question: Question, candidates: Sequence[Found]) -> list[Found]:
        """The candidates with scores to which nearness of meaning is added, each measured in spreads of
        its own kind: the words' order stays where meaning tells nothing."""
        asked = self._words.of(question.words)
        if asked is None or len(candidates) < 2:
            return list(candidates)
        scores = np.array([found.score for found in candidates])
        near = self.nearness(asked, [found.id for found in candidates])
        there = ~np.isnan(near)
        spread = float(near[there].std()) if there.sum() > 1 else 0.0
        if spread < 1e-6:
            return list(candidates)
        lift = np.where(there, (near - near[there].mean()) / spread, 0.0)
        total = scores + VECTOR_WEIGHT * float(scores.std()) * lift
        least = min(0.0, float(total.min()))  # scores stay above nothing, as rules of ratio expect
        return [
            found._replace(score=float(score - least) + 1e-6)
            for found, score in zip(candidates, total, strict=True)
        ]

    def nearness(self, asked: Array, ids: Sequence[str]) -> Array:
        """The cosine of each document to a vector; not a number for those without a row."""
        with self._guard:
            self._look()
            data, places = self._data, [self._places.get(_key(name), -1) for name in ids]
        found = np.full(len(ids), np.nan)
        at = np.array(places)
        has = np.flatnonzero(at >= 0)
        if has.size:
            rows = data[at[has], _KEY:].view(np.int8).astype(np.float32)
            lengths = np.linalg.norm(rows, axis=1)
            found[has] = np.where(lengths > 0, rows @ asked / np.maximum(lengths, 1.0), np.nan)
        return found

    def _table(self) -> Array:
        """A copy of the keys of the table as it is now; empty without a sound one."""
        if not self.ready():
            return np.zeros((0, _ROW), dtype=np.uint8)
        data = np.fromfile(self._path, dtype=np.uint8)
        return data[: data.size // _ROW * _ROW].reshape(-1, _ROW)

    def _carry_over(self, before: Array, fresh: Path) -> None:
        """Bring what was put and dropped during a rebuild into the new table."""
        now = self._table()
        if not len(before) or len(now) < len(before):
            return
        gone = before[:, :_KEY][before[:, :_KEY].any(axis=1) & ~now[: len(before), :_KEY].any(axis=1)]
        erased = {key.tobytes() for key in gone}
        made = np.fromfile(fresh, dtype=np.uint8).reshape(-1, _ROW)
        for place in range(1, len(made)):
            if made[place, :_KEY].tobytes() in erased:
                made[place] = 0
        added = now[len(before) :]
        fresh.write_bytes(made.tobytes() + added[added[:, :_KEY].any(axis=1)].tobytes())

    def _records(self, rows: Iterable[Row]) -> tuple[list[str], list[bytes]]:
        ids, records = [], []
        for row in rows:
            ids.append(row.id)
            vector = self._words.of([(word, 1.0) for word in _words_of(row.terms)])
            if vector is not None:
                scaled = np.rint(vector / float(np.abs(vector).max()) * 127).astype(np.int8)
                records.append(_key(row.id) + scaled.tobytes())
        return ids, records

    def _blank(self, ids: Collection[str]) -> None:
        with self._guard:
            self._look()
            places = [self._places.pop(_key(name), -1) for name in ids]
        with self._path.open("r+b") as file:
            for place in places:
                if place > 0:
                    file.seek(place * _ROW)
                    file.write(bytes(_ROW))

    def _look(self) -> None:
        """Map the file anew when it has grown or another took its place; only new rows are read."""
        try:
            state = self._path.stat()
        except OSError:
            self._seen, self._places, self._data = (0, 0), {}, self._data[:0]
            return
        rows = state.st_size // _ROW
        if (state.st_ino, rows) == self._seen:
            return
        grown = state.st_ino == self._seen[0] and rows > self._seen[1]
        first = self._seen[1] if grown else 1
        if not grown:
            self._places = {}
        if not self.ready():
            self._seen = (0, 0)
            return
        self._data = np.memmap(self._path, dtype=np.uint8, mode="r", shape=(rows, _ROW))
        for place in range(first, rows):
            self._places[self._data[place, :_KEY].tobytes()] = place
        self._seen = (state.st_ino, rows)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._lock_path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock_path.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _key(name: str) -> bytes:
    return hashlib.blake2b(name.encode(), digest_size=_KEY).digest()


def _words_of(terms: DocumentTerms) -> tuple[str, ...]:
    return terms.title + terms.body + terms.replies
