"""What the city decided for this channel: who receives what, how fast, how long it is kept.

Read from `safeguarding.toml` of the city's pack, at the start of a door.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from flask import current_app

from forum import clock
from forum.city.documents import Entry, read_document
from forum.city.faults import Faults, PackError
from forum.doors.hours import HoursError, Schedule

FILE = "safeguarding.toml"
FAMILY, FACILITY, SCHOOL = "family", "facility", "school"
GROUP_IDS = (FAMILY, FACILITY, SCHOOL)
RECORD_CLASSES = ("case", "unfounded", "draft", "reporter_access")
TOP_KEYS = ("office", "reads", "confirmed", "reading", "small_number")
LONGEST_CLOCK = 48  # hours; the national rule is the limit, a city may only be quicker


@dataclass(frozen=True)
class Group:
    """Those who receive one kind of concern. `word` is what the law calls the report."""

    id: str
    name: str
    label: str
    word: str
    hours: int
    urgent_hours: int


@dataclass(frozen=True)
class Policy:
    """The city's choices. `confirmed` False: the city has not decided yet; no production door opens."""

    office: str
    reads: str
    confirmed: bool
    reading: Schedule
    groups: tuple[Group, ...]
    retention: Mapping[str, int]
    small_number: int

    def group(self, group_id: str) -> Group:
        """The group of that id. Raises KeyError."""
        return {one.id: one for one in self.groups}[group_id]

    def hours(self, groups: Iterable[str], urgent: bool) -> timedelta:
        """How long until the child must have been seen; of several groups the shortest."""
        chosen = [self.group(one) for one in groups]
        return timedelta(hours=min(one.urgent_hours if urgent else one.hours for one in chosen))

    def due_at(self, started: datetime, groups: Iterable[str], urgent: bool) -> datetime:
        """When the child must have been seen: nights and holidays count."""
        return started + self.hours(groups, urgent)

    def reads_now(self, at: datetime) -> bool:
        """True within the hours in which somebody reads."""
        return self.reading.is_open(at)

    def next_look(self, at: datetime) -> datetime:
        """When somebody reads next, Tokyo time; `at` itself within the hours."""
        if self.reads_now(at):
            return clock.local(at)
        opening = self.reading.next_opening(at)
        if opening is None:
            raise LookupError("nobody ever reads: the hours name no day")  # refused at the start
        return opening


def current() -> Policy:
    """The policy of the running door."""
    return cast(Policy, current_app.extensions["policy"])


def load_policy(pack: Path) -> Policy:
    """The policy of a pack's folder. Raises PackError with every fault."""
    faults = Faults()
    policy = _read(pack / FILE, faults)
    if policy is None or faults.found:
        raise PackError(sorted(faults.found, key=lambda fault: fault.line))
    return policy


def _read(path: Path, faults: Faults) -> Policy | None:
    document = read_document(path, ("group", "retention"), faults)
    if document is None:
        return None
    top = document.top
    top.only(TOP_KEYS)
    groups = tuple(_group(entry) for entry in document.tables.get("group", []))
    missing = [one for one in GROUP_IDS if one not in {group.id for group in groups}]
    if missing:
        top.say("group", f"受け取る担当がたりません：{'、'.join(missing)}")
    return Policy(
        office=top.text("office", longest=60),
        reads=top.text("reads", longest=80),
        confirmed=top.flag("confirmed"),
        reading=_schedule(top),
        groups=groups,
        retention=_retention(document.tables.get("retention", []), top),
        small_number=top.whole("small_number", 3, 20) or 10,
    )


def _schedule(top: Entry) -> Schedule:
    text = top.text("reading")
    try:
        schedule = Schedule.parse(text)
    except HoursError as error:
        top.say("reading", f"「reading」が読めません：{error}")
        return Schedule.parse("24/7")
    if not schedule.always and schedule.next_opening(clock.now()) is None:
        top.say("reading", "「reading」には、開く日がありません。")
    return schedule


def _group(entry: Entry) -> Group:
    entry.only(("id", "name", "label", "word", "hours", "urgent_hours"))
    hours = entry.whole("hours", 1, LONGEST_CLOCK) or LONGEST_CLOCK
    urgent = entry.whole("urgent_hours", 1, LONGEST_CLOCK) or LONGEST_CLOCK
    if urgent > hours:
        entry.say("urgent_hours", "「urgent_hours」は「hours」より長くできません。")
    return Group(
        id=entry.choice("id", GROUP_IDS),
        name=entry.text("name", longest=60),
        label=entry.text("label", longest=60),
        word=entry.text("word", longest=10),
        hours=hours,
        urgent_hours=urgent,
    )


def _retention(entries: list[Entry], top: Entry) -> dict[str, int]:
    kept: dict[str, int] = {}
    for entry in entries:
        entry.only(("id", "days", "reason"))
        kept[entry.choice("id", RECORD_CLASSES)] = entry.whole("days", 1, 365 * 60) or 1
        entry.text("reason", longest=200)
    for name in RECORD_CLASSES:
        if name not in kept:
            top.say("retention", f"保存する日数がたりません：{name}")
    return kept
