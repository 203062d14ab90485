"""Reads: who works at the desk, who is invited, where somebody is signed in."""

from sqlalchemy import select

from forum import clock
from forum.credentials import codes, sessions
from forum.safeguarding.staff.models import InvitationRow, SessionRow, StaffRow
from forum.safeguarding.staff.types import Invited, SessionLine, Staff
from forum.safeguarding.vault.db import vault_db


def everybody(*, present: bool = True) -> tuple[Staff, ...]:
    """All members of staff, or (present=False) all that there ever were."""
    query = select(StaffRow).order_by(StaffRow.id)
    if present:
        query = query.where(StaffRow.ended_at.is_(None))
    return tuple(
        Staff(r.id, r.login, r.name, r.role, frozenset(r.groups.split()), r.mail, r.ended_at)
        for r in vault_db.session.scalars(query)
    )


def invited() -> tuple[Invited, ...]:
    """Invitations that may still be used."""
    rows = vault_db.session.scalars(
        select(InvitationRow).where(InvitationRow.expires_at >= clock.now()).order_by(InvitationRow.made_at)
    )
    return tuple(
        Invited(r.public_id, r.name, r.role, frozenset(r.groups.split()), r.expires_at) for r in rows
    )


def sessions_of(staff_id: int, here: str) -> tuple[SessionLine, ...]:
    """Where a person is signed in; `here`: the cookie's secret of the present session."""
    now, tag = clock.now(), codes.tag_of(here)
    rows = vault_db.session.scalars(
        select(SessionRow).where(SessionRow.staff_id == staff_id).order_by(SessionRow.started_at)
    )
    return tuple(
        SessionLine(r.public_id, r.device, r.started_at, r.seen_at, r.tag == tag)
        for r in rows
        if sessions.alive(r.started_at, r.seen_at, now)
    )
