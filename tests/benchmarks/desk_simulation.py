"""Years of the desk through the real services, database and worker, with a clock that is turned.

    python -m tests.benchmarks.desk_simulation [--years 30] [--reports 20] [--seed 3]

The world is that of clock_world: rosters with holes, people who fall ill, spans without mail, without
worker, with wrong clocks. Reports are stored by vault.store, the worker is forum.outbox.worker with the
watch's chores and handlers on SQLite, pages are queries.present_signs and open_alarms. At each limit and
due time that passed the database is asked whether somebody was told. Prints one JSON object; exits 1 when
a report was missed.
"""

import argparse
import heapq
import json
import sys
import tempfile
import time as stopwatch
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.outbox.relay import Relay
from forum.outbox.worker import Worker
from forum.safeguarding.vault import sealed, store
from forum.safeguarding.vault.content import Content, Paragraph
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import CaseRow, ReportRow, VaultOutboxRow
from forum.safeguarding.watch import queries, rules, service, setting, worker
from forum.safeguarding.watch.channels import Undelivered
from forum.safeguarding.watch.models import AlarmRow, NoticeRow
from forum.safeguarding.watch.notices import LINES, Notice
from forum.safeguarding.watch.setting import Setting
from tests.benchmarks.clock_world import DAY, GROUPS, HOUR, LEADERS, MINUTE, PEOPLE, Span, World
from tests.benchmarks.clock_years import LOOK, deadline_of

MEMORY = Path("/dev/shm")  # where there is one: the figures are of the program, not of a disk


@dataclass
class Post:
    """Mail of the world: it goes out unless it is down just now."""

    world: "DeskYears"
    name: str = "mail"

    def send(self, address: str, notice: Notice) -> None:
        """Carry a letter, or fail as a mail server fails."""
        if self.world.world.mail_down.at(self.world.at):
            raise Undelivered("ConnectionRefusedError", everybody=True)
        self.world.letters.append(address)


@dataclass
class Story:
    """What became of one case, beside what the database knows."""

    case_id: str
    limit: datetime
    due: datetime
    opened: bool = False
    ended: bool = False
    seen_on_page: dict[str, datetime] = field(default_factory=dict)  # by kind of alarm


