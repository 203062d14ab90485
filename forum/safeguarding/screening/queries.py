"""Reads of screening. Whoever calls them holds the desk's keys and has written the audit line.

`case_ids`: the case and everything merged into it (Case.ids), the case itself first.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from forum.safeguarding.cases.boxes import place
from forum.safeguarding.screening import rules
from forum.safeguarding.screening.boxes import opened, read_assessment, read_codes, read_record
from forum.safeguarding.screening.models import AssessmentRow, CaseCodesRow, ScreeningRow
from forum.safeguarding.screening.types import Assessment, Codes, Level, Outcome, Screening
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow
from forum.safeguarding.vault.opening import KeyRing


def assessments(case_ids: Sequence[str], ring: KeyRing) -> tuple[Assessment, ...]:
    """Every sheet filled in for these cases, oldest first. Raises Unopenable."""
    found = vault_db.session.execute(
        select(AssessmentRow, CaseRow.public_id)
        .join(CaseRow, AssessmentRow.case_id == CaseRow.id)
        .where(CaseRow.public_id.in_(case_ids))
        .order_by(AssessmentRow.id)
    )
    return tuple(
        read_assessment(
            opened(ring, row, place(case_id, "assessment", row.public_id)), row.public_id, case_id
        )
        for row, case_id in found
    )


def latest(filled: Iterable[Assessment]) -> tuple[Assessment, ...]:
    """Of each sheet of each case the one filled in last: a merged house keeps what raised in any of them."""
    return tuple({(one.case_id, one.sheet.id): one for one in filled}.values())


def standing(filled: Iterable[Assessment], ladder: Sequence[Level]) -> Outcome:
    """What the latest sheets come to together."""
    return rules.joined((rules.outcome(one.sheet, one.answers, ladder) for one in latest(filled)), ladder)


def screening_of(case_ids: Sequence[str], ring: KeyRing) -> Screening:
    """Everything decided in screening; in force is what was decided last. Raises Unopenable."""
    found = vault_db.session.execute(
        select(ScreeningRow, CaseRow.public_id)
        .join(CaseRow, ScreeningRow.case_id == CaseRow.id)
        .where(CaseRow.public_id.in_(case_ids))
        .order_by(ScreeningRow.id)
    )
    history = tuple(
        read_record(opened(ring, row, place(case_id, "screening", row.public_id)), row.public_id)
        for row, case_id in found
    )
    return Screening(rules.in_force(history), history)


def codes_of(case_id: str, ring: KeyRing) -> Codes:
    """The summary of a case; an empty one if nothing was decided. Raises Unopenable."""
    return codes([case_id], ring).get(case_id, Codes())


def codes(case_ids: Iterable[str] | None, ring: KeyRing) -> dict[str, Codes]:
    """The summaries of these cases (None: of all) by case. Raises Unopenable."""
    query = select(CaseRow.public_id, CaseCodesRow).join(CaseRow, CaseCodesRow.case_id == CaseRow.id)
    if case_ids is not None:
        query = query.where(CaseRow.public_id.in_(list(case_ids)))
    return {
        case_id: read_codes(opened(ring, row, place(case_id, "codes", case_id)))
        for case_id, row in vault_db.session.execute(query)
    }
