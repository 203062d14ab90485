"""Who has seen a report: from the record of openings, so that nobody can claim it and nobody can hide it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from forum.safeguarding.cases import queries as cases
from forum.safeguarding.vault.audit_models import AuditRow
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow, ReportRow
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


def of_cases(case_ids: Iterable[str]) -> Mapping[str, tuple[Reader, ...]]:
    """Who opened a report of each of these cases."""
    found = vault_db.session.execute(
        select(CaseRow.public_id, AuditRow.staff_id, func.min(AuditRow.at).label("at"))
        .join(ReportRow, ReportRow.case_id == CaseRow.id)
        .join(AuditRow, AuditRow.subject == ReportRow.public_id)
        .where(CaseRow.public_id.in_(list(case_ids)), AuditRow.verb.in_(OPENINGS))
        .group_by(CaseRow.public_id, AuditRow.staff_id)
        .order_by(func.min(AuditRow.number))
    )
    return _gathered((case_id, staff_id, at) for case_id, staff_id, at in found)


def _gathered(found: Iterable[tuple[str, int | None, datetime]]) -> Mapping[str, tuple[Reader, ...]]:
    readers: dict[str, list[Reader]] = defaultdict(list)
    for subject, staff_id, at in found:
        if staff_id is not None:
            readers[subject].append(Reader(staff_id, at))
    return {subject: tuple(these) for subject, these in readers.items()}


def able(case_id: str, groups: Iterable[str], people: Iterable[Person]) -> int:
    """How many people of the desk may see a case: they receive its kind and know nobody in it."""
    wanted = set(groups)
    away = {one.staff_id for one in cases.conflicts(case_id)}
    return sum(1 for one in people if one.groups & wanted and one.id not in away)
