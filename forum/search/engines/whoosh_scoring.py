"""The tables of all segments of a Whoosh index, for scoring.

Whoosh's own tree of matchers is not used: with its default block skipping an ordinary question can
run for ever (whoosh-community issue 446), and it is many times slower.
"""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.reading import SegmentReader

from forum.search.engines.scoring import NOTHING, Scorer
from forum.search.engines.tables import Array, Tables, build, hashes_of, load

Known = dict[str, Tables]  # by segment


class Postings(Scorer):
    """One generation of an index. Not for two threads at once."""

    def __init__(self, folder: Path, known: Known) -> None:
        """`known` is kept by the caller from one generation to the next: segments do not change."""
        storage = FileStorage(str(folder))
        toc = TOC.read(storage, "MAIN")
        segments = [segment for segment in toc.segments if segment.doc_count_all()]
        wanted: Known = {}
        for segment in segments:
            name = segment.segment_id()
            # Between a commit and its table a reader makes its own.
            tables = known.get(name) or load(folder, name)
            if tables is None:
                reader = SegmentReader(storage, toc.schema, segment)
                tables = build(reader)
                reader.close()
            wanted[name] = tables
        known.clear()
        known.update(wanted)
        self._tables = list(wanted.values())
        sizes = [tables.ids.size for tables in self._tables]
        self._offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        self.size = sum(sizes)
        deleted = [
            offset + np.fromiter(segment.deleted_docs(), dtype=np.int64)
            for segment, offset in zip(segments, self._offsets, strict=False)
            if segment.has_deletions()
        ]
        self.deleted = np.concatenate(deleted) if deleted else np.zeros(0, dtype=np.int64)
        self.weigh()

    def close(self) -> None:
        """Give the files back."""
        self._tables = []

    def frequencies(self, name: str, texts: Sequence[str]) -> Array:
        """See Scorer."""
        lows, highs = self._places(name, texts)
        return (highs - lows).sum(axis=0)

    def postings(self, name: str, texts: Sequence[str], until: float) -> list[tuple[Array, Array]]:
        """See Scorer."""
        lows, highs = self._places(name, texts)
        return [
            NOTHING if time.perf_counter() >= until else self._postings(name, lows[:, i], highs[:, i])
            for i in range(len(texts))
        ]

    def lengths(self, name: str) -> Array:
        """See Scorer."""
        parts = [tables.fields[name].lengths for tables in self._tables]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint32)

    def ids(self, docs: Array) -> dict[int, str]:
        """See Scorer."""
        rows = np.searchsorted(self._offsets, docs, side="right") - 1
        return {
            int(doc): bytes(self._tables[row].ids[doc - self._offsets[row]]).decode()
            for doc, row in zip(docs, rows, strict=True)
        }

    def _places(self, name: str, texts: Sequence[str]) -> tuple[Array, Array]:
        """Where the postings of each term begin and end, segments by terms."""
        wanted = hashes_of(texts)
        lows = np.zeros((len(self._tables), len(texts)), dtype=np.int64)
        highs = np.zeros_like(lows)
        for row, tables in enumerate(self._tables):
            field = tables.fields[name]
            if not field.hashes.size:
                continue
            at = np.minimum(np.searchsorted(field.hashes, wanted), field.hashes.size - 1)
            there = field.hashes[at] == wanted
            lows[row, there] = field.starts[at[there]]
            highs[row, there] = field.starts[at[there] + 1]
        return lows, highs

    def _postings(self, name: str, lows: Array, highs: Array) -> tuple[Array, Array]:
        """Documents and counts of one term over all segments."""
        docs, counts = [], []
        for row in np.flatnonzero(highs):
            field = self._tables[row].fields[name]
            docs.append(field.docs[lows[row] : highs[row]].astype(np.int32) + np.int32(self._offsets[row]))
            counts.append(field.counts[lows[row] : highs[row]])
        return (np.concatenate(docs), np.concatenate(counts)) if docs else NOTHING
