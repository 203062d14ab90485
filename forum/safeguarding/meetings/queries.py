"""Reads of meetings. Whoever opens sealed ones holds the desk's keys and has written the audit line."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from forum import clock
from forum.errors import NotFound
from forum.safeguarding.cases.boxes import Sealed, place
from forum.safeguarding.cases.types import Actor, Decision
from forum.safeguarding.meetings.models import DecisionRow, MeetingCaseRow, MeetingCorrectionRow, MeetingRow
from forum.safeguarding.meetings.types import Decided, Meeting, NewMeeting
from forum.safeguarding.screening.boxes import opened, read_day
from forum.safeguarding.screening.types import Authority
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow
from forum.safeguarding.vault.opening import KeyRing

LIST_LENGTH = 60


def version_place(meeting_id: str, number: int) -> str:
    """The context of the box of a meeting, or of its correction with that number."""
    return f"meeting:{meeting_id}:{number}" if number else f"meeting:{meeting_id}"


def meeting_value(new: NewMeeting, attendees: Sequence[str], staff: str) -> dict[str, Any]:
    """What is sealed of a meeting or of its correction."""
    return {
        "kind": new.kind,
        "held_on": new.held_on,
        "place": new.place.strip(),
        "attendees": attendees,
        "note": new.note.strip(),
        "staff": staff,
        "at": clock.now(),
    }


def meeting_exists(meeting_id: str) -> bool:
    """True if there is such a meeting."""
    return (
        vault_db.session.scalar(select(MeetingRow.id).where(MeetingRow.public_id == meeting_id)) is not None
    )


def meetings(ring: KeyRing, limit: int = LIST_LENGTH) -> tuple[Meeting, ...]:
    """The latest meetings, newest first. Raises Unopenable."""
    rows = vault_db.session.scalars(select(MeetingRow).order_by(MeetingRow.id.desc()).limit(limit)).all()
    cases = _cases_of([row.id for row in rows])
    later = _corrections_of([row.id for row in rows])
    found = [_meeting(ring, row, later.get(row.id, ()), cases.get(row.id, ())) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.held_on, one.at), reverse=True))


def get_meeting(meeting_id: str, ring: KeyRing) -> Meeting:
    """A meeting. Raises NotFound, Unopenable."""
    row = vault_db.session.scalar(select(MeetingRow).where(MeetingRow.public_id == meeting_id))
    if row is None:
        raise NotFound
    later = _corrections_of([row.id]).get(row.id, ())
    return _meeting(ring, row, later, _cases_of([row.id]).get(row.id, ()))


def _cases_of(numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for number, case_id in vault_db.session.execute(
        select(MeetingCaseRow.meeting_id, CaseRow.public_id)
        .join(CaseRow, MeetingCaseRow.case_id == CaseRow.id)
        .where(MeetingCaseRow.meeting_id.in_(numbers))
        .order_by(MeetingCaseRow.id)
    ):
        found[number] = (*found.get(number, ()), case_id)
    return found


def _corrections_of(numbers: Sequence[int]) -> dict[int, tuple[MeetingCorrectionRow, ...]]:
    found: dict[int, tuple[MeetingCorrectionRow, ...]] = {}
    for row in vault_db.session.scalars(
        select(MeetingCorrectionRow)
        .where(MeetingCorrectionRow.meeting_id.in_(numbers))
        .order_by(MeetingCorrectionRow.number)
    ):
        found[row.meeting_id] = (*found.get(row.meeting_id, ()), row)
    return found


def _meeting(
    ring: KeyRing, row: MeetingRow, later: Sequence[MeetingCorrectionRow], case_ids: tuple[str, ...]
) -> Meeting:
    """The meeting as its last correction says, with what it said before."""
    boxes: list[tuple[Sealed, int]] = [(row, 0), *((one, one.number) for one in later)]
    versions = [
        _version(opened(ring, box, version_place(row.public_id, number)), row.public_id, case_ids)
        for box, number in boxes
    ]
    return replace(versions[-1], earlier=tuple(versions[:-1]))


def _version(read: dict[str, Any], meeting_id: str, case_ids: tuple[str, ...]) -> Meeting:
    return Meeting(
        id=meeting_id,
        kind=read["kind"],
        held_on=date.fromisoformat(read["held_on"]),
        place=read["place"],
        attendees=tuple(read["attendees"]),
        note=read["note"],
        case_ids=case_ids,
        staff=read["staff"],
        at=datetime.fromisoformat(read["at"]),
        reason=read.get("reason", ""),
    )


def decisions(case_ids: Sequence[str], ring: KeyRing) -> tuple[Decided, ...]:
    """Everything decided on these cases (a case and what was merged into it), oldest first."""
    found = vault_db.session.execute(
        _with_case().where(CaseRow.public_id.in_(case_ids)).order_by(DecisionRow.id)
    )
    return tuple(_decided(ring, row, case_id) for row, case_id in found)


def decision(decision_id: str, ring: KeyRing) -> Decided:
    """One decision. Raises NotFound, Unopenable."""
    found = vault_db.session.execute(_with_case().where(DecisionRow.public_id == decision_id)).first()
    if found is None:
        raise NotFound
    return _decided(ring, found[0], found[1])


def _with_case() -> Any:
    return select(DecisionRow, CaseRow.public_id).join(CaseRow, DecisionRow.case_id == CaseRow.id)


def _decided(ring: KeyRing, row: DecisionRow, case_id: str) -> Decided:
    read = opened(ring, row, place(case_id, "case_decision", row.public_id))
    return Decided(
        **{
            **read,
            "id": row.public_id,
            "case_id": case_id,
            "at": datetime.fromisoformat(read["at"]),
            "check_on": read_day(read["check_on"]),
        }
    )


def case_decision(authority: Authority, actor: Actor) -> Decision:
    """An authority as the cases name it: a meeting by its id, a supervisor by their number."""
    if authority.kind == "meeting":
        return Decision("meeting", authority.meeting_id)
    return Decision("supervisor", str(actor.id))


def cases_before(meeting_id: str) -> tuple[str, ...]:
    """The cases that were before a meeting, in the order in which they were entered."""
    found = vault_db.session.scalars(
        select(CaseRow.public_id)
        .join(MeetingCaseRow, MeetingCaseRow.case_id == CaseRow.id)
        .join(MeetingRow, MeetingCaseRow.meeting_id == MeetingRow.id)
        .where(MeetingRow.public_id == meeting_id)
        .order_by(MeetingCaseRow.id)
    )
    return tuple(found)
