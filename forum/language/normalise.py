"""One spelling for texts that a reader takes as the same, with the way back to what was typed."""

import re
import unicodedata
from typing import NamedTuple

# Hyphens, dashes, minus signs and box lines that people type for the long vowel mark.
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u2501\ufe63\u30fc\uff70-"
_WAVES = "~\u301c\u223c\u223e\u3030"
_KANA = "\u3041-\u3096\u30a1-\u30fa\u30fc\u30fd\u30fe"
_LINE_ENDS = ("\n", "\r", "\u2028", "\u2029", "\x85")
_DAKUTEN = "\uff9e\uff9f"
_LONG_MARK = re.compile(f"(?<=[{_KANA}])[{_DASHES}]+(?![0-9a-z])")
_LONG_WAVE = re.compile(f"(?<=[{_KANA}])[{_WAVES}]+(?=$|[\\s。、!?…!{_KANA}])")
_DASH = re.compile(f"[{_DASHES.replace(chr(0x30FC), '')}]")
_WAVE = re.compile(f"[{_WAVES}]")
_MARK = re.compile(f"ーー|[{_WAVES}{_DASHES.replace(chr(0x30FC), '')}]")
# Letters that are their own normal spelling, up to one before a mark may follow.
_OWN = r"[0-9a-z \n!?.,、。・「」()\u3041-\u3094\u30a1-\u30fa\u30fc\u4e00-\u9fff]"
_PLAIN = re.compile(rf"{_OWN}+(?={_OWN}|\Z)")


class Spelled(NamedTuple):
    """A normalised text; character i of `text` was written at `original[starts[i]:ends[i]]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def normalise(text: str) -> str:
    """NFKC, lower case, one long mark, one dash, plain spaces; without invisible or broken characters.

    Applying it twice changes nothing more. Line ends become "\\n"; NUL, control and zero-width
    characters, variation selectors and lone surrogates are left out.
    """
    return spelled(text).text


def spelled(text: str) -> Spelled:
    """As `normalise`, with the offsets of every character in the given text."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    while place < len(text):
        plain = _PLAIN.match(text, place)
        if plain:
            letters += plain.group()
            starts += range(place, plain.end())
            ends += range(place + 1, plain.end() + 1)
            place = plain.end()
            continue
        cluster, place = _cluster(text, place)
        spelling = _letters("".join(text[i] for i in cluster))
        letters += spelling
        starts += [cluster[0]] * len(spelling) if cluster else []
        ends += [cluster[-1] + 1] * len(spelling) if cluster else []
    found = Spelled("".join(letters), tuple(starts), tuple(ends))
    while _MARK.search(found.text) and (unified := _unify(found)).text != found.text:
        found = unified
    return found


def to_katakana(text: str) -> str:
    """Hiragana letters as katakana; everything else stays."""
    return "".join(chr(ord(c) + 0x60) if "\u3041" <= c <= "\u3096" else c for c in text)


def to_hiragana(text: str) -> str:
    """Katakana letters as hiragana (ヷ and kin, which have none, stay); everything else stays."""
    return "".join(chr(ord(c) - 0x60) if "\u30a1" <= c <= "\u30f6" else c for c in text)


def _cluster(text: str, place: int) -> tuple[list[int], int]:
    """Places of the next seen letter with the marks that belong to it, and the place after them.

    か + ゛ must become が as it does in the whole text. Empty at the end of the text.
    """
    cluster: list[int] = []
    while place < len(text):
        letter = text[place]
        if _unseen(letter) or (letter == "\r" and text[place + 1 : place + 2] == "\n"):
            place += 1
            continue
        if cluster and not (unicodedata.combining(letter) or letter in _DAKUTEN):
            break
        cluster.append(place)
        place += 1
    return cluster, place


def _unseen(letter: str) -> bool:
    """Control and zero-width characters, broken halves, unassigned places, variation selectors."""
    if letter.isspace() or letter in _LINE_ENDS:
        return False
    return (
        unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn")
        or "\ufe00" <= letter <= "\ufe0f"
        or "\U000e0100" <= letter <= "\U000e01ef"
    )


def _letters(cluster: str) -> str:
    """One cluster in its normal spelling."""
    if cluster in _LINE_ENDS:
        return "\n"
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).lower())
    return "".join(" " if letter.isspace() else letter for letter in folded if not _unseen(letter))


def _unify(given: Spelled) -> Spelled:
    """Long marks after kana become one ー, other dashes one -, waves one ~."""
    text, starts, ends = given
    marked = {m.start(): (m.end(), "ー") for m in _LONG_MARK.finditer(text)}
    for m in _LONG_WAVE.finditer(text):
        marked.setdefault(m.start(), (m.end(), "ー"))
    text = _WAVE.sub("~", _DASH.sub("-", text))
    out: list[str] = []
    out_starts: list[int] = []
    out_ends: list[int] = []
    i = 0
    while i < len(text):
        end, letter = marked.get(i, (i + 1, text[i]))
        if letter == "ー" and out and out[-1] == "ー":  # すごーーい, すごー〜い
            out_ends[-1] = ends[end - 1]
        else:
            out.append(letter)
            out_starts.append(starts[i])
            out_ends.append(ends[end - 1])
        i = end
    return Spelled("".join(out), tuple(out_starts), tuple(out_ends))
