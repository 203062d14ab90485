"""Readings above the kanji of a text that nobody annotated by hand, such as the names of a city's doors."""

import re
from typing import NamedTuple

from forum.language.normalise import to_hiragana
from forum.language.tokens import Token, analyse

_KANJI = re.compile(r"[々〆\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_MINUTES = {"0": "ぷん", "1": "ぷん", "3": "ぷん", "4": "ぷん", "6": "ぷん", "8": "ぷん"}
# Days of the month that are not read as their number.
_DAYS = {
    **dict(enumerate("ついたち ふつか みっか よっか いつか むいか なのか ようか ここのか とおか".split(), 1)),
    14: "じゅうよっか",
    20: "はつか",
    24: "にじゅうよっか",
}


class Piece(NamedTuple):
    """A part of the text as it was written; `reading` in hiragana, empty where none is needed."""

    text: str
    reading: str = ""


def has_kanji(text: str) -> bool:
    """True if somebody who reads kana alone could not read it."""
    return bool(_KANJI.search(text))


def pieces(text: str) -> tuple[Piece, ...]:
    """The text in parts, in order and whole; kanji carry the reading that the dictionary knows.

    A reading may be wrong where a word has several; a word unknown to the dictionary has none.
    """
    found: list[Piece] = []
    place = 0
    for token in analyse(text):
        number = found[-1].text if found and place == token.start else ""
        found.append(Piece(text[place : token.start]))
        found.extend(_counted(number, token, text) or _read(text[token.start : token.end], token.reading))
        place = token.end
    found.append(Piece(text[place:]))
    return tuple(piece for piece in found if piece.text)


def _counted(number: str, token: Token, text: str) -> list[Piece]:
    """分, 月 and 日 after a number in digits, whose reading hangs on the number; [] for all else."""
    word = text[token.start : token.end]
    if not number.isascii() or not number.isdigit():
        return []
    if word == "分":
        return [Piece(word, _MINUTES.get(number[-1], "ふん"))]
    if word == "月":
        return [Piece(word, "がつ")]
    if word == "日" and int(number) in _DAYS:
        return [Piece(word, _DAYS[int(number)])]
    return []


def _read(word: str, reading: str) -> list[Piece]:
    """The kanji of a word with their part of its reading: 話せる, ハナセル -> 話(はな) せる."""
    if not has_kanji(word) or not reading:
        return [Piece(word)]
    parts = re.split(f"({_KANJI.pattern})", word)
    pattern = "".join("(.+?)" if has_kanji(part) else re.escape(to_hiragana(part)) for part in parts)
    met = re.fullmatch(pattern, to_hiragana(reading))
    if met is None:
        return [Piece(word, to_hiragana(reading))]
    readings = iter(met.groups())
    return [Piece(part, next(readings) if has_kanji(part) else "") for part in parts]
