"""The formulas; pure. A ranking is a sequence of ids, best first, without repetition."""

import math
from collections.abc import Collection, Sequence


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """1 / place of the first relevant id among the first k, 0 if there is none."""
    return next((1 / place for place, found in enumerate(ranking[:k], 1) if found in relevant), 0.0)


def recall(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """The share of all relevant ids that stand among the first k. Needs at least one relevant id."""
    return len(set(ranking[:k]) & set(relevant)) / len(set(relevant))


def hit(ranking: Sequence[str], relevant: Collection[str], k: int) -> bool:
    """Whether a relevant id stands among the first k."""
    return not set(ranking[:k]).isdisjoint(relevant)


def ndcg(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Normalised discounted cumulative gain: the sum of 1 / log2(place + 1) over relevant ids among the
    first k, divided by the same sum when all relevant ids come first. Needs at least one relevant id."""
    gain = sum(_discount(place) for place, found in enumerate(ranking[:k], 1) if found in relevant)
    best = sum(_discount(place) for place in range(1, min(k, len(set(relevant))) + 1))
    return gain / best


def _discount(place: int) -> float:
    return 1 / math.log2(place + 1)


def near_miss_above(ranking: Sequence[str], relevant: Collection[str], near_misses: Collection[str]) -> bool:
    """Whether a near miss stands before the first relevant id, or stands there while no relevant id does."""
    first = next((found for found in ranking if found in relevant or found in near_misses), None)
    return first is not None and first in near_misses


def precision(right: Sequence[bool]) -> float:
    """The share of what was offered that is right; 0 if nothing was offered."""
    return sum(right) / len(right) if right else 0.0


def percentile(values: Sequence[float], share: float) -> float | None:
    """The nearest-rank percentile: the smallest value that this share of all values do not exceed."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean; None of nothing."""
    return sum(values) / len(values) if values else None


def hidden_wholly(hidden: Collection[int], places: Sequence[tuple[int, int]]) -> bool:
    """Whether every character of every place (start, end) is hidden; a text that stands nowhere is not."""
    return bool(places) and all(at in hidden for start, end in places for at in range(start, end))
