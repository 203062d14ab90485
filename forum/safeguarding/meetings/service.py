"""Changes of meetings: sealed first (`prepare_*`), stored inside the caller's `writing()` (`keep_*`).

A decision takes the version of the case that the worker saw; who was slower is refused and told why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from forum import clock, ids
from forum.errors import NotFound, Refused
from forum.safeguarding.cases import course
from forum.safeguarding.cases.boxes import BLOCK, place
from forum.safeguarding.cases.changes import already, claim, visible_row
from forum.safeguarding.cases.types import Actor, Decision
from forum.safeguarding.meetings import queries, rules
from forum.safeguarding.meetings.models import DecisionRow, MeetingCaseRow, MeetingRow
from forum.safeguarding.meetings.types import NewMeeting
from forum.safeguarding.policy import Policy
from forum.safeguarding.screening import boxes
from forum.safeguarding.screening import service as screening
from forum.safeguarding.screening.types import LISTS, Authority, Catalogue
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import Box, DeskKey


@dataclass(frozen=True)
class NewDecision:
    """A decision as its form says it. What is empty stays as it was decided before.

    `coded`: values of the lists of codes. `closing`: an outcome of the cases, with `for_what` "close".
    `verdict`, `tried`: with `for_what` "unconfirmed".
    """

    for_what: str
    text: str
    meeting_id: str = ""
    check_on: date | None = None
    agency: str = ""
    roles: str = ""
    screened: tuple[screening.Entry, ...] = ()
    coded: Mapping[str, str] = field(default_factory=dict)
    closing: str = ""
    verdict: str = ""
    tried: str = ""


@dataclass(frozen=True)
class PreparedMeeting:
    """A sealed meeting that only needs to be stored."""

    meeting_id: str
    case_ids: tuple[str, ...]
    box: Box


@dataclass(frozen=True)
class PreparedDecision:
    """A sealed decision that only needs to be stored, with what screening keeps of it."""

    new: NewDecision
    case_id: str
    decision_id: str
    authority: Authority
    box: Box
    records: screening.PreparedRecords


def prepare_meeting(new: NewMeeting, *, desk: DeskKey, actor: Actor) -> PreparedMeeting:
    """Seal a meeting. Raises Refused of `rules.check_meeting`, too_long."""
    attendees = tuple(one.strip() for one in new.attendees if one.strip())
    case_ids = tuple(dict.fromkeys(new.case_ids))
    rules.check_meeting(new.kind, new.held_on, attendees, case_ids, clock.today())
    rules.check_lengths(new.note, new.place, *attendees)
    meeting_id = ids.new_public_id()
    value = queries.meeting_value(new, attendees, actor.name)
    return PreparedMeeting(
        meeting_id, case_ids, boxes.seal(desk, queries.version_place(meeting_id, 0), value)
    )


def keep_meeting(prepared: PreparedMeeting, actor: Actor, *, once: str) -> str:
    """Store a meeting with its cases; its id. The same ticket again gives the meeting of the first time.

    Raises NotFound for a case that is not there, or not for this person.
    """
    before = vault_db.session.scalar(select(MeetingRow.public_id).where(MeetingRow.once == once))
    if before is not None:
        return before
    cases = [visible_row(one, actor) for one in prepared.case_ids]
    row = MeetingRow(public_id=prepared.meeting_id, once=once, **boxes.columns(prepared.box))
    vault_db.session.add(row)
    vault_db.session.flush()
    for case in cases:
        vault_db.session.add(MeetingCaseRow(meeting_id=row.id, case_id=case.id))
        audit.record("discuss", case.public_id, staff_id=actor.id, staff_name=actor.name)
    audit.record("hold_meeting", row.public_id, staff_id=actor.id, staff_name=actor.name)
    return row.public_id


def prepare_decision(
    new: NewDecision,
    case_ids: Sequence[str],
    *,
    catalogue: Catalogue,
    ring: KeyRing,
    desk: DeskKey,
    actor: Actor,
) -> PreparedDecision:
    """Check and seal a decision on a case (the first of `case_ids`; the others were merged into it).

    Raises NotFound, Refused of `rules.check_decision` and of screening.
    """
    case_id, authority = case_ids[0], _authority(new, actor)
    before = queries.decisions(case_ids, ring)
    today = clock.today()
    rules.check_decision(new.for_what, authority.kind, new.text, new.check_on, today, first=not before)
    rules.check_lengths(new.roles, new.agency, new.tried)
    records = screening.prepare_records(
        case_ids,
        new.screened,
        _summary(new, catalogue, today),
        authority=authority,
        catalogue=catalogue,
        ring=ring,
        desk=desk,
        actor=actor,
    )
    decision_id = ids.new_public_id()
    value = {
        "at": clock.now(),
        "staff": actor.name,
        "authority": authority.kind,
        "meeting_id": authority.meeting_id,
        "for_what": new.for_what,
        "text": new.text.strip(),
        "outcome": new.coded.get("outcome", ""),
        "agency": new.agency.strip(),
        "roles": new.roles.strip(),
        "check_on": new.check_on,
        "corrects": before[-1].id if before else "",
        "values": {one.kind: one.value for one in new.screened} | dict(new.coded),
    }
    box = boxes.seal(desk, place(case_id, "case_decision", decision_id), value, BLOCK)
    return PreparedDecision(new, case_id, decision_id, authority, box, records)


def _summary(new: NewDecision, catalogue: Catalogue, today: date) -> dict[str, object]:
    """What a decision changes in the summary of its case. Raises Refused unknown_value."""
    for name, code in new.coded.items():
        if name not in LISTS or code not in {one.id for one in catalogue.codes[name]}:
            raise Refused("unknown_value")
    summary: dict[str, object] = dict(new.coded) | {"check_on": new.check_on}
    if "outcome" in new.coded:
        summary["decided_on"] = today
    if new.agency.strip():
        summary["agency"] = new.agency.strip()
    return summary


def _authority(new: NewDecision, actor: Actor) -> Authority:
    if new.meeting_id:
        if not queries.meeting_exists(new.meeting_id):
            raise NotFound
        return Authority("meeting", new.meeting_id)
    return Authority("supervisor" if actor.supervisor else "worker")


def keep_decision(
    prepared: PreparedDecision, version: int, actor: Actor, *, policy: Policy, desk: DeskKey, once: str
) -> None:
    """Store a decision and do what it decides: end the clock as unconfirmed, or close the case.

    All of it or nothing; the same ticket again changes nothing. Raises NotFound, Refused of `claim` and
    of the cases' own rules for ends and closings.
    """
    if already(once):
        return
    row = claim(prepared.case_id, version, actor, "decide", once)
    meeting = _meeting_row(prepared.authority.meeting_id)
    vault_db.session.add(
        DecisionRow(
            public_id=prepared.decision_id,
            case_id=row.id,
            meeting_id=meeting.id if meeting else None,
            **boxes.columns(prepared.box),
        )
    )
    if meeting is not None:
        _before_meeting(meeting, row.id)
    screening.add_records(prepared.records, row, actor, policy, once)
    _carry_out(prepared, row, actor, desk, f"{once}:end")


def _carry_out(prepared: PreparedDecision, row: CaseRow, actor: Actor, desk: DeskKey, once: str) -> None:
    """End the clock or close the case, as decided; the cases' own rules have the last word."""
    new = prepared.new
    if new.for_what == "unconfirmed":
        assert new.check_on is not None, "checked when it was prepared"
        course.unconfirmed(
            prepared.case_id,
            row.version,
            actor,
            desk=desk,
            once=once,
            verdict=new.verdict,
            decision=Decision("meeting", prepared.authority.meeting_id),
            reason=new.text,
            tried=new.tried,
            look_again_on=new.check_on,
        )
    if new.for_what == "close":
        course.close(
            prepared.case_id,
            row.version,
            actor,
            desk=desk,
            once=once,
            decision=queries.case_decision(prepared.authority, actor),
            outcome=new.closing,
            reason=new.text,
        )


def _meeting_row(meeting_id: str) -> MeetingRow | None:
    return vault_db.session.scalar(select(MeetingRow).where(MeetingRow.public_id == meeting_id))


def _before_meeting(meeting: MeetingRow, case_number: int) -> None:
    """A case decided at a meeting was before it, also when nobody had put it on the list."""
    link = select(MeetingCaseRow.id).where(
        MeetingCaseRow.meeting_id == meeting.id, MeetingCaseRow.case_id == case_number
    )
    if vault_db.session.scalar(link) is None:
        vault_db.session.add(MeetingCaseRow(meeting_id=meeting.id, case_id=case_number))
