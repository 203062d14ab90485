"""E-mail addresses, also in the disguises people use against robots, in a normalised text."""

import re
from collections.abc import Iterator

from forum.privacy.types import Find, Public

_LOCAL = r"[a-z0-9._%+\-]"
_AT = (
    r"(?>[ \n]{0,2}(?:@|[(\[{<「【〈](?:@|at|a|アット(?:マーク)?|あっと(?:まーく)?)[)\]}>」】〉]"
    r"|アット(?:マーク)?|あっと(?:まーく)?|[★☆●◎◆◇■〓])[ \n]{0,2}| at )"
)
_DOT = r"(?>\.| ?[(\[]?(?:ドット|どっと|dot)[)\]]? ?|(?<=[a-z0-9])[。・](?=[a-z]{2}))"
_NAME = r"[a-z0-9\-]{1,63}+"
_MAIL = re.compile(rf"(?<!{_LOCAL}){_LOCAL}{{1,64}}+{_AT}{_NAME}(?:{_DOT}{_NAME}){{1,6}}+")
# The well-known houses are named without their ending: yuki77@gmail です
_HOUSES = r"(?:gmail|g-?mail|yahoo|ymail|icloud|docomo|ezweb|softbank|au|hotmail|outlook|live|rakuten)"
_SHORT = re.compile(rf"(?<!{_LOCAL}){_LOCAL}{{2,64}}+{_AT}{_HOUSES}(?![a-z0-9@])")
# A mailbox name before or after the house's name: gメールで yuki.n77 , yuki.n77 のヤフーメール
_HOUSE_WORD = r"(?:gmail|icloud|(?:g|ジー|ヤフー|yahoo|ドコモ) ?の?メール|アイクラウド)"
_BOX = r"(?=[a-z0-9._\-]*[0-9._])[a-z][a-z0-9._\-]{3,63}+"
_BOX_FIRST = re.compile(rf"(?<!{_LOCAL})(?P<box>{_BOX})[ の]{{0,2}}{_HOUSE_WORD}")
_HOUSE_FIRST = re.compile(rf"{_HOUSE_WORD}[^a-z0-9。\n]{{0,10}}+(?P<box>{_BOX})")
# All in words: ゆき アットマーク ジーメール ドットコム
_SPOKEN_AT = re.compile(
    r"(?:アット(?:マーク)?|あっと(?:まーく)?|@) ?[\wー.\- ]{1,30}?"
    r"(?:ドット|どっと) ?(?:コム|こむ|com|ネット|net|ジェーピー|jp)"
)
_BEFORE_AT = re.compile(r"[a-z0-9ァ-ヶーぁ-ん._\-]{1,30}+ ?\Z")


def find_mails(text: str, public: Public) -> Iterator[Find]:
    """Addresses with @ or a stand-in for it; well-known houses also without their ending."""
    for pattern in (_MAIL, _SHORT):
        for found in pattern.finditer(text):
            yield Find(found.start(), _trimmed(text, found.start(), found.end()), "email")
    for pattern in (_BOX_FIRST, _HOUSE_FIRST):
        for found in pattern.finditer(text):
            yield Find(*found.span("box"), "email")
    for found in _SPOKEN_AT.finditer(text):
        before = text[max(0, found.start() - 31) : found.start()]
        name = _BEFORE_AT.search(before)
        if name:
            yield Find(found.start() - len(before) + name.start(), found.end(), "email")


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in "-.":
        end -= 1
    return end
