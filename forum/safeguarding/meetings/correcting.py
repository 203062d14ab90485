"""Corrections of a kept meeting: a later version beside the earlier one, which stays readable."""

from dataclasses import dataclass

from sqlalchemy import func, select

from forum import clock
from forum.errors import NotFound, Refused
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.meetings import queries, rules
from forum.safeguarding.meetings.models import MeetingCorrectionRow, MeetingRow
from forum.safeguarding.meetings.types import NewMeeting
from forum.safeguarding.screening import boxes
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db
from forum.sealing.envelope import Box, DeskKey


@dataclass(frozen=True)
class Correction:
    """What the record of a meeting should say. `number`: how many corrections the person saw."""

    meeting_id: str
    new: NewMeeting
    reason: str
    number: int


def prepare(asked: Correction, *, desk: DeskKey, actor: Actor) -> Box:
    """Check and seal a correction. Raises Refused of `rules.check_record`, too_long, needs_reason."""
    new = asked.new
    attendees = tuple(one.strip() for one in new.attendees if one.strip())
    rules.check_record(new.kind, new.held_on, attendees, clock.today())
    rules.check_lengths(new.note, new.place, asked.reason, *attendees)
    if not asked.reason.strip():
        raise Refused("needs_reason")
    value = queries.meeting_value(new, attendees, actor.name) | {"reason": asked.reason.strip()}
    return boxes.seal(desk, queries.version_place(asked.meeting_id, asked.number + 1), value)


def keep(asked: Correction, box: Box, actor: Actor, *, once: str) -> None:
    """Store a correction; the same ticket again changes nothing.

    Raises NotFound; Refused changed: somebody was faster.
    """
    if vault_db.session.scalar(select(MeetingCorrectionRow.id).where(MeetingCorrectionRow.once == once)):
        return
    meeting = vault_db.session.scalar(select(MeetingRow.id).where(MeetingRow.public_id == asked.meeting_id))
    if meeting is None:
        raise NotFound
    present = vault_db.session.scalar(
        select(func.count(MeetingCorrectionRow.id)).where(MeetingCorrectionRow.meeting_id == meeting)
    )
    if present != asked.number:
        raise Refused("changed", version=present, changes=())
    vault_db.session.add(
        MeetingCorrectionRow(meeting_id=meeting, number=asked.number + 1, once=once, **boxes.columns(box))
    )
    audit.record("correct_meeting", asked.meeting_id, staff_id=actor.id, staff_name=actor.name)
