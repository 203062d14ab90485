"""A text made ready for looking up phrases in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from forum.safety.folding import Folded
from forum.safety.wording import Phrase

BESIDE = 60  # folded characters that still belong to a sign in a text without any full stop
MOST_PLACES = 40  # of one phrase in one text; a text that repeats itself says nothing new
_SENTENCE_END = re.compile(r"[。!?\n♪]")
# What may stand between a verb and its ない: 殴られたことはない, 死にたいわけじゃない
_DENIED = re.compile(
    r"(?:ら?れ|さ?せ|て(?:い|しま[いわっ])?|で(?:い|しま)?|たり?|た[いく]|る|[いくうすむぬつりしきかさら]|って|った"
    r"|こと|わけ|つもり|気|とは?思[わっ]|とおも[わっ]|ほど|など|なんて|とまでは?|とか|は|も|が|で|じゃ|に)*+"
    r"(?:な(?:い|かった|く(?!な))|ません|へん|ひん|いません|ず(?![っーう])|ぬ(?!い))"
)
_ASKED_BACK = re.compile(
    r"(?:ん|の)?(?:じゃ|では)ない(?:か|で|か[なも]|[?])|しか|ないと(?:いけ|だめ)|なければ|なきゃ|ないわけ"
)


@dataclass
class Prepared:
    """A folded text with what was looked up in it before."""

    folded: Folded
    held: dict[tuple[str, ...], bool] = field(default_factory=dict)
    places: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def find(self, phrase: Phrase) -> tuple[tuple[int, int], ...]:
        """Where a phrase stands. Looking for its letters first is what makes reading fast."""
        if phrase.source not in self.places:
            possible = all(map(self._holds, phrase.needs))
            self.places[phrase.source] = tuple(self._find(phrase)) if possible else ()
        return self.places[phrase.source]

    def _find(self, phrase: Phrase) -> Iterator[tuple[int, int]]:
        for number, match in enumerate(phrase.pattern.finditer(self.folded.text)):
            if number == MOST_PLACES:
                return
            yield match.span()

    def _holds(self, letters: tuple[str, ...]) -> bool:
        if letters not in self.held:
            self.held[letters] = any(some in self.folded.text for some in letters)
        return self.held[letters]

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
                if phrase.negatable and denied(self.folded.text, end):
                    continue
                if (not beside or self.any_of(beside, around)) and not self.any_of(unless, around):
                    return start, end
        return None

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """A place of the folded text in the text as typed."""
        return self.folded.starts[start], self.folded.ends[end - 1]


def denied(text: str, end: int) -> bool:
    """Whether what ends here is denied at once: 死にたくない, 叩いたことはない."""
    tail = text[end : end + 20]
    return bool(_DENIED.match(tail)) and not _ASKED_BACK.match(tail)
