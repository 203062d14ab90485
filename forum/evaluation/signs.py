"""How many of the posts that speak of danger wait for a person, and how many others with them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from forum.evaluation.files import LabelledDanger
from forum.evaluation.paths import Progress
from forum.privacy.input import clean_input
from forum.safety.danger import DangerBook, read_danger
from forum.safety.rules import handling
from forum.safety.types import Category

NONE = "none"


class _Read(NamedTuple):
    """One post with what the rules made of it."""

    labels: frozenset[str]
    severity: int
    found: frozenset[str]
    level: int
    action: str


def measure(
    posts: Sequence[LabelledDanger], progress: Progress, book: DangerBook | None = None
) -> dict[str, Any]:
    """Figures as shares from 0 to 1, None where there is nothing to count.

    labels: recall and precision of each category. recall_severity_3: posts of severity 3 that would be
    held; recall_severity_2: of severity 2 and 3, held or queued. Of the posts labelled `none`:
    none_card would bring a card (level 1 or more), none_queued would be read the same day without
    being held, none_held would wait for a person.
    """
    read = []
    for number, post in enumerate(posts, 1):
        danger = read_danger(clean_input(post.text), book)
        action = handling(danger).action
        found = frozenset(str(category) for category in danger.categories)
        read.append(_Read(frozenset(post.labels), post.severity, found, danger.level, action))
        progress("posts", number)
    none = [one for one in read if NONE in one.labels]
    return {
        "labels": {str(category): _label(read, str(category)) for category in Category},
        "recall_severity_3": _share([one.action == "hold" for one in read if one.severity == 3]),
        "recall_severity_2": _share([one.action != "publish" for one in read if one.severity >= 2]),
        "none_card": _share([one.level >= 1 for one in none]),
        "none_queued": _share([one.action == "queue" for one in none]),
        "none_held": _share([one.action == "hold" for one in none]),
        "n": len(read),
    }


def _label(read: Sequence[_Read], label: str) -> dict[str, float | int | None]:
    return {
        "recall": _share([label in one.found for one in read if label in one.labels]),
        "precision": _share([label in one.labels for one in read if label in one.found]),
        "labelled": sum(label in one.labels for one in read),
    }


def _share(answers: Sequence[bool]) -> float | None:
    return sum(answers) / len(answers) if answers else None
