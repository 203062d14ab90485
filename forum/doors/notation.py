"""The grammar of opening hours: text to rules, with the place of every fault. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NoReturn, TypeVar

T = TypeVar("T")

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_SPACE = re.compile(r"\s*")
_WEEKDAY = re.compile("|".join(WEEKDAYS))
_MONTH = re.compile("|".join(MONTHS))
_HOLIDAY = re.compile(r"PH\b")
_NUMBER = re.compile(r"\d{1,2}(?![\d:])")
_TIME = re.compile(r"(\d{2}):(\d{2})")
_OFF = re.compile(r"off\b")
_DAY_AND_NIGHT = re.compile(r"24/7")
_WORD = re.compile(r"[^\s;,]+")


class HoursError(ValueError):
    """A fault in opening hours: `position` counts characters from 1; `message` is for city staff."""

    def __init__(self, position: int, message: str) -> None:
        super().__init__(f"{position}文字目: {message}")
        self.position = position
        self.message = message


@dataclass(frozen=True)
class Rule:
    """One rule: the days it names and the spans (minutes) on them; no spans mean closed.

    dates: pairs of (month, day), both included, may run over the new year. weekdays: 0 to 6, with
    the week of the month or 0 for every week. Empty dates and weekdays without holidays name every day.
    """

    dates: tuple[tuple[tuple[int, int], tuple[int, int]], ...]
    weekdays: tuple[tuple[int, int], ...]
    holidays: bool
    spans: tuple[tuple[int, int], ...]

    def names(self, day: date, is_holiday: Callable[[date], bool]) -> bool:
        """True if the rule speaks of `day`."""
        here = (day.month, day.day)
        if self.dates and not any(
            first <= here <= last if first <= last else here >= first or here <= last
            for first, last in self.dates
        ):
            return False
        if not self.weekdays and not self.holidays:
            return True
        week = (day.day - 1) // 7 + 1
        return any(day.weekday() == which and nth in (0, week) for which, nth in self.weekdays) or (
            self.holidays and is_holiday(day)
        )


ALWAYS = Rule((), (), False, ((0, 24 * 60),))


def parse_rules(text: str) -> tuple[Rule, ...]:
    """Read the whole notation. Raises HoursError at the first fault."""
    reader = _Reader(text)
    rules = [reader.rule()]
    while reader.take(re.compile(";")):
        rules.append(reader.rule())
    if not reader.ended():
        reader.fail("ここから先が読めません。規則と規則の間は「;」で区切ります")
    return tuple(rules)


class _Reader:
    """Walks through the text; every method stands at the next thing that is not a space."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._skip()

    def _skip(self) -> None:
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at

    def ended(self) -> bool:
        return self.at >= len(self.text)

    def fail(self, message: str) -> NoReturn:
        word = _WORD.match(self.text, self.at)
        seen = f"「{word[0]}」" if word else "ここで終わり"
        raise HoursError(self.at + 1, f"{seen}: {message}")

    def ahead(self, pattern: re.Pattern[str]) -> bool:
        return pattern.match(self.text, self.at) is not None

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
            self._skip()
        return found

    def rule(self) -> Rule:
        if self.take(_DAY_AND_NIGHT):
            return ALWAYS
        dates = self._list(self._dates) if self.ahead(_MONTH) else ()
        weekdays: list[tuple[int, int]] = []
        holidays = False
        if self.ahead(_WEEKDAY) or self.ahead(_HOLIDAY):
            for days in self._list(self._weekdays):
                holidays = holidays or not days
                weekdays.extend(days)
        if self.take(_OFF):
            return Rule(dates, tuple(weekdays), holidays, ())
        if not self.ahead(_TIME):
            self.fail("曜日（Mo や PH）、月日（Dec 29）、時間（09:00-17:00）か off を書いてください")
        return Rule(dates, tuple(weekdays), holidays, self._list(self._span))

    def _list(self, item: Callable[[], T]) -> tuple[T, ...]:
        found = [item()]
        while self.take(re.compile(",")):
            found.append(item())
        return tuple(found)

    def _dates(self) -> tuple[tuple[int, int], tuple[int, int]]:
        month, day = self._date()
        first = (month, day or 1)
        last = (month, day or LENGTHS[month - 1])
        if self.take(re.compile("-")):
            if day and self.ahead(_NUMBER):
                last = (month, self._day_of(month))
            else:
                month, end = self._date()
                if bool(day) != bool(end):
                    self.fail("月だけの範囲と月日の範囲は混ぜられません")
                last = (month, end or LENGTHS[month - 1])
        return first, last

    def _date(self) -> tuple[int, int]:
        found = self.take(_MONTH)
        if not found:
            self.fail("月は Jan から Dec の3文字で書いてください")
        month = MONTHS.index(found[0]) + 1
        return month, self._day_of(month) if self.ahead(_NUMBER) else 0

    def _day_of(self, month: int) -> int:
        found = _NUMBER.match(self.text, self.at)
        if not found or not 1 <= int(found[0]) <= LENGTHS[month - 1]:
            self.fail("その月にない日です")
        self.take(_NUMBER)
        return int(found[0])

    def _weekdays(self) -> tuple[tuple[int, int], ...]:
        """The days of one item; nothing for PH."""
        if self.take(_HOLIDAY):
            return ()
        first = self._weekday()
        if nth := self.take(re.compile(r"\[([1-5])\]")):
            return ((first, int(nth[1])),)
        if not self.take(re.compile("-")):
            return ((first, 0),)
        last = self._weekday()
        return tuple(((first + step) % 7, 0) for step in range((last - first) % 7 + 1))

    def _weekday(self) -> int:
        found = self.take(_WEEKDAY)
        if not found:
            self.fail("曜日は Mo Tu We Th Fr Sa Su、祝日は PH と書いてください")
        return WEEKDAYS.index(found[0])

    def _span(self) -> tuple[int, int]:
        place = self.at
        start = self._time(24)
        if not self.take(re.compile("-")):
            self.fail("時間は 09:00-17:00 のように、始まりと終わりを書いてください")
        end = self._time(48)
        if end <= start:
            self.at = place
            self.fail("終わりが始まりより前です。夜中をまたぐときは 22:00-30:00 のように書きます")
        return start, end

    def _time(self, limit: int) -> int:
        found = _TIME.match(self.text, self.at)
        minutes = int(found[1]) * 60 + int(found[2]) if found else 0
        if not found or int(found[2]) > 59 or minutes > limit * 60:
            self.fail(f"時刻は 00:00 から {limit}:00 まで、2けたずつで書いてください")
        self.take(_TIME)
        return minutes