class DeskYears:
    """The desk from New Year on."""

    def __init__(self, app: Flask, number: int, seed: int) -> None:
        self.app = app
        self.policy = app.extensions["policy"]
        self.number, self.seed = number, seed
        self.tally: Counter[str] = Counter()
        self.missed: list[str] = []
        self.letters: list[str] = []
        self.stories: dict[str, Story] = {}
        self.signs_heard: list[datetime] = []
        self.events: list[tuple[datetime, int, str, str]] = []
        self.count = 0
        self.world = World(number, seed, self.policy)
        self.at = self.start = self.world.first
        given = Setting(
            people=lambda: tuple(PEOPLE.values()),
            channels=(Post(self),),
            seconds=lambda: (self.at - self.start).total_seconds(),
        )
        setting.install(app, given)
        self.worker = self.fresh_worker()

    def fresh_worker(self) -> Worker:
        relay = Relay(vault_db, VaultOutboxRow, worker.handlers(), 8)
        return Worker(relay, worker.chores(), Path(self.app.instance_path) / "beat")

    def push(self, at: datetime, what: str, about: str = "") -> None:
        self.count += 1
        heapq.heappush(self.events, (at, self.count, what, about))

    def live(self, span: timedelta, reports: int) -> None:
        """Live one year, or the first part of it."""
        with self.app.app_context():
            for arrived in self.world.arrivals(reports):
                self.push(self.start + (arrived - self.start) % (span * 0.8), "report")
            for week in range(-1, span // (7 * DAY) + 1):
                self.push(max(self.start, self.start + week * 7 * DAY), "week", str(week + 1))
            self.push(self.start, "look")
            self.push(self.start, "page")
            while self.events and self.events[0][0] <= self.start + span:
                self.at, _, what, about = heapq.heappop(self.events)
                getattr(self, f"_{what}")(about)
                vault_db.session.remove()
            self._new_year()

    def _new_year(self) -> None:
        """What is still open is brought to its end, so that the next year begins with its own."""
        with clock.turned_to(self.at):
            self._open_all(LEADERS[0].id)
        for case_id in list(self.stories):
            self._end(case_id)
        vault_db.session.remove()

    def _week(self, week: str) -> None:
        with clock.turned_to(self.at), writing():
            for shift in self.world.week(int(week)):
                service.add_shift(shift, by=LEADERS[0].id)

    def _report(self, _: str) -> None:
        rng = self.world.rng
        groups = rng.choice(((GROUPS[0],), (GROUPS[0],), (GROUPS[1],), GROUPS[1:]))
        prepared = sealed.prepare(
            Content((Paragraph("となりの声"),), ""), None, [], store.desk_key(), reporter=None
        )
        skew = self.world.door_skew.at(self.at)
        door_time = self.at + skew.by if skew else self.at
        with clock.turned_to(door_time), writing():
            once = f"{self.number}-{self.count}-{self.at:%f}"
            kept = store.put_report(
                prepared,
                self.policy,
                entrance="neighbour",
                groups=groups,
                urgent=rng.random() < 0.25,
                once=once,
            )
        (one,) = [one for one in queries.running() if one.case_id == kept.case_id]
        story = Story(kept.case_id, max(rules.open_by(one, self.policy), self.at), max(one.due_at, self.at))
        self.stories[kept.case_id] = story
        self.tally["reports"] += 1
        self.push(self.at + HOUR * rng.lognormvariate(2.9, 0.8), "end", kept.case_id)
        for limit in (story.limit, story.due):
            for minutes in (0, 16, 31, 46):
                self.push(limit + minutes * MINUTE, "look")
        self.push(deadline_of(self.world, story.limit), "check_opening", kept.case_id)
        self.push(deadline_of(self.world, story.due), "check_ending", kept.case_id)
        self.push(self.at + MINUTE, "look")

    def _look(self, _: str) -> None:
        """The worker does its rounds if it is alive; the outside watcher asks the page of the desk."""
        world = self.world
        down = self._worker_works()
        if down is not None:
            self.push(down.ends, "look")
        faults = (
            down
            or world.mail_down.at(self.at)
            or world.worker_skew.at(self.at)
            or world.door_skew.at(self.at)
        )
        if faults and world.watcher_down.at(self.at) is None:
            with clock.turned_to(self.at):
                if any(sign.silent for sign in queries.present_signs()):
                    self.signs_heard.append(self.at)
        self._people_react()
        if self.events and self.events[0][0] > self.at + DAY:
            self.push(self.at + DAY, "look")

    def _worker_works(self) -> Span | None:
        """Some rounds of the worker; if it is dead, how long."""
        down = self.world.worker_down.at(self.at)
        if down is not None:
            self.worker = self.fresh_worker()
            return down
        with clock.turned_to(self.world.worker_now(self.at)):
            for _ in range(4):
                self.worker.step()
        return None

    def _people_react(self) -> None:
        letters, self.letters = self.letters, []
        for address in letters:
            person = next(one for one in PEOPLE.values() if one.mail == address)
            self.tally["letters"] += 1
            mood = self.world.rng.random()
            if not self.world.well(person.id, self.at) or mood < 0.2:
                continue
            with clock.turned_to(self.at):
                if mood < 0.3:
                    self._take_one(person.id)
                else:
                    self._open_all(person.id)
        if letters:
            self.push(self.at + LOOK, "look")

    def _take_one(self, staff_id: int) -> None:
        running = [one for one in queries.open_alarms() if one.acknowledged_at is None]
        if running:
            with writing():
                service.acknowledge(running[0].id, staff_id, leads=True)

    def _open_all(self, staff_id: int) -> None:
        for story in self.stories.values():
            if not story.opened:
                with writing():
                    report = (
                        select(ReportRow.public_id).join(CaseRow).where(CaseRow.public_id == story.case_id)
                    )
                    store.mark_read(str(vault_db.session.scalar(report)))
                    service.handled(story.case_id, staff_id)
                story.opened = True

    def _page(self, _: str) -> None:
        """Somebody who is well opens the desk: sees the alarms, and takes on what is wrong with the watch."""
        following = self.world.page_after(self.at + 20 * HOUR)
        if following is not None:
            self.push(following, "page")
        self._worker_works()  # it has looked half a minute ago, unless it is dead
        with clock.turned_to(self.at):
            for alarm in queries.open_alarms():
                if alarm.subject in self.stories:
                    self.stories[alarm.subject].seen_on_page.setdefault(alarm.kind, self.at)
                elif alarm.kind not in LINES and alarm.acknowledged_at is None:
                    with writing():
                        service.acknowledge(alarm.id, LEADERS[0].id, leads=True)
            if any(sign.silent for sign in queries.present_signs()):
                self.signs_heard.append(self.at)

    def _end(self, case_id: str) -> None:
        story = self.stories[case_id]
        if not story.opened:  # nobody can have seen the child before anybody read of it
            self.push(self.at + 6 * HOUR, "end", case_id)
            return
        story.ended = True
        with clock.turned_to(self.at), writing():
            row = vault_db.session.scalars(select(CaseRow).where(CaseRow.public_id == case_id)).one()
            row.clock_end, row.clock_ended_at = "seen", self.at

    def _check_opening(self, case_id: str) -> None:
        story = self.stories[case_id]
        self._check("opening", story, story.opened, story.limit, ("unopened", "pressing", "late"))

    def _check_ending(self, case_id: str) -> None:
        story = self.stories[case_id]
        self._check("ending", story, story.ended, story.due, ("late",))
        if story.ended and story.opened:
            self.stories.pop(case_id)

    def _check(self, name: str, story: Story, over: bool, limit: datetime, kinds: tuple[str, ...]) -> None:
        how = "in time" if over else self._told(story, limit, kinds)
        self.tally[f"{name}: {how or 'missed'}"] += 1
        if not how:
            self.missed.append(f"year {self.number}, {name} of {limit:%Y-%m-%d %H:%M}")

    def _told(self, story: Story, limit: datetime, kinds: tuple[str, ...]) -> str:
        """How somebody heard: what stands in the database, and what was seen on pages."""
        found = vault_db.session.execute(
            select(NoticeRow.staff_id, NoticeRow.sent_at, AlarmRow.acknowledged_at)
            .join(AlarmRow, NoticeRow.alarm_id == AlarmRow.id)
            .where(AlarmRow.subject == story.case_id, AlarmRow.kind.in_(kinds))
        ).all()
        if any(sent is not None and self.world.well(who, sent) for who, sent, _ in found):
            return "notice"
        if any(taken is not None for _, _, taken in found):
            return "taken on"
        if any(kind in story.seen_on_page for kind in kinds):
            return "page"
        return "watch" if any(limit - HOUR <= at <= self.at for at in self.signs_heard) else ""


def simulate(
    folder: Path, years: int, seed: int, reports: int, span: timedelta = 365 * DAY
) -> dict[str, object]:
    """Live through the years, one after the other, on one vault; the figures."""
    from tests.safeguarding.conftest import build_doors, furnish

    tally: Counter[str] = Counter()
    missed: list[str] = []
    began = stopwatch.perf_counter()
    _, desk = build_doors(folder)
    furnish(desk)
    for number in range(years):
        year = DeskYears(desk, number, seed)
        year.live(span, reports)
        tally.update(year.tally)
        missed += year.missed
        print(f"year {number + 1}: {dict(year.tally)}", file=sys.stderr)
    seconds = round(stopwatch.perf_counter() - began, 1)
    return {
        "years": years,
        "days": span.days,
        "missed": len(missed),
        "first_missed": missed[:5],
        "figures": dict(sorted(tally.items())),
        "seconds": seconds,
    }


def main() -> None:
    """Print the figures; exit 1 when something was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=30)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--reports", type=int, default=20, help="reports a year")
    given = parser.parse_args()
    where = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=where) as folder:
        figures = simulate(Path(folder), given.years, given.seed, given.reports)
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    sys.exit(1 if figures["missed"] else 0)


if __name__ == "__main__":
    main()
