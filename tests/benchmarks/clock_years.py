"""Years of reports, rosters, holidays, illness and faults against the product's own clock and escalation.

    python -m tests.benchmarks.clock_years [--years 10000] [--seed 1] [--reports 16]

Calls the same pure functions as the worker and the pages (watch.rules, watch.roster, watch.signs). Asserts:
no report is unseen past its limit, and none is without an end past its due time, without an alarm that
reached somebody. Reached means: delivered by a channel that was up, to a person who was not ill; or shown
on a page that somebody who was well opened; or told by the outside watcher, who asks /watch/heartbeat.
It must have happened within GRACE of time in which at least one of these ways was open. Prints one JSON
object; exits 1 when a report was missed.
"""

import argparse
import heapq
import json
import sys
import time as stopwatch
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from forum.city.places import pack_path
from forum.safeguarding.policy import Policy, load_policy
from forum.safeguarding.watch import roster as rosters
from forum.safeguarding.watch import rules, signs
from forum.safeguarding.watch.types import CaseClock, Escalation, Told
from tests.benchmarks.clock_world import (
    DAY,
    GROUPS,
    HOUR,
    MINUTE,
    PEOPLE,
    WATCHER_ASKS_EVERY,
    World,
)

# A whole climb to those who lead is 45 minutes; mail that is up again goes out within 10.
GRACE = 90 * MINUTE
FOLLOWED_FOR = 6 * DAY
RETRY = 10 * MINUTE  # the outbox's longest pause: mail that is up again carries what waits after it
LOOK = 15 * MINUTE  # the worker looks each half minute; nothing in the rules is finer than this


@dataclass
class Story:
    """One report and what happened to it. `heard`: when an alarm of a kind first reached somebody."""

    clock: CaseClock
    written: datetime
    arrived: datetime
    sent: set[tuple[str, int, int]] = field(default_factory=set)
    taken: dict[str, datetime] = field(default_factory=dict)
    running_taken: dict[str, datetime] = field(default_factory=dict)  # of the alarm that runs now
    heard: dict[str, datetime] = field(default_factory=dict)
    opened_at: datetime | None = None
    ended_at: datetime | None = None
    unsent_since: datetime | None = None
    ways: Counter[str] = field(default_factory=Counter)


