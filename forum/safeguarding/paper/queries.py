"""Reads of the papers: who asked that what a child wrote may leave, and who agreed."""

from sqlalchemy import select

from forum.safeguarding.cases.boxes import opened
from forum.safeguarding.cases.types import Case
from forum.safeguarding.paper.models import ApprovalRow
from forum.safeguarding.paper.types import Approval
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow
from forum.safeguarding.vault.opening import KeyRing


def approvals(case: Case, ring: KeyRing | None = None) -> tuple[Approval, ...]:
    """Every request of a case and of all merged into it, newest first; their reasons only with the keys."""
    found = vault_db.session.execute(
        select(ApprovalRow, CaseRow.public_id)
        .join(CaseRow, ApprovalRow.case_id == CaseRow.id)
        .where(CaseRow.public_id.in_(case.ids))
        .order_by(ApprovalRow.id.desc())
    )
    return tuple(
        Approval(
            row.public_id,
            case_id,
            row.kind,
            row.asked_by,
            row.asked_at,
            row.answered_by,
            row.answered_at,
            row.agreed,
            row.used_at,
            opened(ring, row, case_id, "approval", row.public_id)["reason"] if ring else "",
        )
        for row, case_id in found
    )
