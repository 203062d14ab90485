"""Reads of the watch: running clocks, the roster around a moment, alarms, what is wrong with the watch."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, or_, select

from forum import clock
from forum.safeguarding import policy as policies
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow, MessageRow, ReportRow, VaultOutboxRow
from forum.safeguarding.watch import roster as rosters
from forum.safeguarding.watch import setting, signs
from forum.safeguarding.watch.models import AlarmRow, BeatRow, NoticeRow, ShiftRow
from forum.safeguarding.watch.notices import LINES
from forum.safeguarding.watch.types import ON_DUTY, Alarm, CaseClock, Facts, Hole, Person, Roster, Shift, Sign

ALARM_RAISED = "AlarmRaised"
BEHIND, AHEAD = timedelta(days=2), timedelta(days=8)
HOLES_AHEAD = timedelta(hours=24)
SHOWN_AFTER_CLOSING = timedelta(days=7)


def running() -> tuple[CaseClock, ...]:
    """The clocks that may want somebody: those that run, come back one day, or have unread additions."""
    unread = (
        select(ReportRow.case_id, func.min(MessageRow.at).label("wrote_at"))
        .join(MessageRow, MessageRow.report_id == ReportRow.id)
        .where(MessageRow.direction == "in", MessageRow.read_at.is_(None))
        .group_by(ReportRow.case_id)
        .subquery()
    )
    open_clock = and_(
        CaseRow.status.in_(("new", "open")),
        or_(CaseRow.clock_end.is_(None), CaseRow.look_again_on.is_not(None)),
    )
    found = vault_db.session.execute(
        select(CaseRow, unread.c.wrote_at)
        .outerjoin(unread, unread.c.case_id == CaseRow.id)
        .where(or_(open_clock, unread.c.wrote_at.is_not(None)))
        .order_by(CaseRow.id)
    )
    return tuple(_clock(row, wrote_at) for row, wrote_at in found)


def _clock(row: CaseRow, wrote_at: datetime | None) -> CaseClock:
    over = row.status not in ("new", "open")
    return CaseClock(
        case_id=row.public_id,
        groups=tuple(row.groups.split()),
        started_at=row.clock_started_at,
        due_at=row.due_at,
        first_read_at=row.first_read_at,
        end="seen" if over and row.clock_end is None else row.clock_end,  # type: ignore[arg-type]
        look_again_on=None if over else row.look_again_on,
        holder_id=row.holder_id,
        wrote_at=wrote_at,
    )


def people() -> dict[int, Person]:
    """Everybody who may work at the desk today, by number."""
    return {person.id: person for person in setting.current().people()}


def shifts(since: datetime, until: datetime) -> tuple[Shift, ...]:
    """The shifts that touch a stretch of time, in order."""
    rows = vault_db.session.scalars(
        select(ShiftRow)
        .where(ShiftRow.ends_at > since, ShiftRow.starts_at < until)
        .order_by(ShiftRow.starts_at, ShiftRow.rank, ShiftRow.id)
    )
    return tuple(Shift(row.staff_id, row.group, row.starts_at, row.ends_at, row.rank, row.id) for row in rows)


def roster_around(at: datetime) -> Roster:
    """The roster from two days before to a week after a moment."""
    return Roster(shifts(at - BEHIND, at + AHEAD), people())


def holes_ahead(roster: Roster, at: datetime) -> tuple[Hole, ...]:
    """The holes of the roster that are there or begin within a day."""
    decided = policies.current()
    groups = [group.id for group in decided.groups]
    found = rosters.holes(roster, groups, decided.reading, at - rosters.LONGEST_EMPTY, at + 2 * HOLES_AHEAD)
    return tuple(hole for hole in found if hole.ends_at > at and hole.starts_at <= at + HOLES_AHEAD)


def facts(at: datetime, roster: Roster, *, mail: bool, jumped: bool = False) -> Facts:
    """What is known about the watch; `at` is the present moment of the asking process."""
    session = vault_db.session
    beat = session.get(BeatRow, 1)
    waiting = and_(NoticeRow.sent_at.is_(None), NoticeRow.dropped_at.is_(None), NoticeRow.channel != "none")
    others = VaultOutboxRow.name != ALARM_RAISED  # a notice that does not go out is told of as such
    written = (
        session.scalar(select(func.max(ReportRow.received_at))),
        session.scalar(select(func.max(VaultOutboxRow.recorded_at))),
        session.scalar(select(MessageRow.at).order_by(MessageRow.id.desc()).limit(1)),
        beat.latest_at if beat else None,
    )
    groups = [group.id for group in policies.current().groups]
    return Facts(
        now=at,
        looked_at=beat.looked_at if beat else None,
        latest_at=max((one for one in written if one is not None), default=None),
        jumped=jumped or (beat is not None and beat.jumped),
        mail=mail,
        unsent_since=session.scalar(select(func.min(NoticeRow.wanted_at)).where(waiting)),
        waiting_since=session.scalar(
            select(func.min(VaultOutboxRow.recorded_at)).where(others, VaultOutboxRow.set_aside_at.is_(None))
        ),
        set_aside=session.scalar(
            select(func.count(VaultOutboxRow.id)).where(others, VaultOutboxRow.set_aside_at.is_not(None))
        )
        or 0,
        holes=holes_ahead(roster, at),
        nobody=tuple(group for group in groups if not rosters.ladder(roster, group, at)),
        without_address=_without_address(roster, at) if mail else (),
    )


def _without_address(roster: Roster, at: datetime) -> tuple[str, ...]:
    soon = {
        shift.staff_id
        for shift in roster.shifts
        if shift.starts_at <= at + HOLES_AHEAD and shift.ends_at > at and shift.staff_id in roster.people
    }
    wanted = [roster.people[who] for who in soon] + [p for p in roster.people.values() if p.supervisor]
    return tuple(sorted({person.name for person in wanted if not person.mail}))


def present_signs() -> tuple[Sign, ...]:
    """What is wrong with the watch, as this process sees it now. A dead worker is seen here."""
    at = clock.now()
    beat = vault_db.session.get(BeatRow, 1)
    return signs.signs(facts(at, roster_around(at), mail=beat is not None and beat.mail))


def last_look() -> datetime | None:
    """When the worker last finished a round."""
    return vault_db.session.scalar(select(BeatRow.looked_at))


def open_alarms(groups: Iterable[str] | None = None) -> tuple[Alarm, ...]:
    """The running alarms, the oldest first: of the watch, and of cases of these groups (None: of all)."""
    return _alarms(AlarmRow.closed_at.is_(None), groups)


def past_alarms(groups: Iterable[str] | None = None) -> tuple[Alarm, ...]:
    """The alarms that ended within a week, so that one which ended by itself is seen, too."""
    return _alarms(AlarmRow.closed_at > clock.now() - SHOWN_AFTER_CLOSING, groups)


def _alarms(which: object, groups: Iterable[str] | None) -> tuple[Alarm, ...]:
    found = vault_db.session.execute(
        select(AlarmRow, CaseRow.groups)
        .outerjoin(CaseRow, CaseRow.public_id == AlarmRow.subject)
        .where(which)  # type: ignore[arg-type]
        .order_by(AlarmRow.raised_at, AlarmRow.id)
    ).all()
    mine = None if groups is None else set(groups)
    rows = [
        row
        for row, of_case in found
        if row.kind not in LINES or mine is None or mine & set((of_case or "").split())
    ]
    told: dict[int, list[tuple[int, bool]]] = {}
    for alarm_id, staff_id, sent_at, dropped_at in vault_db.session.execute(
        select(NoticeRow.alarm_id, NoticeRow.staff_id, NoticeRow.sent_at, NoticeRow.dropped_at)
        .where(NoticeRow.alarm_id.in_([row.id for row in rows]))
        .order_by(NoticeRow.id)
    ):
        told.setdefault(alarm_id, []).append((staff_id, sent_at is None and dropped_at is None))
    names = people() if rows else {}
    return tuple(_alarm(row, told.get(row.id, []), names) for row in rows)


def _alarm(row: AlarmRow, told: list[tuple[int, bool]], names: dict[int, Person]) -> Alarm:
    taker = names.get(row.acknowledged_by) if row.acknowledged_by is not None else None
    return Alarm(
        id=row.public_id,
        kind=row.kind,
        subject=row.subject,
        raised_at=row.raised_at,
        level=row.level,
        sent_to=tuple(dict.fromkeys(who for who, _ in told)),
        waiting=sum(waits for _, waits in told),
        acknowledged_by=taker.name if taker else "",
        acknowledged_at=row.acknowledged_at,
    )


def on_duty_now(at: datetime) -> dict[str, tuple[str, ...]]:
    """The names of those on duty, by group; empty where there is nobody."""
    roster = roster_around(at)
    return {
        group.id: tuple(roster.people[who].name for who in rosters.on_duty(roster, group.id, ON_DUTY, at))
        for group in policies.current().groups
    }


def unsent_alarms() -> tuple[str, ...]:
    """The alarms of which a notice waits and no event of the outbox promises to send it."""
    waits = exists().where(
        NoticeRow.alarm_id == AlarmRow.id,
        NoticeRow.sent_at.is_(None),
        NoticeRow.dropped_at.is_(None),
        NoticeRow.channel != "none",
    )
    promised = exists().where(
        VaultOutboxRow.name == ALARM_RAISED, VaultOutboxRow.subject == AlarmRow.public_id
    )
    return tuple(vault_db.session.scalars(select(AlarmRow.public_id).where(waits, ~promised)))
