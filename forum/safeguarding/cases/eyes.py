"""What must be known to say whether two people have seen what is urgent: its reports, and who must not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select

from forum.safeguarding.cases import facts
from forum.safeguarding.cases.models import ConflictRow
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow, ReportRow


def _numbers(case_ids: Iterable[str]) -> Mapping[int, str]:
    found = vault_db.session.execute(
        select(CaseRow.id, CaseRow.public_id).where(CaseRow.public_id.in_(list(case_ids)))
    )
    return {row.id: row.public_id for row in found}


def urgent_reports(case_ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The reports (public ids) of what came as urgent or was made so, by the case in which they stand now."""
    roots = facts.roots()
    top = _numbers(case_ids)
    inside = [number for number, root in roots.items() if root in top]
    found: dict[str, list[str]] = defaultdict(list)
    for number, report_id in vault_db.session.execute(
        select(ReportRow.case_id, ReportRow.public_id)
        .join(CaseRow, ReportRow.case_id == CaseRow.id)
        .where(CaseRow.id.in_([*top, *inside]), CaseRow.urgent)
        .order_by(ReportRow.received_at, ReportRow.id)
    ):
        found[top[roots.get(number, number)]].append(report_id)
    return {case_id: tuple(these) for case_id, these in found.items()}


def conflicted(case_ids: Iterable[str]) -> Mapping[str, frozenset[int]]:
    """For whom each of these cases does not exist, with what was merged into it: all marks read at once."""
    roots = facts.roots()
    top = _numbers(case_ids)
    found: dict[str, set[int]] = {case_id: set() for case_id in top.values()}
    for number, staff_id in vault_db.session.execute(
        select(ConflictRow.case_id, ConflictRow.staff_id).where(ConflictRow.lifted_at.is_(None))
    ):
        root = roots.get(number, number)
        if root in top:
            found[top[root]].add(staff_id)
    return {case_id: frozenset(these) for case_id, these in found.items()}