class Telling:
    """Lives through one report, event by event."""

    def __init__(self, world: World, arrived: datetime) -> None:
        rng = world.rng
        groups = rng.choice(((GROUPS[0],), (GROUPS[0],), (GROUPS[1],), (GROUPS[2],), GROUPS[1:]))
        urgent = rng.random() < 0.25
        skew = world.door_skew.at(arrived)
        started = arrived + skew.by if skew else arrived
        due = rules.due_at(started, urgent, groups, world.policy)
        self.world = world
        self.arrived = arrived
        clock = CaseClock(f"{rng.getrandbits(40):010x}", groups, started, due)
        self.story = Story(clock, started, arrived)
        self.events: list[tuple[datetime, int, str, object]] = []
        self.count = 0
        # Some concerns are quickly cleared, some take longer than the law allows.
        self.takes = HOUR * rng.lognormvariate(2.6, 0.9)

    def push(self, at: datetime, what: str, about: object = None) -> None:
        self.count += 1
        heapq.heappush(self.events, (at, self.count, what, about))

    def live(self) -> Story:
        """From arrival to the end, or as long as it is followed."""
        self.push(self.arrived, "round")
        while self.events:
            at, _, what, about = heapq.heappop(self.events)
            if at > self.arrived + FOLLOWED_FOR or self.story.ended_at is not None:
                break
            if what == "round":
                self._round(at)
            elif what == "reached":
                self._reached(at, about)  # type: ignore[arg-type]
            elif what == "opened":
                self._opened(at)
            elif what == "ended":
                self.story.ended_at = at
                self.story.clock = replace(self.story.clock, end="seen")
        return self.story

    def _round(self, at: datetime) -> None:
        """The worker looks, if it is alive."""
        down = self.world.worker_down.at(at)
        if down is not None:
            self.push(down.ends, "round")
            return
        story, world = self.story, self.world
        now = rules.never_back(world.worker_now(at), world.latest(at))
        self._end_what_is_over(now)
        told = Told(frozenset(story.sent), story.taken)
        for one in rules.escalations(story.clock, world.policy, world.roster(now), told, now):
            if one.staff_id is not None:
                story.sent.add((one.stage, one.step, one.staff_id))
                self._send(at, one)
        self.push(self._next_round(at, now), "round")

    def _end_what_is_over(self, now: datetime) -> None:
        """A new alarm of the same kind begins from the lowest rung, as in the book of alarms."""
        story = self.story
        standing = {need.stage for need in rules.needs(story.clock, self.world.policy, now)}
        for stage in {one[0] for one in story.sent}:
            if rules.is_over(stage, standing, story.running_taken.get(stage), now):
                story.sent = {one for one in story.sent if one[0] != stage}
                story.running_taken.pop(stage, None)

    def _send(self, at: datetime, one: Escalation) -> None:
        down = self.world.mail_down.at(at)
        if down is None:
            self.push(at + MINUTE, "reached", (one, "mail"))
            return
        self.story.unsent_since = self.story.unsent_since or at
        self.push(down.ends + RETRY, "reached", (one, "mail"))
        page = self.world.page_after(at)
        if page is not None:
            self.push(page, "reached", (one, "page"))

    def _next_round(self, at: datetime, now: datetime) -> datetime:
        """When the rules may say something new: at a threshold, or at the next rung of a running climb."""
        clock = self.story.clock
        limits = (rules.open_by(clock, self.world.policy), clock.due_at)
        steps = [*limits, clock.due_at - rules.SOON, clock.due_at - rules.PRESSING]
        steps += [taken + rules.trusted_for(stage) for stage, taken in self.story.taken.items()]
        running = [need.stage for need in rules.needs(clock, self.world.policy, now, self.story.taken)]
        known = all(stage in self.story.heard for stage in running)
        pause = min((step - now for step in steps if step > now), default=DAY)
        if set(running) - set(rules.ONCE):
            pause = min(pause, 2 * HOUR if known else LOOK)
        if wrong := self.world.worker_skew.at(at):
            pause = min(pause, LOOK, max(wrong.ends - at, MINUTE))
        return at + max(pause, MINUTE)

    def _reached(self, at: datetime, about: tuple[Escalation, str]) -> None:
        one, way = about
        story, world = self.story, self.world
        if way == "mail" and (one.staff_id is None or not world.well(one.staff_id, at)):
            return
        now = rules.never_back(world.worker_now(at), world.latest(at))
        if one.stage not in {need.stage for need in rules.needs(story.clock, world.policy, now)}:
            return  # it is over; the notice was dropped
        story.heard.setdefault(one.stage, at)
        story.ways[way] += 1
        mood = world.rng.random()
        delay = MINUTE * world.rng.lognormvariate(3, 1)
        if mood < 0.15:
            return  # overlooked
        if mood < 0.25:
            story.taken[one.stage] = story.running_taken[one.stage] = at  # "I take it", and forgets it
        elif story.opened_at is None:
            self.push(at + delay, "opened")

    def _opened(self, at: datetime) -> None:
        if self.story.opened_at is None:
            self.story.opened_at = at
            self.story.clock = replace(self.story.clock, first_read_at=at)
            self.push(at + self.takes, "ended")


def missed(
    world: World, story: Story, limit: datetime, over_at: datetime | None, stages: tuple[str, ...]
) -> str:
    """How somebody heard that a limit passed, "" if nobody did, "in time" if there was nothing to hear."""
    limit = max(limit, story.arrived)  # a letterbox whose clock is behind makes a report look older
    deadline = deadline_of(world, limit)
    if over_at is not None and over_at <= deadline:
        return "in time" if over_at <= limit else "within grace"
    if any(stage in story.heard and story.heard[stage] <= deadline for stage in stages):
        return "notice"
    if any(limit - story.taken[stage] < rules.trusted_for(stage) for stage in stages if stage in story.taken):
        return "taken on"
    return "watch" if heard_of_the_watch(world, story, limit, deadline) else ""


