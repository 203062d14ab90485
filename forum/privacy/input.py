"""Typed text without what nobody can see: it would hide a number from us and a trick from readers."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ZWJ = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_SKIN = range(0x1F3FB, 0x1F400)
# Letters of other scripts that are drawn as nothing: an empty name or text could be made of them.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_MOST_MARKS = 4  # marks on one letter; no language needs more, and "zalgo" towers cover the page
# Kana, common kanji, ASCII: what needs no look at each letter.
_PLAIN = re.compile("[\n -~\u3001-\u3098\u309d-\u30ff\u4e00-\u9fff\uff01-\uff5e]*")


def clean_input(text: str) -> str:
    """NFC text with "\\n" line ends and without control, direction, zero-width and broken characters.

    A joiner stays where it joins emoji; emoji style and ideographic variants (葛󠄀) stay. A tab becomes
    a space. Twice is the same as once. Linear in the length.
    """
    if _PLAIN.fullmatch(text):
        return unicodedata.normalize("NFC", text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    # Taking a letter away can bring others together, so composing and removing take turns until still.
    for _ in range(3):
        cleaned = unicodedata.normalize("NFC", _seen_only(text))
        if cleaned == text:
            break
        text = cleaned
    return text


def visible_length(text: str) -> int:
    """Characters a reader sees, without spaces; an emoji made of several counts as one."""
    count = 0
    joined = False
    for letter in clean_input(text):
        if letter == _ZWJ:
            joined = True
            continue
        if letter.isspace() or _is_mark(letter) or ord(letter) in _SKIN:
            continue
        count += not joined
        joined = False
    return count


def _seen_only(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for place, letter in enumerate(text):
        if letter == _ZWJ:
            if not (kept and _joins(kept[-1]) and _is_emoji(text[place + 1 : place + 2])):
                continue
        elif _unseen(letter):
            continue
        elif _is_mark(letter):
            marks += 1
            if marks > _MOST_MARKS:
                continue
        else:
            marks = 0
        kept.append(letter)
    return "".join(kept)


def _unseen(letter: str) -> bool:
    if letter == "\n":
        return False
    if letter in _BLANK_LETTERS or unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co"):
        return True
    return ord(letter) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(letter) <= 0xFDEF  # never characters


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Me")


def _joins(letter: str) -> bool:
    return letter == _EMOJI_STYLE or _is_emoji(letter)


def _is_emoji(letter: str) -> bool:
    """Pictographs, also those newer than the tables of this Python (unassigned there)."""
    if not letter:
        return False
    point = ord(letter)
    return 0x1F000 <= point <= 0x1FAFF or 0x2190 <= point <= 0x2BFF
