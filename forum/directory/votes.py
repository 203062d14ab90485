"""What kinds of services a worry asks for, read from its words by the thesaurus; pure.

Measured on worries with known needs: the hints of the concepts decide, best hint first; how often a
concept occurs counts by its root, up to four times; the title counts half as much again.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from forum.directory.taxonomy import Taxonomy
from forum.language.concepts import ConceptHit
from forum.language.tokens import Token

_HINTS = (1.0, 0.7, 0.5)
_COUNTED = 4
_IN_TITLE = 1.5
_PASSED = 0.8  # of a vote, with each further step away from what was asked for
_ENDINGS = ("助動詞", "動詞,接尾", "動詞,非自立", "形容詞,接尾")
_SIGN = 1.5
_SAID_TWICE = 2  # different wordings that make a frightening kind of service the subject


@dataclass
class Vote:
    """How much a kind of service is asked for, and by which words of the writer (words, strength).

    `by_sign`: signs of danger asked for it; their words are evidence and repeated to nobody.
    """

    weight: float = 0.0
    words: dict[str, float] = field(default_factory=dict)
    plainly: set[str] = field(default_factory=set)  # words whose best hint this kind is
    by_sign: bool = False

    def add(self, weight: float, words: Iterable[str], *, plainly: bool = False) -> None:
        """Count one concept."""
        self.weight += weight
        for word in words:
            self.words[word] = max(weight, self.words.get(word, 0.0))
            if plainly:
                self.plainly.add(word)

    def take(self, other: "Vote", share: float) -> None:
        """Count a share of another vote."""
        self.weight += other.weight * share
        self.by_sign = self.by_sign or other.by_sign
        for word, strength in other.words.items():
            self.words[word] = max(strength * share, self.words.get(word, 0.0))

    def quoted(self, most: int = 2) -> tuple[str, ...]:
        """The writer's words that told most, none of which is a part of another."""
        chosen: list[str] = []
        for word in sorted(self.words, key=lambda w: -self.words[w]):
            if not any(word in other or other in word for other in chosen):
                chosen.append(word)
        return tuple(chosen[:most])


@dataclass(frozen=True)
class Said:
    """A text with its words and the concepts found in it."""

    text: str
    tokens: tuple[Token, ...]
    hits: tuple[ConceptHit, ...]

    def phrase(self, hit: ConceptHit) -> str:
        """The words of a hit as the writer wrote them, with the ending of the last: 疲れ + た."""
        end, inflects = hit.end, False
        for token in self.tokens:
            if token.end == hit.end:
                inflects = token.pos.startswith(("動詞", "形容詞"))
            elif (
                inflects
                and token.start == end
                and (token.pos.startswith(_ENDINGS) or token.surface in "てで")
            ):
                end = token.end
        return " ".join(self.text[hit.start : end].split())


def votes(title: Said, body: Said) -> dict[str, Vote]:
    """Votes by category, from the concepts found in the title and in the text."""
    own: dict[str, list[tuple[ConceptHit, str]]] = {}
    for said in (title, body):
        for hit in said.hits:
            own.setdefault(hit.group, []).append((hit, said.phrase(hit)))
    in_title = {hit.group for hit in title.hits}
    found: dict[str, Vote] = {}
    for group, hits in own.items():
        first = hits[0][0]
        place_weight = _IN_TITLE if group in in_title else 1.0
        weight = first.weight * math.sqrt(min(len(hits), _COUNTED)) * place_weight
        phrases = dict.fromkeys(phrase for _, phrase in hits)
        for place, category in enumerate(first.needs):
            hint = _HINTS[min(place, len(_HINTS) - 1)]
            found.setdefault(category, Vote()).add(weight * hint, phrases, plainly=place == 0)
    return found


def asked_by_signs(themes: Collection[str], taxonomy: Taxonomy) -> dict[str, Vote]:
    """Votes of signs (themes of forum/safety) for the kinds of services that they ask for."""
    return {
        category: Vote(weight=_SIGN, by_sign=True)
        for category, kind in taxonomy.kinds.items()
        if not kind.asked_by.isdisjoint(themes)
    }


def together(*several: Mapping[str, Vote]) -> dict[str, Vote]:
    """Votes added up."""
    total: dict[str, Vote] = {}
    for found in several:
        for category, vote in found.items():
            total.setdefault(category, Vote()).take(vote, 1.0)
    return total


def asked_plainly(category: str, found: Mapping[str, Vote], asked: Collection[str]) -> bool:
    """Whether a kind that would frighten may be offered: signs ask for it, or the writer names it twice,
    in different words."""
    return category in asked or (category in found and len(found[category].plainly) >= _SAID_TWICE)


def passed_on(found: Mapping[str, Vote], offered: Collection[str], taxonomy: Taxonomy) -> dict[str, Vote]:
    """Votes for the kinds in `offered`; what nothing is offered for goes to those who help in its place."""
    result: dict[str, Vote] = {}
    for category, vote in found.items():
        for place, share in _helpers(category, offered, taxonomy, 1.0, frozenset()).items():
            result.setdefault(place, Vote()).take(vote, share)
    return result


def _helpers(
    category: str, offered: Collection[str], taxonomy: Taxonomy, share: float, seen: frozenset[str]
) -> dict[str, float]:
    if category in offered:
        return {category: share}
    found: dict[str, float] = {}
    for step, other in enumerate(taxonomy.kind(category).passes_to, 1):
        if other in seen:
            continue
        further = _helpers(other, offered, taxonomy, share * _PASSED**step, seen | {category})
        for place, amount in further.items():
            found[place] = max(amount, found.get(place, 0.0))
    return found
