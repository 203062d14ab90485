"""Which combination of clues narrows to few families, in words, and what would say less.

Advice only: the writer decides. A number is taken from the city's own counts or not at all: where a count
is missing it is unknown, never guessed, and then only how many independent clues meet decides.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from forum.language.normalise import spelled
from forum.privacy.clues import Clue, Places, find_clues
from forum.privacy.types import Masked, Span

# From here on the writer sees the advice: a clue that few share beside another, or three that many share.
THRESHOLD = 3
VERY_FEW = 5
_STEPS = (10, 30, 100, 300)  # children: below 10 weighs 4, below 30 weighs 3, ...
FEW, TENS, SOME = "few", "tens", "some"


@dataclass(frozen=True)
class Population:
    """What a city knows of itself: districts by the words for them, children by district and age in years.

    children: empty where the city has registered no counts.
    """

    places: Mapping[str, frozenset[str]] = field(default_factory=dict)
    children: Mapping[tuple[str, int], int] = field(default_factory=dict)

    def count(self, districts: Collection[str], ages: Collection[int]) -> int | None:
        """Children of these ages in these districts; None as soon as one of the counts is missing."""
        wanted = [(district, age) for district in districts for age in ages]
        if not wanted or any(one not in self.children for one in wanted):
            return None
        return sum(self.children[one] for one in wanted)


@dataclass(frozen=True)
class Narrowing:
    """The clues of one text together.

    spans: in order, as in the typed text, with coarser words as replacement; empty while the text narrows
    to nobody. level: few, tens or some families, "" below the threshold. counted: a count stands behind it.
    """

    spans: tuple[Span, ...] = ()
    score: int = 0
    level: str = ""
    counted: bool = False
    registered: bool = False

    @property
    def narrow(self) -> bool:
        """Whether the writer should see the advice."""
        return bool(self.spans)


def narrowing(
    text: str,
    population: Population,
    today: date,
    *,
    hidden: Sequence[Span] = (),
    beside: Collection[str] = (),
) -> Narrowing:
    """Read the clues of `text` that will stay readable.

    hidden: spans that masking takes out anyway. beside: kinds of clues told in fields of the form, which
    readers see next to the text. Linear in the length of the text.
    """
    spelling = spelled(text)
    clues = [
        (clue, spelling.starts[clue.start], spelling.ends[clue.end - 1])
        for clue in find_clues(spelling.text, Places(population.places), today)
    ]
    shown = [one for one in clues if not any(one[1] < span.end and span.start < one[2] for span in hidden)]
    score, counted = _score([clue for clue, _, _ in shown], population, beside)
    registered = bool(population.children)
    if score < THRESHOLD or not shown:
        return Narrowing(score=score, counted=counted is not None, registered=registered)
    spans = tuple(
        Span(start, end, f"clue_{clue.kind}", text[start:end], clue.coarser, False)
        for clue, start, end in shown
    )
    return Narrowing(spans, score, _level(score, counted), counted is not None, registered)


def _score(clues: Sequence[Clue], population: Population, beside: Collection[str]) -> tuple[int, int | None]:
    """The weights of the kinds of clues, each kind once; place and age by their count where it is known."""
    weights = dict.fromkeys(beside, 1)
    for clue in clues:
        weights[clue.kind] = max(weights.get(clue.kind, 0), clue.weight)
    districts = {name for clue in clues for name in clue.districts}
    ages = {age for clue in clues for age in clue.ages}
    count = population.count(districts, ages)
    if count is None:
        return sum(weights.values()), None
    by_count = sum(count < step for step in _STEPS)
    return sum(w for kind, w in weights.items() if kind not in ("place", "age")) + by_count, count


def _level(score: int, count: int | None) -> str:
    """How few families, as far as it can be said: nothing but "some" without a count."""
    if count is None:
        return SOME
    return FEW if score >= VERY_FEW or count < _STEPS[0] else TENS


def joined(masked: Masked, narrowing: Narrowing) -> Masked:
    """What is hidden and what is said in coarser words, as one list of spans in order of place."""
    spans = sorted((*masked.spans, *narrowing.spans), key=lambda span: span.start)
    return Masked(masked.original, tuple(spans))
