"""The clock of a case, and whom to tell of it when. Pure: facts and time are arguments.

The clock runs from arrival on the server, nights and holidays included. The same functions run in the
worker, on the pages and in the simulation of many years.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from forum.clock import TOKYO, local
from forum.safeguarding.watch import roster as rosters
from forum.safeguarding.watch.types import (
    CaseClock,
    ClockState,
    Escalation,
    Hours,
    Level,
    Need,
    Roster,
    Stage,
    Told,
)

# The first hour: hearing and intake sheet within 15 minutes, a superior within 60 (practice of offices).
OPENED_WITHIN = timedelta(hours=1)
SOON = timedelta(hours=24)  # amber at 24 h left, people are rung up at 6 h left
PRESSING = timedelta(hours=6)
LOOK_AGAIN_AT = time(9, tzinfo=TOKYO)

# How long the next rung waits for the one before.
CLIMBS_AFTER: Mapping[str, timedelta] = {
    "unopened": timedelta(minutes=15),
    "soon": timedelta(hours=1),
    "pressing": timedelta(minutes=15),
    "late": timedelta(minutes=10),
    "look_again": timedelta(hours=1),
    "unread": timedelta(minutes=30),
}
RUNGS = 4
# When nobody answered on any rung, it starts anew from the bottom, with whoever is on duty then.
STARTS_ANEW_AFTER: Mapping[str, timedelta] = {
    "unopened": timedelta(hours=2),
    "soon": timedelta(hours=8),
    "pressing": timedelta(hours=2),
    "late": timedelta(hours=4),
    "look_again": timedelta(hours=24),
    "unread": timedelta(hours=4),
}
# Somebody who says "I take it" is trusted for so long. Then it rings again, unless the need is gone.
TRUSTED_FOR: Mapping[str, timedelta] = {
    "arrived": timedelta(hours=1),
    "unopened": timedelta(hours=1),
    "soon": timedelta(hours=24),
    "pressing": timedelta(hours=6),
    "late": timedelta(hours=12),
    "look_again": timedelta(hours=24),
    "wrote": timedelta(hours=1),
    "unread": timedelta(hours=4),
}
ONCE = ("arrived", "wrote")  # told once; the limit of opening does the rest
OF_THE_WATCH_TRUSTED_FOR = timedelta(hours=24)  # alarms about the watch itself
OF_THE_WATCH_CLIMBS_AFTER = timedelta(hours=4)


def due_at(started: datetime, urgent: bool, groups: Iterable[str], hours: Hours) -> datetime:
    """When the child must have been seen: of several groups the shortest time."""
    return hours.due_at(started, groups, urgent)


def open_by(clock: CaseClock, hours: Hours) -> datetime:
    """When a person must have opened it: an hour after somebody reads, in half of the time at the latest."""
    half = clock.started_at + (clock.due_at - clock.started_at) / 2
    return min(hours.next_look(clock.started_at) + OPENED_WITHIN, half)


def read_by(wrote_at: datetime, hours: Hours) -> datetime:
    """When a person must have opened what a reporter added: it may be worse than the report was."""
    return min(hours.next_look(wrote_at) + OPENED_WITHIN, wrote_at + SOON)


def trusted_for(kind: str) -> timedelta:
    """How long an alarm stays quiet after somebody took it on."""
    return TRUSTED_FOR.get(kind, OF_THE_WATCH_TRUSTED_FOR)


def is_over(kind: str, standing: Iterable[str], taken_at: datetime | None, at: datetime) -> bool:
    """True if a running alarm ends: its reason is gone, or whoever took it on was trusted long enough.

    Where the reason still stands, a new alarm begins at once, from the lowest rung.
    """
    return kind not in standing or (taken_at is not None and at >= taken_at + trusted_for(kind))


def never_back(now: datetime, latest: datetime | None) -> datetime:
    """The moment to judge by: a clock that was turned back must not make a case look younger."""
    return now if latest is None else max(now, latest)


def state(clock: CaseClock, at: datetime) -> ClockState:
    """How the clock stands at `at`, with words for people of the desk."""
    if clock.end is not None:
        return _ended(clock, at)
    left = (clock.due_at - at).total_seconds()
    if left < 0:
        return ClockState("late", left, f"期限を{_span(-left)}すぎています")
    level: Level = "calm"
    if left <= PRESSING.total_seconds():
        level = "pressing"
    elif left <= SOON.total_seconds():
        level = "soon"
    return ClockState(level, left, f"あと{_span(left)}")


def _ended(clock: CaseClock, at: datetime) -> ClockState:
    if clock.end == "seen":
        return ClockState("ended", 0, "安全確認済")
    if clock.end == "accepted":
        return ClockState("ended", 0, "ほかの機関が受けました")
    if clock.look_again_on is None:
        return ClockState("ended", 0, "会議の記録で終えました")
    today = local(at).date()
    if today < clock.look_again_on:
        day = clock.look_again_on
        return ClockState("ended", 0, f"確認できず（{day.month}月{day.day}日にもう一度）")
    if today == clock.look_again_on:
        return ClockState("soon", 0, "きょう、もう一度確かめる日です")
    behind = (at - datetime.combine(clock.look_again_on, LOOK_AGAIN_AT)).total_seconds()
    return ClockState(
        "late", -behind, f"もう一度確かめる日を{(today - clock.look_again_on).days}日すぎています"
    )


def _span(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes >= 72 * 60:
        return f"{minutes // (24 * 60)}日"
    if minutes >= 6 * 60:
        return f"{minutes // 60}時間"
    if minutes >= 60:
        return f"{minutes // 60}時間{minutes % 60}分"
    return f"{minutes}分"


def needs(
    clock: CaseClock, hours: Hours, at: datetime, acknowledged: Mapping[str, datetime] | None = None
) -> tuple[Need, ...]:
    """Why somebody must look at the case, and since when. Empty when nothing is wanted.

    What somebody took on comes back when the time of trust is over and the reason still stands.
    """
    found = []
    for need in _reasons(clock, hours, at):
        taken = (acknowledged or {}).get(need.stage)
        again = taken + trusted_for(need.stage) if taken is not None and taken >= need.since else None
        if again is None or at >= again:
            found.append(Need(need.stage, again or need.since))
    return tuple(found)


def _reasons(clock: CaseClock, hours: Hours, at: datetime) -> list[Need]:
    found = []
    if clock.wrote_at is not None:
        limit = read_by(clock.wrote_at, hours)
        found.append(Need("unread", limit) if at >= limit else Need("wrote", clock.wrote_at))
    if clock.end is None:
        found += _of_the_running_clock(clock, hours, at)
    elif clock.end == "unconfirmed" and clock.look_again_on is not None:
        since = datetime.combine(clock.look_again_on, LOOK_AGAIN_AT)
        found += [Need("look_again", since)] if at >= since else []
    return found


def _of_the_running_clock(clock: CaseClock, hours: Hours, at: datetime) -> list[Need]:
    found = []
    if clock.first_read_at is None:
        limit = open_by(clock, hours)
        found.append(Need("unopened", limit) if at >= limit else Need("arrived", clock.started_at))
    steps: tuple[tuple[Stage, datetime], ...] = (
        ("late", clock.due_at),
        ("pressing", clock.due_at - PRESSING),
        ("soon", clock.due_at - SOON),
    )
    for stage, since in steps:
        # An urgent clock is amber from its first minute; the notice of arrival has said so.
        if since <= at and since > clock.started_at:
            found.append(Need(stage, since))
            break
    return found


def steps_reached(need: Need, at: datetime) -> range:
    """The steps of the present climb that have come. Steps of an earlier climb are not made up for."""
    if need.stage in ONCE:
        return range(1)
    passed = max(at - need.since, timedelta())
    climb = passed // STARTS_ANEW_AFTER[need.stage]
    within = passed - climb * STARTS_ANEW_AFTER[need.stage]
    reached = min(within // CLIMBS_AFTER[need.stage], RUNGS - 1)
    return range(climb * RUNGS, climb * RUNGS + reached + 1)


def escalations(
    clock: CaseClock, hours: Hours, roster: Roster, told: Told, at: datetime
) -> tuple[Escalation, ...]:
    """Whom to tell now of this case, beyond those who were told. Stops when somebody takes it on."""
    found: list[Escalation] = []
    for need in needs(clock, hours, at, told.acknowledged):
        for step in steps_reached(need, at):
            for group in clock.groups:
                found += _on_rung(clock, need, step, group, roster, at)
    fresh = dict.fromkeys(one for one in found if _is_new(one, told))
    seen: set[tuple[str, int, int | None]] = set()
    kept = []
    for one in fresh:  # a person of two groups is told once
        key = (one.stage, one.step, one.staff_id)
        if one.staff_id is None or key not in seen:
            kept.append(one)
        seen.add(key)
    return tuple(kept)


def _is_new(one: Escalation, told: Told) -> bool:
    return one.staff_id is None or (one.stage, one.step, one.staff_id) not in told.sent


def _on_rung(
    clock: CaseClock, need: Need, step: int, group: str, roster: Roster, at: datetime
) -> list[Escalation]:
    rungs = rosters.ladder(roster, group, at)
    if not rungs:
        return [Escalation(need.stage, step, None, group)]
    if need.stage in ONCE:
        # In the night it goes to whoever begins next: their mail waits for them.
        people = rosters.next_on_duty(roster, group, at) or rungs[0]
        found = [Escalation(need.stage, step, person, group) for person in people]
        return found + _holder(clock, need, step, group, roster)
    people = rungs[step % RUNGS] if step % RUNGS < len(rungs) else ()
    found = [Escalation(need.stage, step, person, group) for person in people]
    return found + _holder(clock, need, step, group, roster)


def _holder(clock: CaseClock, need: Need, step: int, group: str, roster: Roster) -> list[Escalation]:
    """Whoever holds the case hears of it beside those on duty, never instead of them: people fall ill."""
    if step % RUNGS or clock.holder_id not in roster.people:
        return []
    return [Escalation(need.stage, step, clock.holder_id, group)]


def watch_escalations(
    kind: str, group: str, raised_at: datetime, roster: Roster, told: Told, at: datetime
) -> tuple[Escalation, ...]:
    """Whom to tell of an alarm about the watch itself: those who lead, again until one takes it on."""
    step = max(at - raised_at, timedelta()) // OF_THE_WATCH_CLIMBS_AFTER
    people = rosters.supervisors(roster.people.values(), group)
    found = tuple(Escalation(kind, step, person, group) for person in people)
    return tuple(one for one in found if _is_new(one, told))
