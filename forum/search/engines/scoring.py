"""BM25 over the postings of the question's terms, a few array operations a term.

Where the postings lie is the engine's business: it tells how many documents have a term, and gives the
postings of those that are scored.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from forum.search.engines.tables import Array
from forum.search.rules import (
    CONCEPTS,
    COVERAGE,
    GRAMS,
    MOST_GRAMS,
    MOST_WORDS,
    TIME_BUDGET,
    WORDS,
    Bm25,
    heard,
)
from forum.search.types import Found, Question

NOTHING: tuple[Array, Array] = (np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.uint8))
_KINDS = {"words": WORDS, "reading": GRAMS, "concepts": CONCEPTS}


@dataclass(frozen=True)
class _Term:
    """A term of the question as the index has it: in which documents, how often, and what it is worth."""

    text: str
    docs: Array
    counts: Array
    worth: float
    idf: float


class Scorer(ABC):
    """One generation of an index, open for questions. Not for two threads at once.

    Documents have numbers from 0 to `size` - 1; those in `deleted` are never answers.
    """

    size: int
    deleted: Array

    @abstractmethod
    def frequencies(self, name: str, texts: Sequence[str]) -> Array:
        """How many documents have each of the terms of a field."""

    @abstractmethod
    def postings(self, name: str, texts: Sequence[str], until: float) -> list[tuple[Array, Array]]:
        """Documents (ascending) and counts of each term; NOTHING from `until` on (perf_counter)."""

    @abstractmethod
    def lengths(self, name: str) -> Array:
        """How many terms of a field each document has."""

    @abstractmethod
    def ids(self, docs: Array) -> dict[int, str]:
        """The ids of documents by their numbers."""

    @property
    def count(self) -> int:
        """Documents that can be found."""
        return self.size - int(self.deleted.size)

    def weigh(self) -> None:
        """For each document the part of BM25's denominator that depends on its length; once a generation."""
        self._norms = {name: self._norms_of(name) for name in _KINDS}

    def _norms_of(self, name: str) -> Array:
        kind: Bm25 = _KINDS[name]
        totals = self.lengths(name).astype(np.float64)
        mean = max(1.0, float(totals.sum()) / max(1, self.size))
        return kind.k1 * (1 - kind.b + kind.b * totals / mean)

    def search(self, question: Question, limit: int) -> list[Found]:
        """The `limit` best documents; terms are left out, concepts last, when the time budget is used up."""
        until = time.perf_counter() + TIME_BUDGET
        concepts = self._read(question.concepts, "concepts", len(question.concepts), until)
        words = self._read(question.words, "words", MOST_WORDS, until)
        unmet = _unmet(words)
        sound = heard(question, unmet)
        grams = self._read(question.grams, "reading", MOST_GRAMS, until) if sound else []
        scores = np.zeros(max(1, self.size))
        for name, terms, part in (
            ("words", words, 1.0),
            ("concepts", concepts, 1.0),
            ("reading", grams, sound),
        ):
            self._add(scores, terms, name, part)
        scores[self.deleted] = 0
        best = _best(scores, limit)
        has = [self._held(terms, best) for terms in (words, concepts, grams)]
        word_shares = _shares(words, has[0])
        gram_shares = _shares(grams, has[2]) if unmet else np.zeros(best.size)
        covered = scores[best] * (1 + COVERAGE * sound * word_shares)
        ids = self.ids(best)
        return [
            Found(
                ids[int(best[place])],
                float(covered[place]),
                _texts(words, has[0][:, place]),
                _texts(concepts, has[1][:, place]),
                float(word_shares[place]),
                float(gram_shares[place]),
            )
            for place in np.lexsort((best, -covered))
            if int(best[place]) in ids
        ]

    def _read(self, asked: Sequence[tuple[str, float]], name: str, most: int, until: float) -> list[_Term]:
        """The `most` most telling terms, rarest first, and beside them those that no document has, which
        count in `_share`. A few are simply read."""
        if not asked:
            return []
        frequencies = self.frequencies(name, [text for text, _ in asked])
        order = list(range(len(asked)))
        if len(asked) > most:
            rated = sorted(
                (not frequencies[i], -asked[i][1] * self._idf(frequencies[i]), asked[i][0], i) for i in order
            )
            met = [entry[-1] for entry in rated if not entry[0]][:most]
            order = [*met, *(entry[-1] for entry in rated if entry[0])]
        there = [i for i in order if frequencies[i]]
        found = dict(zip(there, self.postings(name, [asked[i][0] for i in there], until), strict=True))
        terms = []
        for i in order:
            docs, counts = found.get(i, NOTHING)
            idf = self._idf(docs.size)
            terms.append(_Term(asked[i][0], docs, counts, asked[i][1] * idf, idf))
        return terms

    def _add(self, scores: Array, terms: list[_Term], name: str, part: float) -> None:
        kind, norms = _KINDS[name], self._norms[name]
        for term in terms:
            worth = part * kind.weight * term.worth * (kind.k1 + 1)
            counts = term.counts.astype(np.float64)
            scores[term.docs] += worth * counts / (counts + norms[term.docs])

    def _held(self, terms: list[_Term], best: Array) -> Array:
        """Which terms the best documents have, terms by documents."""
        place = np.full(self.size, -1, dtype=np.int32)
        place[best] = np.arange(best.size)
        held = np.zeros((len(terms), best.size), dtype=bool)
        for row, term in enumerate(terms):
            at = place[term.docs]
            held[row, at[at >= 0]] = True
        return held

    def _idf(self, documents: int) -> float:
        return log(1 + (max(1, self.size) - int(documents) + 0.5) / (int(documents) + 0.5))


def _best(scores: Array, limit: int) -> Array:
    """The numbers of the best documents, best first, earlier ones first among equals."""
    found = np.flatnonzero(scores > 0)
    if found.size > limit:
        found = found[np.argpartition(-scores[found], limit - 1)[:limit]]
    return found[np.lexsort((found, -scores[found]))]


def _texts(terms: list[_Term], held: Array) -> tuple[str, ...]:
    return tuple(term.text for term, has in zip(terms, held, strict=True) if has)


def _shares(terms: list[_Term], held: Array) -> Array:
    """For each of the best documents the part of the terms' information that it holds."""
    worth = np.array([term.idf for term in terms])
    total = float(worth.sum())
    return worth @ held / total if total else np.zeros(held.shape[1])


def _unmet(words: list[_Term]) -> float:
    """The part of the question that no document has as words: only for that the sound is listened to."""
    total = sum(term.idf for term in words)
    return sum(term.idf for term in words if not term.docs.size) / total if total else 1.0
