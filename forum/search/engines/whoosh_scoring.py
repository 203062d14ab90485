"""BM25 over the tables of all segments, a few array operations a term.

Whoosh's own tree of matchers is not used: with its default block skipping an ordinary question can
run for ever (whoosh-community issue 446), and it is many times slower.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.reading import SegmentReader

from forum.search.engines.tables import FIELDS, Array, Tables, build, hashes_of, load
from forum.search.rules import CONCEPTS, GRAMS, MOST_GRAMS, MOST_WORDS, TIME_BUDGET, WORDS, Bm25
from forum.search.types import Found, Question

Known = dict[str, Tables]  # by segment
_KINDS = {"words": WORDS, "reading": GRAMS, "concepts": CONCEPTS}


@dataclass(frozen=True)
class _Term:
    """A term of the question as the index has it: in which documents, how often, and what it is worth."""

    text: str
    docs: Array
    counts: Array
    worth: float
    idf: float


class Postings:
    """One generation of an index, open for questions. Not for two threads at once."""

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
        self._all = max(1, sum(sizes))
        deleted = [
            offset + np.fromiter(segment.deleted_docs(), dtype=np.int64)
            for segment, offset in zip(segments, self._offsets, strict=False)
            if segment.has_deletions()
        ]
        self._deleted: Array = np.concatenate(deleted) if deleted else np.zeros(0, dtype=np.int64)
        self.count = sum(sizes) - self._deleted.size
        self._norms = {name: self._norms_of(name) for name in FIELDS}

    def close(self) -> None:
        """Give the files back."""
        self._tables = []

    def search(self, question: Question, limit: int) -> list[Found]:
        """The `limit` best documents; terms are left out, concepts last, when the time budget is used up."""
        until = time.perf_counter() + TIME_BUDGET
        concepts = self._read(question.concepts, "concepts", len(question.concepts), until)
        words = self._read(question.words, "words", MOST_WORDS, until)
        unmet = _unmet(words)
        grams = self._read(question.grams, "reading", MOST_GRAMS, until) if unmet else []
        scores = np.zeros(self._all)
        for name, terms, part in (
            ("words", words, 1.0),
            ("concepts", concepts, 1.0),
            ("reading", grams, unmet),
        ):
            self._add(scores, terms, name, part)
        scores[self._deleted] = 0
        best = _best(scores, limit)
        has = [self._held(terms, best) for terms in (words, concepts, grams)]
        return [
            Found(
                self._id(doc),
                float(scores[doc]),
                _texts(words, has[0][:, place]),
                _texts(concepts, has[1][:, place]),
                _share(words, has[0][:, place]),
                _share(grams, has[2][:, place]),
            )
            for place, doc in enumerate(best)
        ]

    def _read(self, asked: Sequence[tuple[str, float]], name: str, most: int, until: float) -> list[_Term]:
        """The `most` most telling terms, rarest first, and beside them those that no document has, which
        count in `_share`. A few are simply read."""
        if not asked:
            return []
        lows, highs = self._places(name, [text for text, _ in asked])
        frequencies = (highs - lows).sum(axis=0)
        order = range(len(asked))
        if len(asked) > most:
            rated = sorted(
                (not frequencies[i], -asked[i][1] * self._idf(frequencies[i]), asked[i][0], i) for i in order
            )
            met = [entry[-1] for entry in rated if not entry[0]][:most]
            order = [*met, *(entry[-1] for entry in rated if entry[0])]  # type: ignore[assignment]
        terms = []
        for i in order:
            late = time.perf_counter() >= until
            docs, counts = _NOTHING if late else self._postings(name, lows[:, i], highs[:, i])
            idf = self._idf(docs.size)
            terms.append(_Term(asked[i][0], docs, counts, asked[i][1] * idf, idf))
        return terms

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
        return (np.concatenate(docs), np.concatenate(counts)) if docs else _NOTHING

    def _add(self, scores: Array, terms: list[_Term], name: str, part: float) -> None:
        kind, norms = _KINDS[name], self._norms[name]
        for term in terms:
            worth = part * kind.weight * term.worth * (kind.k1 + 1)
            counts = term.counts.astype(np.float64)
            scores[term.docs] += worth * counts / (counts + norms[term.docs])

    def _held(self, terms: list[_Term], best: Array) -> Array:
        """Which terms the best documents have, terms by documents."""
        place = np.full(self._all, -1, dtype=np.int32)
        place[best] = np.arange(best.size)
        held = np.zeros((len(terms), best.size), dtype=bool)
        for row, term in enumerate(terms):
            at = place[term.docs]
            held[row, at[at >= 0]] = True
        return held

    def _idf(self, documents: int) -> float:
        return log(1 + (self._all - int(documents) + 0.5) / (int(documents) + 0.5))

    def _norms_of(self, name: str) -> Array:
        """For each document the part of BM25's denominator that depends on its length."""
        kind: Bm25 = _KINDS[name]
        lengths = [tables.fields[name].lengths for tables in self._tables]
        totals = np.concatenate(lengths).astype(np.float64) if lengths else np.zeros(1)
        mean = max(1.0, float(totals.sum()) / self._all)
        return kind.k1 * (1 - kind.b + kind.b * totals / mean)

    def _id(self, doc: int) -> str:
        row = int(np.searchsorted(self._offsets, doc, side="right")) - 1
        return bytes(self._tables[row].ids[doc - self._offsets[row]]).decode()


_NOTHING: tuple[Array, Array] = (np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.uint8))


def _best(scores: Array, limit: int) -> Array:
    """The numbers of the best documents, best first, earlier ones first among equals."""
    found = np.flatnonzero(scores > 0)
    if found.size > limit:
        found = found[np.argpartition(-scores[found], limit - 1)[:limit]]
    return found[np.lexsort((found, -scores[found]))]


def _texts(terms: list[_Term], held: Array) -> tuple[str, ...]:
    return tuple(term.text for term, has in zip(terms, held, strict=True) if has)


def _share(terms: list[_Term], held: Array) -> float:
    total = sum(term.idf for term in terms)
    return sum(term.idf for term, has in zip(terms, held, strict=True) if has) / total if total else 0.0


def _unmet(words: list[_Term]) -> float:
    """The part of the question that no document has as words: only for that the sound is listened to."""
    total = sum(term.idf for term in words)
    return sum(term.idf for term in words if not term.docs.size) / total if total else 1.0
