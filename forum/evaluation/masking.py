"""How much of what tells who a writer is gets hidden, and how much else with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from forum.evaluation import metrics
from forum.evaluation.files import LabelledPost, LabelledThread
from forum.evaluation.paths import House, Progress
from forum.privacy.input import clean_input
from forum.visitors import gate


@dataclass
class _Count:
    labelled: int = 0
    hidden_labels: int = 0
    hidden: int = 0  # characters
    hidden_rightly: int = 0

    def figures(self) -> dict[str, float | int | None]:
        return {
            "recall": self.hidden_labels / self.labelled if self.labelled else None,
            "precision": self.hidden_rightly / self.hidden if self.hidden else None,
            "labelled": self.labelled,
            "hidden_characters": self.hidden,
        }


@dataclass
class _Counts:
    overall: _Count = field(default_factory=_Count)
    by_kind: dict[str, _Count] = field(default_factory=dict)

    def of(self, kind: str) -> tuple[_Count, _Count]:
        return self.overall, self.by_kind.setdefault(kind, _Count())


def measure(
    house: House, posts: Sequence[LabelledPost], threads: Sequence[LabelledThread] | None, progress: Progress
) -> dict[str, Any]:
    """Recall: labelled texts of which all is hidden, wherever they stand, over all labelled texts.

    Precision: hidden characters that lie inside any labelled text over all hidden characters. By
    kind, recall goes by the label's kind and precision by the kind that the masking gave. None
    where there is nothing to count. With threads, `interrupted` is the share whose writer would
    meet the preview page, and `n_threads` their number.
    """
    counts = _Counts()
    for number, post in enumerate(posts, 1):
        _count(house, post, counts)
        progress("posts", number)
    figures: dict[str, Any] = {
        "overall": counts.overall.figures(),
        "by_kind": {kind: count.figures() for kind, count in sorted(counts.by_kind.items())},
        "n": len(posts),
    }
    if threads is not None:
        figures["interrupted"] = metrics.mean([_interrupted(house, thread) for thread in threads])
        figures["n_threads"] = len(threads)
    return figures


def _count(house: House, post: LabelledPost, counts: _Counts) -> None:
    reviewed = gate.review(post.text, house.pack)
    labels = [(kind, _places(reviewed.clean, clean_input(text).strip())) for kind, text in post.details]
    labelled = {at for _, places in labels for start, end in places for at in range(start, end)}
    hidden = {at for span in reviewed.masked.spans for at in range(span.start, span.end)}
    for kind, places in labels:
        for count in counts.of(kind):
            count.labelled += 1
            count.hidden_labels += metrics.hidden_wholly(hidden, places)
    for span in reviewed.masked.spans:
        for count in counts.of(span.kind):
            count.hidden += span.end - span.start
            count.hidden_rightly += sum(at in labelled for at in range(span.start, span.end))


def _places(text: str, part: str) -> list[tuple[int, int]]:
    """Where a part stands in a text, every time."""
    places = []
    start = text.find(part)
    while part and start >= 0:
        places.append((start, start + len(part)))
        start = text.find(part, start + len(part))
    return places


def _interrupted(house: House, thread: LabelledThread) -> bool:
    """Whether posting this thread would show the preview page."""
    beside = gate.told_beside(thread.child_age_months)
    body = gate.review(thread.body, house.pack, beside=beside)
    return body.interrupted or gate.review(thread.title, house.pack).interrupted
