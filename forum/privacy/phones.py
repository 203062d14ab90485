"""Telephone numbers, also spelled in kana or kanji digits, in a normalised text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from forum.privacy.types import Find, Public

_SPOKEN = {
    "0": "ゼロ ぜろ レイ れい マル まる 零 〇 ○ ◯ オー",
    "1": "イチ いち ワン わん 一 壱",
    "2": "ニー にー ニ に ツー つー 二",
    "3": "サン さん スリー すりー 三",
    "4": "ヨン よん シ し フォー 四",
    "5": "ゴー ごー ゴ ご ファイブ 五",
    "6": "ロク ろく シックス 六",
    "7": "ナナ なな シチ しち セブン 七",
    "8": "ハチ はち エイト 八",
    "9": "キュー きゅー キュウ きゅう ク く ナイン 九",
}
_DIGIT_OF = {word: digit for digit, words in _SPOKEN.items() for word in words.split()}
# Longest first, so that a word has one reading: しち is 7, not 4 and a rest.
_WORDS = "|".join(sorted(_DIGIT_OF, key=len, reverse=True))
_GAP = r"[-ー~./・_()\[\]|*★☆●→=+の\u20e3 \n]{0,4}+"  # what people put between the groups
_RUN = re.compile(rf"(?:[0-9]++|(?:{_WORDS})){_GAP}(?:(?:[0-9]++|(?>{_WORDS})){_GAP})*+")
_PIECE = re.compile(rf"[0-9]++|(?>{_WORDS})")

_MOBILE = re.compile(r"0[5-9]0[0-9]{8}")
_MOBILE_MISTYPED = re.compile(r"0[789]0[0-9]{7,9}")
_MOBILE_BARE = re.compile(r"[789]0[0-9]{8}")
_LANDLINE = re.compile(r"0[1-9][0-9]{8}")
_TOLL_FREE = re.compile(r"0800[0-9]{7}")
_ABROAD = re.compile(r"(?:0081|01081|81)0?(?:[1-9][0-9]{8}|[5-9]0[0-9]{8})")
_NEVER = re.compile(r"00(?:[^8]|8[^1])")
# How the ten digits of a landline are grouped; 04/12/2024 10 is not one of these.
_LANDLINE_GROUPS = {
    (10,), (2, 8), (3, 7), (4, 6), (5, 5), (6, 4),
    (2, 4, 4), (3, 3, 4), (4, 2, 4), (5, 1, 4), (4, 3, 3), (3, 4, 3),
}  # fmt: skip
_LOCAL = re.compile(
    r"(?:電話|でんわ|デンワ|tel|☎|📞|📱|携帯|ケータイ|けーたい|自宅|番号|連絡先|fax)[^0-9\n。]{0,8}?"
    r"(?<![0-9])(?P<number>[0-9]{2,4}[-ー][0-9]{4})(?![-ー]?[0-9])"
)
_MOST_GROUPS = 13  # 0081 and each digit of a mobile number by itself
_MOST_DIGITS = 15


class _Group(NamedTuple):
    """Digits written in one go; a spoken digit is a group of its own."""

    digits: str
    start: int
    end: int
    spoken: bool


def find_phones(text: str, public: Public) -> Iterator[Find]:
    """Japanese numbers with area code, and local ones after a word such as 電話; public ones left out."""
    covered = 0
    for run in _RUN.finditer(text):
        for start, end, digits in _numbers(_groups(text, run.start(), run.end())):
            covered = end
            if not _is_public(digits, public):
                yield Find(_opened(text, start, end), _closed(text, start, end), "phone")
    for local in _LOCAL.finditer(text):
        start, end = local.span("number")
        if start >= covered and not _is_public(text[start:end], public):
            yield Find(start, end, "phone")


def _groups(text: str, start: int, end: int) -> list[_Group]:
    groups = []
    for piece in _PIECE.finditer(text, start, end):
        word = piece.group()
        groups.append(_Group(_DIGIT_OF.get(word, word), piece.start(), piece.end(), word in _DIGIT_OF))
    return groups


def _numbers(groups: list[_Group]) -> Iterator[tuple[int, int, str]]:
    at = 0
    while at < len(groups):
        taken = _number_at(groups, at)
        if taken:
            last = at + taken - 1
            yield groups[at].start, groups[last].end, "".join(g.digits for g in groups[at : last + 1])
            at += taken
        else:
            at += 1


def _number_at(groups: list[_Group], at: int) -> int:
    """How many groups from `at` on make one telephone number; 0 if none do."""
    first = groups[at].digits
    if first[0] not in "0789" or (len(first) == 1 and first != "0"):
        return 0
    digits = ""
    best = 0
    for count, group in enumerate(groups[at : at + _MOST_GROUPS], 1):
        digits += group.digits
        if len(digits) > _MOST_DIGITS or _NEVER.match(digits):
            break
        if _is_number(digits, groups[at : at + count]):
            best = count
    return best


def _is_number(digits: str, groups: list[_Group]) -> bool:
    if _MOBILE.fullmatch(digits) or _TOLL_FREE.fullmatch(digits) or _ABROAD.fullmatch(digits):
        return True
    sizes = tuple(len(group.digits) for group in groups)
    if _LANDLINE.fullmatch(digits):
        return sizes in _LANDLINE_GROUPS or any(group.spoken for group in groups)
    if len(sizes) == 3 and sizes[0] == 3 and sizes[2] >= 3:
        return bool(_MOBILE_MISTYPED.fullmatch(digits))
    return sizes == (2, 4, 4) and bool(_MOBILE_BARE.fullmatch(digits))


def _is_public(number: str, public: Public) -> bool:
    return "".join(c for c in number if c.isdigit() or c == "#") in public.numbers


def _opened(text: str, start: int, end: int) -> int:
    """The start with a plus sign or the bracket of (090)1234."""
    before = text[start - 1 : start]
    return start - (before == "+" or (before == "(" and ")" in text[start:end]))


def _closed(text: str, start: int, end: int) -> int:
    """The end with a bracket that was opened inside, as in 090(1234)."""
    is_open = text.count("(", start, end) > text.count(")", start, end)
    return end + (is_open and text.startswith(")", end))
