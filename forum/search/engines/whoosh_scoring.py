"""BM25 over Whoosh's postings in one flat loop.

Whoosh's own tree of matchers is not used: with its default block skipping an ordinary question can
run for ever (whoosh-community issue 446), and it is many times slower. Pinned to whoosh 2.7.4,
whose blocks of postings are read whole where they are (`_read_ids`, `_read_weights`).
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from math import log

from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.index import FileIndex
from whoosh.matching import Matcher
from whoosh.reading import IndexReader, TermNotFound

from forum.search.rules import CONCEPTS, GRAMS, MOST_GRAMS, MOST_WORDS, TIME_BUDGET, WORDS, Bm25
from forum.search.types import Found, Question

TEXT_FIELDS = ("title", "body", "replies")
Lengths = dict[tuple[str, str], list[int]]  # (segment, field) -> length of each document


class _Term:
    """A term of the question met in the index: how often each document has it, and what it is worth."""

    def __init__(self, text: str, counts: dict[int, float], worth: float, idf: float) -> None:
        self.text, self.counts, self.worth, self.idf = text, counts, worth, idf


class Postings:
    """One generation of an index, open for questions. Not for two threads at once."""

    def __init__(self, index: FileIndex, lengths: Lengths) -> None:
        """`lengths` is kept by the caller from one generation to the next: segments do not change."""
        self._reader: IndexReader = index.reader()
        self._leaves: list[tuple[IndexReader, int]] = [
            (leaf, offset) for leaf, offset in self._reader.leaf_readers() if leaf.doc_count_all()
        ]
        self._all = max(1, self._reader.doc_count_all())
        self.count: int = self._reader.doc_count()
        self._ids: dict[int, str] = {}
        self._frequencies: dict[tuple[str, str], int] = {}
        wanted = {}
        for leaf, _ in self._leaves:
            for name in (*TEXT_FIELDS, "reading", "concepts"):
                key = (str(leaf.segment().segment_id()), name)
                wanted[key] = lengths.get(key) or _lengths(leaf, name)
        lengths.clear()
        lengths.update(wanted)
        self._text_norms = self._norms(TEXT_FIELDS, lengths, WORDS)
        self._gram_norms = self._norms(("reading",), lengths, GRAMS)
        self._concept_norms = self._norms(("concepts",), lengths, CONCEPTS)

    def close(self) -> None:
        """Give the files back."""
        self._reader.close()

    def search(self, question: Question, limit: int) -> list[Found]:
        """The `limit` best documents; terms are left out, concepts last, when the time budget is used up."""
        until = time.perf_counter() + TIME_BUDGET
        concepts = self._read(question.concepts, ("concepts",), len(question.concepts), until)
        words = self._read(question.words, TEXT_FIELDS, MOST_WORDS, until)
        unmet = _unmet(words)
        grams = self._read(question.grams, ("reading",), MOST_GRAMS, until) if unmet else []
        scores: dict[int, float] = {}
        _add(scores, words, self._text_norms, WORDS, 1.0)
        _add(scores, concepts, self._concept_norms, CONCEPTS, 1.0)
        _add(scores, grams, self._gram_norms, GRAMS, unmet)
        alive = (entry for entry in scores.items() if not self._reader.is_deleted(entry[0]))
        best = nlargest(limit, alive, key=lambda entry: (entry[1], -entry[0]))
        return [
            Found(
                self._id(doc),
                score,
                tuple(term.text for term in words if doc in term.counts),
                tuple(term.text for term in concepts if doc in term.counts),
                _share(words, doc),
                _share(grams, doc),
            )
            for doc, score in best
        ]

    def _read(
        self, asked: Sequence[tuple[str, float]], fields: Sequence[str], most: int, until: float
    ) -> list[_Term]:
        """The `most` most telling terms, rarest first, each with its counts summed over `fields`; beside
        them the terms that no document has, which count in `_share`. A few are simply read."""
        chosen = list(asked) if len(asked) <= most else self._telling(asked, fields, most)
        terms = []
        for text, weight in chosen:
            counts: dict[int, float] = {}
            if time.perf_counter() < until:
                for name in fields:
                    self._count(name, text, counts)
            idf = self._idf(len(counts))
            terms.append(_Term(text, counts, weight * idf, idf))
        return terms

    def _telling(
        self, asked: Sequence[tuple[str, float]], fields: Sequence[str], most: int
    ) -> list[tuple[str, float]]:
        """The `most` terms with the greatest weight times IDF that some document has, then those none has."""
        rated = []
        for text, weight in asked:
            documents = max(self._documents(name, text) for name in fields)
            rated.append((not documents, -weight * self._idf(documents), text, weight))
        rated.sort()
        met = [entry[2:] for entry in rated if not entry[0]][:most]
        return met + [entry[2:] for entry in rated if entry[0]]

    def _documents(self, field: str, text: str) -> int:
        """How many documents have a term; remembered, as every long post asks for the same everyday words."""
        known = self._frequencies.get((field, text))
        if known is None:
            known = self._frequencies[field, text] = int(self._reader.doc_frequency(field, text))
        return known

    def _count(self, field: str, text: str, counts: dict[int, float]) -> None:
        get = counts.get
        for leaf, offset in self._leaves:
            try:
                matcher = leaf.postings(field, text)
            except TermNotFound:
                continue
            for doc, weight in _postings(matcher):
                counts[doc + offset] = get(doc + offset, 0.0) + weight

    def _idf(self, documents: int) -> float:
        return log(1 + (self._all - documents + 0.5) / (documents + 0.5))

    def _norms(self, fields: Iterable[str], lengths: Lengths, kind: Bm25) -> list[float]:
        """For each document the part of BM25's denominator that depends on its length."""
        totals: list[int] = []
        for leaf, _ in self._leaves:
            segment = str(leaf.segment().segment_id())
            totals += [sum(row) for row in zip(*(lengths[segment, name] for name in fields), strict=True)]
        mean = max(1.0, sum(totals) / self._all)
        return [kind.k1 * (1 - kind.b + kind.b * total / mean) for total in totals]

    def _id(self, doc: int) -> str:
        if doc not in self._ids:
            self._ids[doc] = self._reader.stored_fields(doc)["id"]
        return self._ids[doc]


