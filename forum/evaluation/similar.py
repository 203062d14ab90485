"""How well a worry that was just posted finds the threads of its need."""

from collections.abc import Sequence
from typing import Any

from forum.ask.types import Situation
from forum.evaluation import metrics
from forum.evaluation.files import LabelledThread
from forum.evaluation.paths import House, Progress, similar
from forum.evaluation.search import judged


def measure(
    house: House,
    threads: Sequence[LabelledThread],
    asked: Sequence[LabelledThread],
    progress: Progress,
) -> dict[str, Any]:
    """Figures over the threads of relevance 2 in `asked` whose need has another one in `threads`.

    Relevant are those others; the thread itself is never among its answers. `left_out` counts
    threads of relevance 2 without another. `p95_ms` is the time of the look-up alone.
    """
    rows: list[dict[str, float]] = []
    times: list[float] = []
    situations = {thread.id: Situation(thread.board, thread.child_age_months) for thread in threads}
    if "board" in house.without:
        situations = {}
    posted = [thread for thread in asked if thread.relevance == 2]
    with house.index_of(threads, progress) as index:
        for number, thread in enumerate(posted, 1):
            relevant = judged(threads, thread.need, 2) - {thread.id}
            if not relevant:
                continue
            ranking, milliseconds = similar(index, house.worry(thread), situations)
            times.append(milliseconds)
            rows.append(
                {
                    "recall@5": metrics.recall(ranking, relevant, 5),
                    "hit@5": float(metrics.hit(ranking, relevant, 5)),
                    "near_miss_above": float(
                        metrics.near_miss_above(ranking, relevant, judged(threads, thread.need, 0))
                    ),
                }
            )
            progress("asked", number)
    return {
        **{
            name: metrics.mean([row[name] for row in rows])
            for name in ("recall@5", "hit@5", "near_miss_above")
        },
        "p95_ms": metrics.percentile(times, 0.95),
        "n": len(rows),
        "left_out": len(posted) - len(rows),
        "threads": len(threads),
    }
