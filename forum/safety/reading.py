"""A text made ready for looking up phrases in it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from forum.safety.folding import Folded
from forum.safety.wording import BOUNDARY, GAP, Part, Phrase, Slot

BESIDE = 60  # folded characters that still belong to a sign in a text without any full stop
MOST_PLACES = 40  # of one phrase in one text; a text that repeats itself says nothing new
_SENTENCE_END = re.compile(r"[。!?\n♪]")
# What may stand between a verb and its ない: 殴られたことはない, 死にたいわけじゃない
_DENIED = re.compile(
    r"(?:ら?れ|さ?せ|て(?:い|しま[いわっ])?|で(?:い|しま)?|たり?|た[いく]|る|[いくうすむぬつりしきかさら]|って|った"
    r"|こと|わけ|つもり|気|とは?思[わっ]|とおも[わっ]|ほど|など|なんて|とまでは?|とか|は|も|が|で|じゃ|に)*+"
    r"(?:な(?:い|かった|く(?!な))|ません|へん(?![じなで])|ひん|いません|ず(?![っーう])|ぬ(?!い))"
)
_ASKED_BACK = re.compile(
    r"(?:ん|の)?(?:じゃ|では)ない(?:か|で|か[なも]|[?])|しか|ないと(?:いけ|だめ)|なければ|なきゃ|ないわけ"
    r"|[ぁ-ん]{0,6}かもし[れら]|[ぁ-ん]{0,5}んじゃ|[ぁ-ん]{0,4}のでは"
)
_ALONE = re.compile(BOUNDARY)
_DENIES_ITSELF = re.compile(
    r"(?:な[いくか]?|ませ|ず|へん|まへ|んと|しか|って[こき]|められ|[眠寝]れ|ねむれ|でき|言え|隠せ|思え)$"
)


@dataclass
class Prepared:
    """A folded text with what was looked up in it before."""

    folded: Folded
    parts: dict[Part, dict[int, tuple[int, ...]]] = field(default_factory=dict)
    phrases: dict[Phrase, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    @cached_property
    def stops(self) -> tuple[int, ...]:
        """Where sentences end."""
        return tuple(match.start() for match in _SENTENCE_END.finditer(self.folded.text))

    def find(self, phrase: Phrase) -> tuple[tuple[int, int], ...]:
        """Where a phrase stands, start and end, at most MOST_PLACES times."""
        if phrase not in self.phrases:
            self.phrases[phrase] = tuple(islice(self._find(phrase), MOST_PLACES))
        return self.phrases[phrase]

    def _find(self, phrase: Phrase) -> Iterator[tuple[int, int]]:
        slots = phrase.slots
        if not all(slot.part.optional or self._places(slot.part) for slot in slots):
            return
        missed: set[tuple[int, int]] = set()
        first = slots[0]
        starts = self._places(first.part) if not first.part.optional else range(len(self.folded.text))
        for start in starts:
            end = self._end(slots, 0, start, missed, exact=True)
            if end is not None and end > start:
                yield start, end

    def _end(
        self,
        slots: Sequence[Slot],
        number: int,
        place: int,
        missed: set[tuple[int, int]],
        *,
        exact: bool = False,
    ) -> int | None:
        """Where the slots from `number` on end if they stand at `place`. What failed is not tried again."""
        if number == len(slots):
            return place
        if (number, place) in missed:
            return None
        slot = slots[number]
        places = self._places(slot.part)
        last = place if exact or not slot.loose else self._reach(place)
        for start in range(place, last + 1):
            if start not in places or (slot.alone and not _ALONE.match(self.folded.text, start)):
                continue
            for stop in places[start]:
                end = self._end(slots, number + 1, stop, missed)
                if end is not None:
                    return end
        if slot.part.optional:
            end = self._end(slots, number + 1, place, missed)
            if end is not None:
                return end
        missed.add((number, place))
        return None

    def _reach(self, place: int) -> int:
        """The last place at which a word may begin that "…" parts from this one."""
        stop = bisect_left(self.stops, place)
        end = self.stops[stop] if stop < len(self.stops) else len(self.folded.text)
        return min(place + GAP, end)

    def _places(self, part: Part) -> dict[int, tuple[int, ...]]:
        """Start and ends of every spelling of a part. Looking for its letters first makes it fast."""
        if part not in self.parts:
            found: dict[int, tuple[int, ...]] = {}
            text = self.folded.text
            for spelling in part.spellings:
                if spelling.letters in text:
                    for match in spelling.pattern.finditer(text):
                        found[match.start()] = (*found.get(match.start(), ()), match.end())
            self.parts[part] = dict(sorted(found.items()))
        return self.parts[part]

    def any_of(self, phrases: Sequence[Phrase], around: tuple[int, int] | None = None) -> bool:
        """Whether one of the phrases stands in the text, or overlaps a stretch of it."""
        for phrase in phrases:
            for start, end in self.find(phrase):
                if around is None or (start < around[1] and end > around[0]):
                    return True
        return False

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a place, at most BESIDE characters to both sides."""
        text = self.folded.text
        first = max(0, start - BESIDE)
        for stop in _SENTENCE_END.finditer(text, first, start):
            first = stop.end()
        stop_after = _SENTENCE_END.search(text, end, min(len(text), end + BESIDE))
        return first, stop_after.start() if stop_after else min(len(text), end + BESIDE)

    def first(
        self,
        says: Sequence[Phrase],
        beside: Sequence[Phrase],
        unless: Sequence[Phrase],
        never: Sequence[Phrase],
    ) -> tuple[int, int] | None:
        """The first place of `says` that is not denied, with `beside` and without `unless` around it."""
        if self.any_of(never):
            return None
        for phrase in says:
            for start, end in self.find(phrase):
                around = self.sentence(start, end)
                if denied(self.folded.text, start, end):
                    continue
                if (not beside or self.any_of(beside, around)) and not self.any_of(unless, around):
                    return start, end
        return None

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """A place of the folded text in the text as typed."""
        return self.folded.starts[start], self.folded.ends[end - 1]


def denied(text: str, start: int, end: int) -> bool:
    """Whether what stands here is denied at once: 死にたくない. What ends in ない itself is not."""
    if _DENIES_ITSELF.search(text, start, end):
        return False
    tail = text[end : end + 20]
    return bool(_DENIED.match(tail)) and not _ASKED_BACK.match(tail)