def _postings(matcher: Matcher) -> Iterator[tuple[int, float]]:
    """All (document, count) of a term, block by block where the postings lie in blocks."""
    while matcher.is_active():
        if isinstance(matcher, W3LeafMatcher):
            if matcher._ids is None:
                matcher._read_ids()
            if matcher._weights is None:
                matcher._read_weights()
            yield from zip(matcher._ids, matcher._weights, strict=True)
            matcher._next_block()
        else:
            yield matcher.id(), matcher.weight()
            matcher.next()


def _lengths(leaf: IndexReader, field: str) -> list[int]:
    """0 where the document, or its whole segment, lacks the field."""
    return [leaf.doc_field_length(doc, field) or 0 for doc in range(leaf.doc_count_all())]


def _add(scores: dict[int, float], terms: list[_Term], norms: list[float], kind: Bm25, part: float) -> None:
    get = scores.get
    for term in terms:
        worth = part * kind.weight * term.worth * (kind.k1 + 1)
        for doc, count in term.counts.items():
            scores[doc] = get(doc, 0.0) + worth * count / (count + norms[doc])


def _share(terms: list[_Term], doc: int) -> float:
    total = sum(term.idf for term in terms)
    return sum(term.idf for term in terms if doc in term.counts) / total if total else 0.0


def _unmet(words: list[_Term]) -> float:
    """The part of the question that no document has as words: only for that the sound is listened to."""
    total = sum(term.idf for term in words)
    return sum(term.idf for term in words if not term.counts) / total if total else 1.0
