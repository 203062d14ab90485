"""Phrases of the rules of danger, made into patterns over folded text.

A phrase is written as people say it, in the dictionary form; every conjugation of its last word and
kana for its kanji are found too: 殴る meets 殴られた and なぐってしまう. In a phrase
"…" leaves room for a few words of the same sentence, <夫> stands for any word of that list,
[を|に|] for one of these or nothing, ^ before a word asks that no kana stands right before it,
! after a word takes it as written, without conjugation and kana.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from forum.language.normalise import to_hiragana
from forum.language.tokens import analyse
from forum.safety.folding import fold

GAP = 18  # folded characters that "…" may stand for
_ENDINGS = {
    "う": "[わいうえおっ]",
    "く": "[かきくけこい]",
    "ぐ": "[がぎぐげごい]",
    "す": "[さしすせそ]",
    "つ": "[たちつてとっ]",
    "ぬ": "[なにぬねのん]",
    "ぶ": "[ばびぶべぼん]",
    "む": "[まみむめもん]",
    "い": "(?:[いくかさみうっ]|けれ)",
}
# A word that was written in kanji in the data and is looked for in kana: not the tail of another word
# (続けられ holds no 蹴られ); if it is short, only at the beginning or after a particle.
_NO_TAIL = "(?:(?<![\u4e00-\u9fff々])|(?<=[日夜晩朝年月回度時今]))"
_AFTER_PARTICLE = (
    "(?:(?<![ぁ-ん\u4e00-\u9fff々])|(?<=[はがにをもへの])|(?<=って)|(?<=から)|(?<=けど)|(?<=[日夜晩朝]))"
)
# Who is hit does not hit: 叩く does not meet 叩かれる, which is written as such.
ACTIVE = "(?!れ)"
PLAIN = "(?!られ)"
_KATAKANA = re.compile(r"[ァ-ヶー]{2,}")
_KANJI = re.compile(r"[\u4e00-\u9fff々]")
_LAST_SOUND = re.compile(r"[いきしちにひみりぎじびえけせてねへめれげぜでべ]$")  # before る: 食べる, 閉じる
# A word in kana begins where no other kana stands before it, unless that is a particle.
BOUNDARY = "(?:(?<![ぁ-ん])|(?<=[はがにをもへとの])|(?<=[ぁ-ん]で)|(?<=って)|(?<=から)|(?<=けど))"
_PIECE = re.compile(r"<([^>\]]+)>|\[([^\]]*)\]|…|\^|([^<\[…^]+)")


@dataclass(frozen=True, eq=False)
class Spelling:
    """One way of writing a word: the letters it begins with, and its pattern with all conjugations."""

    letters: str
    source: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when its letters are met for the first time: most never are."""
        return re.compile(self.source)


@dataclass(frozen=True, eq=False)
class Part:
    """What may stand at one place of a phrase: any of these spellings, or nothing if `optional`."""

    spellings: tuple[Spelling, ...]
    optional: bool = False


class Slot(NamedTuple):
    """A part at its place. loose: a few words may come before it; alone: no kana right before it."""

    part: Part
    loose: bool
    alone: bool


@dataclass(frozen=True, eq=False)
class Phrase:
    """A phrase as written in the data, with its slots."""

    source: str
    slots: tuple[Slot, ...]


Lists = Mapping[str, Part]


def word_list(entries: Sequence[str]) -> Part:
    """The words of a list; their last kana is conjugated where it can be."""
    return Part(tuple(spelling for entry in entries for spelling in word(entry, inflected=True, kana=True)))


def phrase(source: str, lists: Lists, *, kana: bool = True) -> Phrase:
    """Read one phrase. kana: also written in kana. Raises ValueError for an unknown list or no word."""
    slots: list[Slot] = []
    loose = alone = False
    pieces = list(_PIECE.finditer(source))
    for number, piece in enumerate(pieces):
        name, choice, written = piece.groups()
        if piece.group() == "…":
            loose = True
            continue
        if piece.group() == "^":
            alone = True
            continue
        if name is not None:
            part = _listed(name, lists, source)
        elif choice is not None:
            part = _choice(choice, lists, source)
        else:
            part = Part(word(written, inflected=number == len(pieces) - 1, kana=kana))
        slots.append(Slot(part, loose, alone))
        loose = alone = False
    if all(slot.part.optional for slot in slots):
        raise ValueError(f"{source!r} says nothing")
    return Phrase(source, tuple(slots))


