"""Opening hours in a subset of the OpenStreetMap notation, on Japan's clock.

    24/7
    Mo-Fr 09:00-17:00; PH off; Dec 29-Jan 3 off
    Mo-Sa 18:00-32:00; Su,PH 09:00-32:00        (32:00 is 8 o'clock of the next day)
    Mo,We 10:00-12:00,13:00-15:00; Su[4] off    (the fourth Sunday of the month)
    Mo-Su 16:00-21:00; Jan 10,Feb 10 08:00-32:00

Of several rules that name a day the last one stands alone (as in the notation's own definition).
A span belongs to the day on which it begins: a day that is `off` does not cut the night before.
PH are Japan's public holidays with their substitutes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from forum.clock import TOKYO, local
from forum.doors.notation import ALWAYS, HoursError, Rule, parse_rules

__all__ = ["HoursError", "Schedule", "holidays_of"]

HORIZON_DAYS = 400  # beyond a year nothing new happens in this notation
_DAY = 24 * 60


@lru_cache(maxsize=16)
def holidays_of(year: int) -> frozenset[date]:
    """Japan's public holidays of a year, substitutes included."""
    import holidays

    return frozenset(day for day in holidays.country_holidays("JP", years=year) if day.year == year)


@dataclass(frozen=True)
class Schedule:
    """When somebody answers. All moments asked for are aware; all moments given are in Tokyo time."""

    text: str
    rules: tuple[Rule, ...] = field(compare=False, repr=False)
    _days: dict[date, tuple[tuple[int, int], ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def parse(cls, text: str) -> "Schedule":
        """Read the notation. Raises HoursError that names the place of the fault."""
        return cls(text.strip(), parse_rules(text))

    def spans_on(self, day: date) -> tuple[tuple[int, int], ...]:
        """Minutes after midnight of `day` at which spans that begin on it start and end; end up to 2,880."""
        found = self._days.get(day)
        if found is None:
            fitting = [rule for rule in self.rules if rule.names(day, _is_holiday)]
            found = self._days[day] = tuple(sorted(fitting[-1].spans)) if fitting else ()
        return found

    @property
    def always(self) -> bool:
        """True for 24/7 alone."""
        return self.rules == (ALWAYS,)

    def is_open(self, at: datetime) -> bool:
        """True if somebody answers at `at`."""
        if self.always:
            return True
        there = local(at)
        minute = there.hour * 60 + there.minute
        today, before = there.date(), there.date() - timedelta(days=1)
        return any(start <= minute < end for start, end in self.spans_on(today)) or any(
            minute < end - _DAY for _, end in self.spans_on(before)
        )

    def next_opening(self, at: datetime) -> datetime | None:
        """The first moment after `at` at which it opens; None if it never does again."""
        return next((start for start, _ in self._open_times(local(at)) if start > at), None)

    def next_change(self, at: datetime) -> datetime | None:
        """The first moment after `at` at which it opens or closes; None if it never does again."""
        if self.always:
            return None
        for start, end in self._open_times(local(at)):
            if start > at:
                return start
            if end is not None and end > at:
                return end
        return None

    def _open_times(self, there: datetime) -> Iterator[tuple[datetime, datetime | None]]:
        """Spans from yesterday on, joined where one begins before the last ends; None: open for good."""
        first = there.date() - timedelta(days=1)
        start: datetime | None = None
        end = datetime.min.replace(tzinfo=TOKYO)
        for offset in range(HORIZON_DAYS):
            midnight = datetime.combine(first + timedelta(days=offset), time(), TOKYO)
            for opens, closes in self.spans_on(midnight.date()):
                begins, ends = midnight + timedelta(minutes=opens), midnight + timedelta(minutes=closes)
                if start is not None and begins > end:
                    yield start, end
                    start = None
                start, end = (begins, ends) if start is None else (start, max(end, ends))
        if start is not None:
            beyond = datetime.combine(first + timedelta(days=HORIZON_DAYS), time(), TOKYO)
            yield start, None if end >= beyond else end


def _is_holiday(day: date) -> bool:
    return day in holidays_of(day.year)
