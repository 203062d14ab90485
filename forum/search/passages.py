"""The passage of a text that answers a question, with the matching words marked. Pure.

Places are first guessed from the letters of the words, so that only the window is analysed again.
"""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from forum.language.concepts import Thesaurus
from forum.language.normalise import Spelled, spelled
from forum.language.tokens import analyse, spellings
from forum.search.types import Document

_WIDTH = 90  # characters
_LEAD = 20  # characters shown before the first match, at most
_STOPS = "。!?！？\n"
_INFLECTED = re.compile(r"[\u3041-\u3096]$")
_SHORT_KANA = re.compile(r"[\u3041-\u3096]{1,2}")  # ない, いい, どう: counted when ranking, not worth a mark
_LONGEST_ANALYSED = 600  # characters, when no place can be guessed


class Segment(NamedTuple):
    """A stretch of a passage; `marked` when it matched."""

    text: str
    marked: bool


class Passage(NamedTuple):
    """Where the best passage stands: "title", "body" or "reply" with its number from 0; and how it reads."""

    part: str
    reply: int | None
    segments: tuple[Segment, ...]


def passage(
    text: str,
    words: Collection[str],
    width: int = _WIDTH,
    thesaurus: Thesaurus | None = None,
    concepts: Collection[str] = (),
) -> tuple[Segment, ...]:
    """About `width` characters of `text` around most of the `words` (base forms) and `concepts` (group ids,
    with their thesaurus), the matching places marked, 「…」 where it is cut, line ends as spaces.

    Without any match the beginning of the text, unmarked. () for an empty text. About 5 ms.
    """
    words = [word for word in words if not _SHORT_KANA.fullmatch(word)]
    guesses = _guesses(spelled(text), _stems(words, thesaurus, concepts))
    start, end = _window(text, guesses, width)
    marks = _marks(text[start:end], words, thesaurus, concepts)
    if not marks and len(text) > end - start:  # a word whose letters are not its base form's
        places = _marks(text[:_LONGEST_ANALYSED], words, thesaurus, concepts)
        start, end = _window(text, [(a, b, str(i)) for i, (a, b) in enumerate(places)], width)
        marks = _marks(text[start:end], words, thesaurus, concepts)
    return _segments(text, start, end, marks)


def passage_of(
    doc: Document,
    words: Collection[str],
    width: int = _WIDTH,
    thesaurus: Thesaurus | None = None,
    concepts: Collection[str] = (),
) -> Passage:
    """The passage of the part of `doc` that holds most of what matched; body before replies before title."""
    stems = _stems(words, thesaurus, concepts)
    parts: list[tuple[str, int | None, str]] = [("body", None, doc.body)]
    parts += [("reply", number, text) for number, text in enumerate(doc.replies)]
    parts.append(("title", None, doc.title))
    counts = [len({which for _, _, which in _guesses(spelled(text), stems)}) for _, _, text in parts]
    part, reply, text = parts[counts.index(max(counts))]
    return Passage(part, reply, passage(text, words, width, thesaurus, concepts))


def _stems(
    words: Collection[str], thesaurus: Thesaurus | None, concepts: Collection[str]
) -> list[tuple[str, str]]:
    """(letters to look for, what they stand for): an inflected word without its last kana."""
    known = thesaurus.groups if thesaurus else {}
    wanted = [(form, word) for word in words if not _SHORT_KANA.fullmatch(word) for form in spellings(word)]
    wanted += [(form, group) for group in concepts if group in known for form in known[group].words]
    return [(_INFLECTED.sub("", form) if len(form) > 1 else form, which) for form, which in wanted]


def _guesses(spelling: Spelled, stems: Sequence[tuple[str, str]]) -> list[tuple[int, int, str]]:
    """Places (start, end, what) in the typed text where a stem's letters stand."""
    found = []
    for stem, which in stems:
        at = spelling.text.find(stem)
        while at >= 0:
            found.append((spelling.starts[at], spelling.ends[at + len(stem) - 1], which))
            at = spelling.text.find(stem, at + 1)
    return sorted(found)


def _window(text: str, places: Sequence[tuple[int, int, str]], width: int) -> tuple[int, int]:
    """The stretch of `width` characters with the most different matches, from a sentence's start if near."""
    best, at = -1, 0
    for start, _, _ in places:
        held = {which for a, b, which in places if a >= start and b <= start + width - _LEAD}
        if len(held) > best:
            best, at = len(held), start
    start = max(0, min(at - _LEAD, len(text) - width)) if places else 0
    sentence = max((text.rfind(stop, start, at) for stop in _STOPS), default=-1)
    if sentence >= 0:
        start = sentence + 1
    return start, min(len(text), start + width)


def _marks(
    text: str, words: Collection[str], thesaurus: Thesaurus | None, concepts: Collection[str]
) -> list[tuple[int, int]]:
    """Places of the words and concepts in `text`, touching ones joined."""
    tokens = analyse(text)
    places = [(token.start, token.end) for token in tokens if token.base in words]
    if thesaurus and concepts:
        hits = thesaurus.find(text, tokens)
        places += [(hit.start, hit.end) for hit in hits if hit.group in concepts]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _segments(text: str, start: int, end: int, marks: list[tuple[int, int]]) -> tuple[Segment, ...]:
    pieces = [("…", False)] if text[:start].strip() else []
    place = start
    for a, b in marks:
        pieces += [(text[place : start + a], False), (text[start + a : start + b], True)]
        place = start + b
    pieces.append((text[place:end], False))
    if text[end:].strip():
        pieces.append(("…", False))
    return tuple(Segment(re.sub(r"\s+", " ", piece), marked) for piece, marked in pieces if piece)
