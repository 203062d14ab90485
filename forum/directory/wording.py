"""How much of a worry's wording a service's own description shares: a small BM25; pure.

BM25 as in Robertson and Zaragoza, The Probabilistic Relevance Framework (2009).
"""

import math
from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache

from forum.directory.types import Service
from forum.language.tokens import words

_K1, _B = 1.2, 0.4


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    return tuple(words(text))


class Shelf:
    """The words of a set of services. About 5 ms a service when first made; safe to share."""

    def __init__(self, services: Sequence[Service]) -> None:
        self._counts = [
            Counter(_words("\n".join((s.name, s.description, s.eligibility_description)))) for s in services
        ]
        self._ids = [s.id for s in services]
        self._frequency = Counter(word for counts in self._counts for word in counts)
        self._length = sum(sum(c.values()) for c in self._counts) / max(1, len(services))

    def shares(self, asked: Collection[str]) -> dict[str, tuple[float, str]]:
        """By service id: the part of what could be scored (0 to 1), and the word that told most."""
        weights = {word: self._weight(word) for word in set(asked) if word in self._frequency}
        most = sum(weights.values()) or 1.0
        return {
            service_id: self._share(counts, weights, most)
            for service_id, counts in zip(self._ids, self._counts, strict=True)
        }

    def _weight(self, word: str) -> float:
        n = self._frequency[word]
        return math.log(1 + (len(self._ids) - n + 0.5) / (n + 0.5))

    def _share(self, counts: Counter[str], weights: dict[str, float], most: float) -> tuple[float, str]:
        norm = _K1 * (1 - _B + _B * sum(counts.values()) / self._length)
        scores = {w: weight * counts[w] / (counts[w] + norm) for w, weight in weights.items() if counts[w]}
        if not scores:
            return 0.0, ""
        return sum(scores.values()) / most, max(scores, key=lambda w: (len(w) > 1, scores[w], w))


@lru_cache(maxsize=8)
def shelf(services: tuple[Service, ...]) -> Shelf:
    """The shelf of these services; kept, since a city's services change seldom and worries come often."""
    return Shelf(services)