def deadline_of(world: World, limit: datetime) -> datetime:
    """The limit, plus GRACE of time in which a way was open."""
    at, left = limit, GRACE
    while left > timedelta():
        told_by_worker = world.worker_down.at(at) is None and world.mail_down.at(at) is None
        if (told_by_worker and world.worker_skew.at(at) is None) or world.watcher_down.at(at) is None:
            left -= LOOK
        at += LOOK
    return at


def heard_of_the_watch(world: World, story: Story, since: datetime, until: datetime) -> bool:
    """True if a fault of the watch itself reached somebody who was well, by a page or the outside watcher."""
    at = since
    while at <= until:
        down = world.mail_down.at(at)
        unsent = story.unsent_since if down and story.unsent_since and story.unsent_since < at else None
        if any(sign.silent for sign in signs.signs(world.facts(at, unsent, story.written))):
            if world.watcher_down.at(at) is None:
                return True
            page = world.page_after(at)
            if page is not None and page <= at + WATCHER_ASKS_EVERY:
                return True
        at += WATCHER_ASKS_EVERY
    return False


def live_a_year(number: int, seed: int, reports: int, policy: Policy, tally: Counter[str]) -> list[str]:
    """One year; returns what was missed, in words that lead back to it."""
    world, faults = World(number, seed, policy), []
    for arrived in world.arrivals(reports):
        story = Telling(world, arrived).live()
        clock = story.clock
        opening = missed(
            world,
            story,
            rules.open_by(clock, policy),
            story.opened_at or story.ended_at,
            ("unopened", "late", "pressing"),
        )
        ending = missed(world, story, clock.due_at, story.ended_at, ("late",))
        tally.update({"reports": 1, f"opening: {opening}": 1, f"ending: {ending}": 1})
        tally.update({f"reached by {way}": count for way, count in story.ways.items()})
        if not (opening and ending):
            faults.append(f"year {number} ({world.year}), report of {arrived:%Y-%m-%d %H:%M}")
    faults += _holes_that_nobody_hears_of(world, tally)
    return faults


def _holes_that_nobody_hears_of(world: World, tally: Counter[str]) -> list[str]:
    """Some weeks of the year: a hole in the roster is an alarm, and somebody leads who is told of it."""
    faults = []
    for _ in range(3):
        at = world.first + world.rng.random() * 350 * DAY
        roster = world.roster(at)
        found = rosters.holes(roster, GROUPS, world.policy.reading, at, at + 2 * DAY)
        tally["weeks asked for holes"] += 1
        for group in GROUPS:
            empty = not any(
                shift.group == group and shift.starts_at < at + 2 * DAY and shift.ends_at > at
                for shift in roster.shifts
            )
            hole = any(one.group == group for one in found)
            tally["holes"] += hole
            heard = rules.watch_escalations(signs.ROSTER, group, at, roster, Told(), at)
            if (empty and not hole) or (hole and not any(one.staff_id in PEOPLE for one in heard)):
                faults.append(f"roster of {group} at {at:%Y-%m-%d %H:%M}")
    return faults


def simulate(years: int, seed: int, reports: int) -> dict[str, object]:
    """Live through the years; the figures, with the first reports that were missed."""
    policy = load_policy(pack_path("otsu"))
    tally: Counter[str] = Counter()
    began, faults = stopwatch.perf_counter(), []
    for number in range(years):
        faults += live_a_year(number, seed, reports, policy, tally)
        if number % 500 == 499:
            print(f"{number + 1} years", file=sys.stderr)
    return {
        "years": years,
        "seed": seed,
        "missed": len(faults),
        "first_missed": faults[:5],
        "figures": dict(sorted(tally.items())),
        "seconds": round(stopwatch.perf_counter() - began, 1),
    }


def main() -> None:
    """Print the figures; exit 1 when something was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reports", type=int, default=16, help="reports a year")
    given = parser.parse_args()
    figures = simulate(given.years, given.seed, given.reports)
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    sys.exit(1 if figures["missed"] else 0)


if __name__ == "__main__":
    main()
