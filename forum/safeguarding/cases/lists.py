"""Lists over many cases, from clear fields alone: the inbox, tasks, children whom nobody has seen.

Which cases stand in a list and in what order is judged from a few columns of all of them; what stands
around a case is read for the lines that are shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from forum import clock
from forum.safeguarding.cases import facts
from forum.safeguarding.cases.models import ChildRow, OfferRow, StepRow, TaskRow
from forum.safeguarding.cases.rules import clocks, work
from forum.safeguarding.cases.types import Actor, CaseLine, SeenChild, Task
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow, MessageRow, ReportRow
from forum.safeguarding.watch.rules import SOON

# The columns as they are: rows with an identity would cost half a second of 5,000 cases.
CASES: Any = CaseRow.__table__.c
LIVE = ("new", "open")
LOOK_AT = time(9, tzinfo=clock.TOKYO)
_NEVER = datetime.max.replace(tzinfo=UTC)
Show = Literal["all", "new", "due", "mine", "running", "wrote", "urgent", "over"]


class _Gathered:
    """What stands around some cases, read at once for all of them; merged cases count for their root."""

    def __init__(self, wanted: Select[Any] | Sequence[int], roots: Mapping[int, int]) -> None:
        self.wanted = wanted
        self.roots = roots
        self.entrances: dict[int, list[str]] = defaultdict(list)
        self.bursts: dict[int, int] = {}
        self.causes: dict[int, datetime] = {}
        self.wrote: Mapping[int, datetime] = {}
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
        steps = select(StepRow.case_id, StepRow.at).where(
            StepRow.kind.in_(facts.CAUSES), StepRow.case_id.in_(self.wanted)
        )
        for number, at in run(steps):
            self._caused(number, at)
        self.wrote = _wrote(self.roots)
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


def _wrote(roots: Mapping[int, int]) -> Mapping[int, datetime]:
    """When the oldest addition came that nobody has opened, by the case in which it stands now."""
    found: dict[int, datetime] = {}
    unread = (
        select(ReportRow.case_id, func.min(MessageRow.at).label("at"))
        .join(MessageRow, MessageRow.report_id == ReportRow.id)
        .where(MessageRow.direction == "in", MessageRow.read_at.is_(None))
        .group_by(ReportRow.case_id)
    )
    for number, at in vault_db.session.execute(unread):
        root = roots.get(number, number)
        found[root] = min(at, found.get(root, at))
    return found


def _bursts() -> Mapping[int, tuple[bool, bool]]:
    """The cases of which every report came in a burst: whether they were read, whether they are urgent."""
    late = select(ReportRow.case_id).where(ReportRow.burst >= work.BURST)
    first = select(ReportRow.case_id).where(ReportRow.case_id.in_(late), ReportRow.burst < work.BURST)
    found = vault_db.session.execute(
        select(CASES.id, CASES.first_read_at.is_not(None).label("read"), CASES.urgent).where(
            CASES.id.in_(late), CASES.id.not_in(first)
        )
    )
    return {number: (read, urgent) for number, read, urgent in found}


def _mine(actor: Actor, which: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same choice, of somebody's cases alone. The rule judges each kind of case, and there are few."""
    kinds = vault_db.session.scalars(select(CASES.groups).distinct())
    theirs = [one for one in kinds if work.may_see(one.split(), actor.groups, conflicted=False)]
    hidden = facts.conflicted_numbers(actor.id)
    return and_(which, CASES.groups.in_(theirs), CASES.id.not_in(hidden))


def order(actor: Actor, show: Show = "all", also: Iterable[str] = ()) -> tuple[str, ...]:
    """The public ids of somebody's cases in a list of the inbox, what is most pressing first.

    `also`: cases that stand among the "new" ones, too: another pair of eyes is wanted for them.
    """
    wrote = _wrote(facts.roots())
    live = CaseRow.status.in_(LIVE)
    which = {
        "all": live,
        "new": and_(live, or_(CaseRow.status == "new", CaseRow.public_id.in_(list(also)))),
        "due": and_(live, _due()),
        "mine": and_(live, or_(CaseRow.holder_id == actor.id, _offered_to(actor))),
        "running": and_(live, CaseRow.clock_end.is_(None)),
        "wrote": and_(live, CaseRow.id.in_(list(wrote))),
        "urgent": and_(live, CaseRow.urgent, CaseRow.clock_end.is_(None)),
        "over": CaseRow.status == "closed",
    }[show]
    return _ordered(actor, which, wrote)


def _due() -> ColumnElement[bool]:
    """What the watch calls soon, pressing or late."""
    running = and_(CaseRow.clock_end.is_(None), CaseRow.due_at <= clock.now() + SOON)
    return or_(running, and_(CaseRow.clock_end == "unconfirmed", CaseRow.look_again_on <= clock.today()))


def _offered_to(actor: Actor) -> ColumnElement[bool]:
    offers = select(OfferRow.case_id).where(OfferRow.to_id == actor.id, OfferRow.ended_at.is_(None))
    return CaseRow.id.in_(offers)


def _ordered(actor: Actor, which: ColumnElement[bool], wrote: Mapping[int, datetime]) -> tuple[str, ...]:
    bursts, now = _bursts(), clock.now()
    found = []
    for number, case_id, due_at, end, look_again_on in vault_db.session.execute(
        select(CASES.id, CASES.public_id, CASES.due_at, CASES.clock_end, CASES.look_again_on)
        .where(_mine(actor, which))
        .order_by(CASES.due_at)
    ):
        behind, wanted = False, _NEVER
        if end is None:
            wanted = due_at
        elif look_again_on is not None:
            wanted = datetime.combine(look_again_on, LOOK_AT)
        if number in wrote:
            wanted = min(wanted, wrote[number])
        if number in bursts:
            read, urgent = bursts[number]
            left = due_at - now if end is None else None
            behind = work.stands_behind(read=read, urgent=urgent, left=left)
        found.append((behind, wanted, case_id))
    return tuple(case_id for _, _, case_id in sorted(found))


def lines(case_ids: Sequence[str]) -> tuple[CaseLine, ...]:
    """The lines of these cases, in their order; for a page of a list that was made for somebody."""
    rows = _rows(CaseRow.public_id.in_(list(case_ids)))
    roots = facts.roots()
    top = {row.id for row in rows.values()}
    gathered = _Gathered([*top, *(number for number, root in roots.items() if root in top)], roots)
    return tuple(gathered.line(rows[one]) for one in case_ids if one in rows)


def _rows(which: ColumnElement[bool]) -> dict[str, Any]:
    found = vault_db.session.execute(select(*CASES).where(which))
    return {row.public_id: row for row in found}


def inbox(actor: Actor, statuses: Sequence[str] = LIVE) -> tuple[CaseLine, ...]:
    """All cases of somebody's groups in these states with their lines, what is most pressing first.

    Merged cases stand in the line of the case that holds them. For a page of it: `order`, then `lines`.
    """
    roots = facts.roots()
    # Most cases are closed: what stands around them is not read for a list of open ones.
    gathered = _Gathered(select(CaseRow.id).where(CaseRow.status.in_([*statuses, "merged"])), roots)
    which = CaseRow.status.in_(list(statuses))
    rows = _rows(which)
    return tuple(gathered.line(rows[one]) for one in _ordered(actor, which, gathered.wrote))


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
    which = _mine(actor, CaseRow.status.in_(LIVE))
    rows = {row.id: row.public_id for row in _rows(which).values()}
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
