"""Lists over many cases, from clear fields alone: the inbox, tasks, children whom nobody has seen."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Row, select

from forum import clock
from forum.safeguarding.cases import facts
from forum.safeguarding.cases.models import ChildRow, OfferRow, StepRow, TaskRow
from forum.safeguarding.cases.rules import clocks, work
from forum.safeguarding.cases.types import Actor, CaseLine, SeenChild, Task
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow, MessageRow, ReportRow

LIVE = ("new", "open")
LOOK_AT = time(9, tzinfo=clock.TOKYO)
_NEVER = datetime.max.replace(tzinfo=UTC)


class _Gathered:
    """What stands around cases, read at once for all of them; merged cases count for their root."""

    def __init__(self, statuses: Iterable[str]) -> None:
        # Most cases are closed: what stands around them is not read for a list of open ones.
        self.wanted = select(CaseRow.id).where(CaseRow.status.in_([*statuses, "merged"]))
        self.roots = facts.roots()
        self.entrances: dict[int, list[str]] = defaultdict(list)
        self.bursts: dict[int, int] = {}
        self.causes: dict[int, datetime] = {}
        self.wrote: dict[int, datetime] = {}
        self.children: dict[int, list[Any]] = defaultdict(list)
        self.offers: dict[int, int] = {}
        self._read()

    def _root(self, number: int) -> int:
        return self.roots.get(number, number)

    def _caused(self, number: int, at: datetime) -> None:
        root = self._root(number)
        self.causes[root] = max(at, self.causes.get(root, at))

    def _read(self) -> None:
        run = vault_db.session.execute
        reports = (
            select(ReportRow.case_id, ReportRow.received_at, ReportRow.entrance, ReportRow.burst)
            .where(ReportRow.case_id.in_(self.wanted))
            .order_by(ReportRow.id)
        )
        for number, received_at, entrance, burst in run(reports):
            root = self._root(number)
            self.entrances[root].append(entrance)
            self.bursts[root] = min(burst, self.bursts.get(root, burst))
            self._caused(number, received_at)
        steps = select(StepRow.case_id, StepRow.at).where(StepRow.kind.in_(facts.CAUSES))
        for number, at in run(steps):
            self._caused(number, at)
        unread = (
            select(ReportRow.case_id, MessageRow.at)
            .join(MessageRow, MessageRow.report_id == ReportRow.id)
            .where(MessageRow.direction == "in", MessageRow.read_at.is_(None))
        )
        for number, at in run(unread):
            root = self._root(number)
            self.wrote[root] = min(at, self.wrote.get(root, at))
        children = (
            select(
                ChildRow.case_id,
                ChildRow.public_id,
                ChildRow.added_at,
                ChildRow.last_seen_at,
                ChildRow.last_seen_by,
            )
            .where(ChildRow.dropped_at.is_(None), ChildRow.case_id.in_(self.wanted))
            .order_by(ChildRow.id)
        )
        for child in run(children):
            self.children[self._root(child.case_id)].append(child)
        waiting = select(OfferRow.case_id, OfferRow.to_id).where(OfferRow.ended_at.is_(None))
        for number, to_id in run(waiting):
            self.offers[number] = to_id

    def line(self, row: Any) -> CaseLine:
        """The line of a case."""
        children = self.children.get(row.id, [])
        since = max(row.opened_at, self.causes.get(row.id, row.opened_at))
        left = clocks.unseen(
            (SeenChild(one.public_id, one.added_at, one.last_seen_at) for one in children), since
        )
        seen = [one for one in children if one.last_seen_at is not None]
        latest = max(seen, key=lambda one: one.last_seen_at or _NEVER, default=None)
        entrances = self.entrances.get(row.id, [])
        return CaseLine(
            id=row.public_id,
            version=row.version,
            status=row.status,
            groups=tuple(row.groups.split()),
            urgent=row.urgent,
            opened_at=row.opened_at,
            clock=facts.clock_of(row),
            first_read_at=row.first_read_at,
            holder_id=row.holder_id,
            training=row.training,
            entrances=tuple(dict.fromkeys(entrances)),
            reports=len(entrances),
            burst=self.bursts.get(row.id, 0),
            wrote_at=self.wrote.get(row.id),
            children=len(children),
            unseen=len(left),
            last_seen_at=latest.last_seen_at if latest else None,
            last_seen_by=latest.last_seen_by if latest else None,
            offered_to=self.offers.get(row.id),
        )


def _mine(actor: Actor, statuses: Iterable[str]) -> list[Row[Any]]:
    """The columns of cases, read as they are: rows with an identity would cost half a second of 5,000."""
    hidden = facts.conflicted_numbers(actor.id)
    columns = CaseRow.__table__.columns
    rows = vault_db.session.execute(select(*columns).where(CaseRow.status.in_(list(statuses))))
    return [row for row in rows if work.may_see(row.groups.split(), actor.groups, row.id in hidden)]


def inbox(actor: Actor, statuses: Sequence[str] = LIVE) -> tuple[CaseLine, ...]:
    """The cases of somebody's groups in these states, what is most pressing first.

    Merged cases stand in the line of the case that holds them.
    """
    gathered = _Gathered(statuses)
    lines = [gathered.line(row) for row in _mine(actor, statuses)]
    now = clock.now()
    return tuple(sorted(lines, key=lambda one: (work.stands_behind(one, now), _wanted(one), one.id)))


def _wanted(line: CaseLine) -> datetime:
    """By when somebody must do something about a case."""
    wanted = [_NEVER]
    if line.clock.running:
        wanted.append(line.clock.due_at)
    elif line.clock.look_again_on is not None:
        wanted.append(datetime.combine(line.clock.look_again_on, LOOK_AT))
    if line.wrote_at is not None:
        wanted.append(line.wrote_at)
    return min(wanted)


def unseen_lines(actor: Actor) -> tuple[CaseLine, ...]:
    """The open cases with a child whom nobody has seen since the latest cause, or with no known child."""
    return tuple(one for one in inbox(actor) if one.unseen or not one.children)


def look_again(actor: Actor, today: date | None = None) -> tuple[CaseLine, ...]:
    """The cases that came back: a meeting could not confirm, and the day to look again is here."""
    day = today or clock.today()
    return tuple(
        one for one in inbox(actor) if one.clock.look_again_on is not None and one.clock.look_again_on <= day
    )


def tasks(actor: Actor, case_ids: Iterable[str] | None = None) -> tuple[Task, ...]:
    """The open tasks of somebody's cases, overdue and soonest first, without their words."""
    rows = {row.id: row.public_id for row in _mine(actor, LIVE)}
    rows |= {number: rows[root] for number, root in facts.roots().items() if root in rows}
    found = vault_db.session.scalars(
        select(TaskRow).where(TaskRow.done_at.is_(None)).order_by(TaskRow.due_at, TaskRow.id)
    )
    wanted = None if case_ids is None else set(case_ids)
    return tuple(
        Task(
            one.public_id,
            rows[one.case_id],
            one.kind,
            one.due_at,
            one.holder_id,
            one.made_at,
            one.made_by,
            None,
            None,
        )
        for one in found
        if one.case_id in rows and (wanted is None or rows[one.case_id] in wanted)
    )
