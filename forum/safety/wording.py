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
from functools import cache

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
    "い": "[いくかけさみうっ]",
}
_KANJI = re.compile(r"[\u4e00-\u9fff々]")
_LAST_SOUND = re.compile(r"[いきしちにひみりぎじびえけせてねへめれげぜでべ]$")  # before る: 食べる, 閉じる
# A word in kana begins where no other kana stands before it, unless that is a particle.
BOUNDARY = "(?:(?<![ぁ-ん])|(?<=[はがにをもへ])|(?<=[ぁ-ん][とので])|(?<=って)|(?<=から)|(?<=ので)|(?<=けど))"
_SLOT = re.compile(r"<([^>]+)>|\[([^\]]*)\]|…|\^|([^<\[…^]+)")


@dataclass(frozen=True)
class Phrase:
    """A compiled phrase. needs: at least one of each group of letters stands in a text it meets."""

    source: str
    pattern: re.Pattern[str]
    needs: tuple[tuple[str, ...], ...]
    negatable: bool


@dataclass(frozen=True)
class Word:
    """An entry of a list, or a stretch of a phrase: the pattern and the letters it begins with."""

    pattern: str
    letters: tuple[str, ...]


WordLists = Mapping[str, tuple[Word, ...]]


def word_list(entries: Sequence[str]) -> tuple[Word, ...]:
    """The words of a list; their last kana is conjugated where it can be."""
    return tuple(word(entry, inflected=True) for entry in entries)


def phrase(source: str, lists: WordLists) -> Phrase:
    """Compile one phrase. Raises ValueError for an unknown list or a phrase without a word."""
    pieces: list[str] = []
    needs: list[tuple[str, ...]] = []
    slots = list(_SLOT.finditer(source))
    if not slots or source.strip("…^! ") == "":
        raise ValueError(f"{source!r} says nothing")
    for number, slot in enumerate(slots):
        name, choice, written = slot.groups()
        if name is not None:
            if name not in lists:
                raise ValueError(f"{source!r} names the unknown list {name!r}")
            pieces.append("(?:" + "|".join(entry.pattern for entry in lists[name]) + ")")
            needs.append(tuple(letters for entry in lists[name] for letters in entry.letters))
        elif choice is not None:
            pieces.append("(?:" + "|".join(re.escape(fold(part).text) for part in choice.split("|")) + ")")
        elif slot.group() == "…":
            pieces.append(rf"[^。!?\n]{{0,{GAP}}}?")
        elif slot.group() == "^":
            pieces.append(BOUNDARY)
        else:
            last = number == len(slots) - 1
            found = word(written, inflected=last)
            pieces.append(found.pattern)
            needs.append(found.letters)
    return Phrase(source, re.compile("".join(pieces)), tuple(needs), not source.endswith(("ない", "ない!")))


@cache
def word(written: str, *, inflected: bool) -> Word:
    """A stretch of a phrase: its spellings, and the conjugations of its end."""
    if written.endswith("!"):
        plain = fold(written[:-1]).text
        return Word(re.escape(plain), (plain,))
    spellings = _spellings(written)
    patterns: list[str] = []
    letters: list[str] = []
    for spelling in spellings:
        stem, ending = _stem(spelling) if inflected else (spelling, "")
        stem = fold(stem).text if stem else stem
        short = len(stem) + bool(ending) <= 2 and re.fullmatch(r"[ぁ-ん]+", stem)
        patterns.append((BOUNDARY if short else "") + _alone(stem) + ending)
        letters.append(stem)
    return Word("(?:" + "|".join(dict.fromkeys(patterns)) + ")", tuple(dict.fromkeys(letters)))


def _alone(stem: str) -> str:
    """The pattern of folded letters; Latin ones are a word of their own: OD does not stand in iPod."""
    before = "(?<![a-z])" if re.match("[a-z]", stem) else ""
    return before + re.escape(stem) + ("(?![a-z])" if re.search("[a-z]$", stem) else "")


def _stem(written: str) -> tuple[str, str]:
    """What does not change when the word is conjugated, and the pattern of what does."""
    head, last = written[:-1], written[-1]
    if written.endswith("する") and len(written) > 2:
        return written[:-2], "(?:[しすさせ]|$)?"
    if last == "る" and head:
        if _LAST_SOUND.search(head):
            return head, ""
        if _KANJI.search(head[-1]):
            return head, "[らりるれろってたなまよずちさ]"
        return head, "[らりるれろっん]"
    if last in _ENDINGS and len(head) >= 1:
        return head, _ENDINGS[last]
    return written, ""


def _spellings(written: str) -> tuple[str, ...]:
    """As written, and with kana for the kanji of any of its words (しめる for 絞める)."""
    if not _KANJI.search(written):
        return (written,)
    spellings = [""]
    for token in analyse(written):
        choices = [token.surface]
        kana = to_hiragana(token.reading)
        if _KANJI.search(token.surface) and len(kana) > 1 and not _KANJI.search(kana):
            choices.append(kana)
        spellings = [head + choice for head in spellings for choice in choices][:16]
    return tuple(dict.fromkeys((written, *spellings)))
