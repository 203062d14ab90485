"""A small world around the desk: years with holidays, people who fall ill, rosters with holes, faults.

Everything is drawn from a seed, so that a year that fails can be looked at again. What the world does
not decide: when a report is due, who is told, what is an alarm. That is asked of the product.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from forum.clock import TOKYO, local
from forum.safeguarding.policy import Policy
from forum.safeguarding.watch.types import Facts, Person, Roster, Shift

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FIRST_YEAR, YEARS_OF_CALENDAR = 2026, 60  # the calendar of holidays is known so far; then it begins anew
GROUPS = ("family", "facility", "school")
ALL = frozenset(GROUPS)
WORKERS = tuple(Person(n, f"職員{n}", f"p{n}@desk.example", ALL) for n in range(1, 5))
LEADERS = tuple(Person(n, f"係長{n}", f"p{n}@desk.example", ALL, supervisor=True) for n in (5, 6))
PEOPLE = {person.id: person for person in (*WORKERS, *LEADERS)}
WATCHER_ASKS_EVERY = 5 * MINUTE


@dataclass(frozen=True)
class Span:
    """Something that lasts; `by` is how far a clock is wrong meanwhile."""

    starts: datetime
    ends: datetime
    by: timedelta = timedelta()


class Spans:
    """Stretches of time that do not overlap."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans: list[Span] = []
        for span in sorted(spans, key=lambda one: one.starts):
            if not self.spans or span.starts >= self.spans[-1].ends:
                self.spans.append(span)
        self.starts = [span.starts for span in self.spans]

    def at(self, moment: datetime) -> Span | None:
        """The stretch that runs at a moment."""
        place = bisect_right(self.starts, moment) - 1
        return self.spans[place] if place >= 0 and moment < self.spans[place].ends else None

    def without(self, others: Spans) -> Spans:
        """Those that touch none of the others."""
        return Spans(
            [a for a in self.spans if not any(b.starts < a.ends and a.starts < b.ends for b in others.spans)]
        )


