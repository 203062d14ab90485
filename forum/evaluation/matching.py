"""How well the services that a worry is offered are those it needs."""

from collections.abc import Sequence
from typing import Any

from forum.directory import rules
from forum.directory.records import service_of
from forum.directory.types import Service
from forum.evaluation import metrics
from forum.evaluation.files import LabelledThread
from forum.evaluation.paths import House, Progress


def measure(house: House, asked: Sequence[LabelledThread], progress: Progress) -> dict[str, Any]:
    """Figures over the threads for which the pack has at least one right service.

    A service is right when its category is among the thread's `needs` and the ages that it states
    admit the child. hit@k: one of the first k is right. precision@5: right ones among those offered
    (at most five), as a share of those offered. `left_out` counts the other threads.
    """
    services = [service_of(record) for record in house.pack.services]
    hits3: list[bool] = []
    hits5: list[bool] = []
    shares: list[float] = []
    for number, thread in enumerate(asked, 1):
        if not any(_right(service, thread) for service in services):
            continue
        right = [_right(match.service, thread) for match in house.offered(house.worry(thread))]
        hits3.append(any(right[:3]))
        hits5.append(any(right[:5]))
        shares.append(metrics.precision(right[:5]))
        progress("asked", number)
    return {
        "hit@3": metrics.mean(hits3),
        "hit@5": metrics.mean(hits5),
        "precision@5": metrics.mean(shares),
        "n": len(shares),
        "left_out": len(asked) - len(shares),
    }


def _right(service: Service, thread: LabelledThread) -> bool:
    return service.category in thread.needs and rules.states_no_other_age(service, thread.child_age_months)
