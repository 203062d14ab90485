"""How well a typed query finds the threads of its need."""

from collections.abc import Sequence
from typing import Any

from forum.evaluation import metrics
from forum.evaluation.files import LabelledThread, Query
from forum.evaluation.paths import House, Progress, found


def judged(threads: Sequence[LabelledThread], need: str, relevance: int) -> set[str]:
    """Ids of the threads of a need with this relevance."""
    return {thread.id for thread in threads if thread.need == need and thread.relevance == relevance}


def measure(
    house: House, threads: Sequence[LabelledThread], queries: Sequence[Query], progress: Progress
) -> dict[str, Any]:
    """Figures over all queries whose need has a thread of relevance 2, which alone counts as relevant.

    `left_out` counts the other queries. Times are those of the search alone, in milliseconds.
    """
    rows: list[dict[str, float]] = []
    times: list[float] = []
    with house.index_of(threads, progress) as index:
        for number, query in enumerate(queries, 1):
            relevant = judged(threads, query.need, 2)
            if not relevant:
                continue
            ranking, milliseconds = found(index, query.text)
            times.append(milliseconds)
            rows.append(_figures(ranking, relevant, judged(threads, query.need, 0)))
            progress("queries", number)
    names = ("mrr@10", "recall@5", "recall@10", "ndcg@10", "near_miss_above")
    return {
        **{name: metrics.mean([row[name] for row in rows]) for name in names},
        "p50_ms": metrics.percentile(times, 0.5),
        "p95_ms": metrics.percentile(times, 0.95),
        "n": len(rows),
        "left_out": len(queries) - len(rows),
        "threads": len(threads),
    }


def _figures(ranking: Sequence[str], relevant: set[str], near_misses: set[str]) -> dict[str, float]:
    return {
        "mrr@10": metrics.reciprocal_rank(ranking, relevant, 10),
        "recall@5": metrics.recall(ranking, relevant, 5),
        "recall@10": metrics.recall(ranking, relevant, 10),
        "ndcg@10": metrics.ndcg(ranking, relevant, 10),
        "near_miss_above": float(metrics.near_miss_above(ranking, relevant, near_misses)),
    }