class World:
    """One year, from its seed."""

    def __init__(self, number: int, seed: int, policy: Policy) -> None:
        self.rng = random.Random(seed * 1_000_003 + number)
        self.policy = policy
        self.year = FIRST_YEAR + number % YEARS_OF_CALENDAR
        self.first = datetime(self.year, 1, 1, tzinfo=TOKYO).astimezone(UTC)
        self.mail_down = self._spans(5, 10 * MINUTE, 3 * DAY)
        self.worker_down = self._spans(5, 5 * MINUTE, 2 * DAY)
        self.watcher_down = self._spans(2, HOUR, 2 * DAY)
        self.worker_skew = self._spans(2, 10 * MINUTE, 2 * DAY, skew=True)
        self.door_skew = self._spans(1, 10 * MINUTE, 2 * DAY, skew=True)
        self.ill = {person.id: self._spans(3, 8 * HOUR, 8 * DAY) for person in PEOPLE.values()}
        # Of two who lead, one is always reachable: a city must decide that, no program can.
        self.ill[6] = self.ill[6].without(self.ill[5])
        self.rosters: dict[int, Roster] = {}

    def _spans(self, a_year: float, shortest: timedelta, longest: timedelta, *, skew: bool = False) -> Spans:
        found, at = [], self.first
        while True:
            at += DAY * self.rng.expovariate(a_year / 365)
            if at > self.first + 366 * DAY:
                return Spans(found)
            # Short faults are many, long ones few.
            lasts = shortest * (longest / shortest) ** self.rng.random()
            by = timedelta()
            if skew:
                by = self.rng.choice((-1, 1)) * 5 * MINUTE * (2 * DAY / (5 * MINUTE)) ** self.rng.random()
            found.append(Span(at, at + lasts, by))

    def arrivals(self, how_many: int) -> Iterator[datetime]:
        """When reports come: any time, more of them in the night and around days off."""
        for _ in range(how_many):
            at = self.first + DAY * self.rng.random() * 360
            if self.rng.random() < 0.3:  # into a stretch in which something is broken
                broken = [*self.mail_down.spans, *self.worker_down.spans, *self.worker_skew.spans]
                broken += self.door_skew.spans
                if broken:
                    span = self.rng.choice(broken)
                    at = span.starts + (span.ends - span.starts) * self.rng.random()
            yield at

    def roster(self, at: datetime) -> Roster:
        """The roster of the week of a moment and of the next."""
        week = (at - self.first) // (7 * DAY)
        if week not in self.rosters:
            shifts = self.week(week) + self.week(week + 1)
            self.rosters[week] = Roster(tuple(shifts), PEOPLE)
            self.rosters.pop(week - 3, None)
        return self.rosters[week]

    def week(self, week: int) -> list[Shift]:
        """What was entered for the week of that number."""
        rng = random.Random(f"{self.year} {self.first} {week} {self.mail_down.starts[:1]}")
        if rng.random() < 0.04:
            return []  # everybody thought that somebody else would enter it
        shifts: list[Shift] = []
        monday = self.first + week * 7 * DAY
        nights, weekends = rng.random() < 0.5, rng.random() < 0.8
        deputy, second = rng.sample(range(1, 5), 2)
        for group in GROUPS:
            for day in range(7):
                midnight = datetime.combine(local(monday + day * DAY).date(), time(), TOKYO)
                if rng.random() < 0.08 or (midnight.weekday() >= 5 and not weekends):
                    continue
                starts, ends = (
                    midnight + timedelta(hours=8, minutes=30),
                    midnight + timedelta(hours=17, minutes=30),
                )
                shifts.append(Shift(rng.randint(1, 4), group, starts, ends, 0))
                if nights:
                    shifts.append(Shift(rng.randint(1, 4), group, ends, starts + DAY, 0))
            for who, rank in ((deputy, 1), (second, 2)):
                if rng.random() < 0.85:
                    shifts.append(Shift(who, group, monday, monday + 7 * DAY, rank))
        return shifts

    def well(self, person: int, at: datetime) -> bool:
        """True if a person is not ill: an ill one hears and opens nothing."""
        return self.ill[person].at(at) is None

    def page_after(self, at: datetime) -> datetime | None:
        """When somebody who is well next opens a page of the desk: every two hours on working days."""
        day: date = local(at).date()
        for _ in range(12):
            midnight = datetime.combine(day, time(), TOKYO)
            for opens, closes in self.policy.reading.spans_on(day):
                for minute in range(opens + 10, min(closes, opens + 24 * 60), 120):
                    moment = midnight + minute * MINUTE
                    if moment > at and any(self.well(person, moment) for person in PEOPLE):
                        return moment
            day += DAY
        return None

    def worker_now(self, at: datetime) -> datetime:
        """What the worker's clock shows."""
        skew = self.worker_skew.at(at)
        return at + skew.by if skew else at

    def latest(self, at: datetime) -> datetime:
        """The latest moment that the worker wrote down, until somebody who leads says what is right."""
        latest = self.worker_now(at)
        for skew in self.worker_skew.spans:
            if skew.by < timedelta() and skew.starts <= at < skew.ends:
                latest = max(latest, skew.starts)
            if skew.by > timedelta() and skew.ends <= at < skew.ends + 4 * DAY:
                page = self.page_after(skew.ends)
                if page is None or at < page:
                    latest = max(latest, skew.ends + skew.by)
        return latest

    def facts(self, at: datetime, unsent_since: datetime | None, written: datetime) -> Facts:
        """What a page of the desk knows about the watch; the desk's own clock is right."""
        down = self.worker_down.at(at)
        looked_at = self.worker_now(down.starts if down else at)
        return Facts(
            now=at,
            looked_at=looked_at,
            latest_at=max(looked_at, self.latest(at), written),
            jumped=False,
            mail=True,
            unsent_since=unsent_since,
            waiting_since=None,
            set_aside=0,
        )
