"""Days of collection as 5374.jp and cities write them. Pure.

「月 木」 every week, 「火1」「水2 水4」「第2・4月曜日」 the nth of the
month, 「毎週火・金曜日」, or days written out.
"""

import re
from dataclasses import dataclass
from datetime import date

from forum.directory.opendata.types import NotUnderstood

_DAYS = "月火水木金土日"
_NTH = re.compile(r"([月火水木金土日])([1-5])")
_OFFICIAL = re.compile(
    r"(?:毎週|第([1-5](?:[・,、と及び]+第?[1-5])*))?((?:[月火水木金土日][・,、と]?)+)(?:曜日?)?"
)


@dataclass(frozen=True)
class Collection:
    """One rule: on `weekday` (0 is Monday) in the `nth` weeks of the month (1 to 5; empty is every week)."""

    weekday: int
    nth: tuple[int, ...] = ()


def read_days(cell: str) -> tuple[Collection | date, ...]:
    """The rules of a cell. Raises NotUnderstood."""
    said = re.sub(r"\s*[(（].*?[)）]", "", cell).strip()
    words = said.split()
    if words and all(re.fullmatch(r"20\d{6}", word) for word in words):
        try:
            return tuple(date(int(w[:4]), int(w[4:6]), int(w[6:])) for w in words)
        except ValueError:
            raise NotUnderstood("その日はありません") from None
    if words and all(_NTH.fullmatch(word) or re.fullmatch(f"[{_DAYS}]", word) for word in words):
        return tuple(Collection(_DAYS.index(w[0]), (int(w[1]),) if len(w) > 1 else ()) for w in words)
    found: list[Collection] = []
    left = re.sub(r"[\s。]", "", said)
    while left:
        rule = _OFFICIAL.match(left)
        if not rule or not rule[0]:
            raise NotUnderstood("収集日として読めません")
        nth = tuple(int(each) for each in re.findall(r"[1-5]", rule[1] or ""))
        found += [Collection(_DAYS.index(day), nth) for day in rule[2] if day in _DAYS]
        left = left[rule.end() :].lstrip("・,、と")
    if not found:
        raise NotUnderstood("収集日として読めません")
    return tuple(found)