def _listed(name: str, lists: Lists, source: str) -> Part:
    if name not in lists:
        raise ValueError(f"{source!r} names the unknown list {name!r}")
    return lists[name]


def _choice(choice: str, lists: Lists, source: str) -> Part:
    """Alternatives in brackets, each a list or letters as written; an empty one: or nothing."""
    spellings: list[Spelling] = []
    for entry in choice.split("|"):
        if entry.startswith("<"):
            spellings += _listed(entry.strip("<>"), lists, source).spellings
        elif entry:
            spellings += word(entry + "!", inflected=False, kana=False)
    return Part(tuple(spellings), optional="" in choice.split("|"))


@cache
def word(written: str, *, inflected: bool, kana: bool) -> tuple[Spelling, ...]:
    """A stretch of a phrase: its spellings, and the conjugations of its end."""
    if written.startswith("^"):
        inner = word(written[1:], inflected=inflected, kana=kana)
        return tuple(Spelling(one.letters, BOUNDARY + one.source) for one in inner)
    if written.endswith("!") or _KATAKANA.fullmatch(written):
        plain = fold(written.rstrip("!")).text
        return (Spelling(plain, _letters(plain)),)
    found: dict[str, Spelling] = {}
    for spelling in _spellings(written) if kana else (written,):
        stem, ending = _stem(spelling) if inflected else (spelling, "")
        stem = fold(stem).text if stem else stem
        if ending == PLAIN and len(stem) == 1 and not _KANJI.match(stem):
            continue  # a single kana is no word
        pattern = _border(stem, ending, derived=spelling != written, alone=len(written) == 1)
        pattern += _letters(stem) + ending
        found.setdefault(pattern, Spelling(stem, pattern))
    return tuple(found.values())


def _letters(stem: str) -> str:
    """The pattern of folded letters; Latin ones are a word of their own: OD does not stand in iPod."""
    before = "(?<![a-z])" if re.match("[a-z]", stem) else ""
    return before + re.escape(stem) + ("(?![a-z])" if re.search("[a-z]$", stem) else "")


def _border(stem: str, ending: str, *, derived: bool, alone: bool) -> str:
    """What must stand before a spelling, so that it is not a piece of another word."""
    if not re.match(r"[ぁ-ん]", stem) or alone:
        return ""
    if derived:
        return _AFTER_PARTICLE if len(stem) <= 3 else _NO_TAIL
    return BOUNDARY if len(stem) + bool(ending) <= 2 and re.fullmatch(r"[ぁ-ん]+", stem) else ""


def _stem(written: str) -> tuple[str, str]:
    """What does not change when the word is conjugated, and the pattern of what does."""
    head, last = written[:-1], written[-1]
    if written.endswith("する") and len(written) > 2:
        return written[:-2], "(?:[しすさせ]|$)?"
    if last == "る" and head:
        if _LAST_SOUND.search(head):
            return head, PLAIN
        if _KANJI.search(head[-1]):
            return head, "[らりるれろってたなまよずちさ]" + ACTIVE
        return head, "[らりるれろっん]" + ACTIVE
    if last in _ENDINGS and len(head) >= 1:
        return head, _ENDINGS[last] + ("" if last == "い" else ACTIVE)
    return written, ""


def _spellings(written: str) -> tuple[str, ...]:
    """As written, and with kana for the kanji of any of its words (しめる for 絞める).

    A kanji that stands alone at the end is a cut verb (殴): its reading says nothing.
    """
    if not _KANJI.search(written):
        return (written,)
    spellings = [""]
    tokens = analyse(written)
    for number, token in enumerate(tokens):
        choices = [token.surface]
        kana = to_hiragana(token.reading)
        cut = number == len(tokens) - 1 and len(token.surface) == 1
        if _KANJI.search(token.surface) and not cut and len(kana) > 1 and not _KANJI.search(kana):
            choices.append(kana)
        spellings = [head + choice for head in spellings for choice in choices][:16]
    return tuple(dict.fromkeys((written, *spellings)))
