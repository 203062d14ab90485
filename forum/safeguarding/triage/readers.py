"""Who has seen a report: from the record of openings, so that nobody can claim it and nobody can hide it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from forum.safeguarding.cases import queries as cases
from forum.safeguarding.cases.rules import work
from forum.safeguarding.cases.types import CaseLine
from forum.safeguarding.triage.rules import SecondLook, second_look, still_to_open
from forum.safeguarding.vault.audit_models import AuditRow
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.watch.types import Person

# Whoever wrote a call down has heard it.
OPENINGS = ("open_report", "enter_report")


@dataclass(frozen=True)
class Reader:
    """Somebody who opened a report, and when first."""

    staff_id: int
    at: datetime


def of_reports(report_ids: Iterable[str]) -> Mapping[str, tuple[Reader, ...]]:
    """Who opened each of these reports, in the order in which they first did."""
    found = vault_db.session.execute(
        select(AuditRow.subject, AuditRow.staff_id, func.min(AuditRow.at).label("at"))
        .where(AuditRow.subject.in_(list(report_ids)), AuditRow.verb.in_(OPENINGS))
        .group_by(AuditRow.subject, AuditRow.staff_id)
        .order_by(func.min(AuditRow.number))
    )
    return _gathered((subject, staff_id, at) for subject, staff_id, at in found)


def _gathered(found: Iterable[tuple[str, int | None, datetime]]) -> Mapping[str, tuple[Reader, ...]]:
    readers: dict[str, list[Reader]] = defaultdict(list)
    for subject, staff_id, at in found:
        if staff_id is not None:
            readers[subject].append(Reader(staff_id, at))
    return {subject: tuple(these) for subject, these in readers.items()}


@dataclass(frozen=True)
class Look:
    """Who opened the urgent reports of a case, whether somebody must still look, and who that could be."""

    readers: tuple[Reader, ...] = ()
    second: SecondLook = ""
    wanted: frozenset[int] = frozenset()


def looks(lines: Iterable[CaseLine], people: Iterable[Person]) -> Mapping[str, Look]:
    """For the urgent cases among these whose clock runs: have two people opened each urgent report?

    What was merged into a case counts with its own reports. `people`: whoever works at the desk today.
    """
    urgent = [line for line in lines if line.urgent and line.clock.running]
    if not urgent:
        return {}
    desk = tuple(people)
    reports = cases.urgent_reports(line.id for line in urgent)
    away = cases.conflicted(line.id for line in urgent)
    opened = of_reports(one for these in reports.values() for one in these)
    found = {}
    for line in urgent:
        able = frozenset(
            one.id for one in desk if work.may_see(line.groups, one.groups, one.id in away[line.id])
        )
        readers = [opened.get(one, ()) for one in reports.get(line.id, ())]
        seen = [frozenset(one.staff_id for one in these) for these in readers]
        found[line.id] = Look(_first(readers), second_look(seen, able), still_to_open(seen, able))
    return found


def _first(readers: Iterable[Iterable[Reader]]) -> tuple[Reader, ...]:
    """Each person once, with the moment at which they first opened anything."""
    found: dict[int, Reader] = {}
    for one in sorted((one for these in readers for one in these), key=lambda one: one.at):
        found.setdefault(one.staff_id, one)
    return tuple(found.values())
