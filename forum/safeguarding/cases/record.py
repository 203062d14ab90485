"""What is written down about a case: chronology, people, what changed in the family."""

from datetime import datetime

from sqlalchemy import select

from forum import clock
from forum.errors import NotFound, Refused
from forum.safeguarding.cases import facts
from forum.safeguarding.cases.boxes import sealed
from forum.safeguarding.cases.changes import already, claim, new_row, note, restart
from forum.safeguarding.cases.models import EntryRow, PersonRow
from forum.safeguarding.cases.rules import clocks, work
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.cases.words import EVENTS, ROLES
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow
from forum.sealing.envelope import DeskKey


def note_entry(
    case_id: str,
    version: int,
    actor: Actor,
    *,
    desk: DeskKey,
    once: str,
    kind: str,
    text: str,
    happened_at: datetime,
    said_by: str = "",
    disclosure: str = "undecided",
    corrects: str | None = None,
) -> None:
    """Add a line to the chronology, or a correction that leaves the old line standing.

    Raises NotFound, Refused of `claim` and `work.check_entry`, corrected (somebody corrected it before).
    """
    if already(once):
        return
    work.check_entry(kind, disclosure, text, said_by, happened_at, clock.now())
    row = claim(case_id, version, actor, "correct_note" if corrects else "note", once)
    old = _entry(row, corrects) if corrects else None
    words = {"text": text.strip(), "said_by": said_by.strip(), "disclosure": disclosure}
    new_row(
        EntryRow,
        "entry",
        row,
        desk,
        words,
        corrects_id=old.id if old else None,
        kind=kind,
        happened_at=happened_at,
        written_at=clock.now(),
        staff_id=actor.id,
    )


def _entry(row: CaseRow, entry_id: str) -> EntryRow:
    """A line of the case that nobody has corrected yet."""
    numbers = list(facts.group(row))
    found = vault_db.session.scalar(
        select(EntryRow).where(EntryRow.public_id == entry_id, EntryRow.case_id.in_(numbers))
    )
    if found is None:
        raise NotFound
    if vault_db.session.scalar(select(EntryRow.id).where(EntryRow.corrects_id == found.id)) is not None:
        raise Refused("corrected")
    return found


def add_person(
    case_id: str, version: int, actor: Actor, *, desk: DeskKey, once: str, words: dict[str, str]
) -> None:
    """Add an adult: name, kana, role, birth, phone, address, note. Raises Refused empty, unknown_value."""
    if already(once):
        return
    _check_person(words)
    row = claim(case_id, version, actor, "add_person", once)
    new_row(PersonRow, "person", row, desk, words, added_at=clock.now())


def change_person(
    case_id: str,
    version: int,
    actor: Actor,
    person_id: str,
    *,
    desk: DeskKey,
    once: str,
    words: dict[str, str],
) -> None:
    """Write what is known of an adult anew. Raises NotFound, Refused empty, unknown_value."""
    if already(once):
        return
    _check_person(words)
    row = claim(case_id, version, actor, "change_person", once)
    owners = facts.group(row)
    person = vault_db.session.scalar(
        select(PersonRow).where(PersonRow.public_id == person_id, PersonRow.case_id.in_(list(owners)))
    )
    if person is None:
        raise NotFound
    for name, value in sealed(desk, owners[person.case_id], "person", person.public_id, words).items():
        setattr(person, name, value)


def _check_person(words: dict[str, str]) -> None:
    if words.get("role") not in ROLES:
        raise Refused("unknown_value")
    if not any(value.strip() for name, value in words.items() if name != "role"):
        raise Refused("empty")


def event(
    case_id: str,
    version: int,
    actor: Actor,
    *,
    desk: DeskKey,
    policy: Policy,
    once: str,
    kind: str,
    text: str,
    happened_at: datetime,
    urgent: bool = False,
) -> None:
    """Something new: absence, moving, a missed check-up. The clock runs again; a closed case is open again.

    Raises NotFound, Refused of `claim`, unknown_value, future.
    """
    if already(once):
        return
    if kind not in EVENTS:
        raise Refused("unknown_value")
    moment = clock.now()
    if happened_at > moment:
        raise Refused("future")
    row = claim(case_id, version, actor, "note", once, of_closed=True)
    row.urgent = row.urgent or urgent
    due = policy.due_at(moment, row.groups.split(), row.urgent)
    write_line(row, actor, desk, "fact", f"{EVENTS[kind]}　{text.strip()}".strip(), happened_at)
    if row.status == "closed":
        open_again(row)
        note(row, actor, "reopen", f"{once}:reopen")
    after = clocks.restarted(facts.clock_of(row), moment, due)
    restart(row, actor, desk, once, after, {"why": kind}, "restarted")


def write_line(
    row: CaseRow, actor: Actor, desk: DeskKey, kind: str, text: str, happened_at: datetime | None = None
) -> None:
    """A line of the chronology that a change of a claimed case writes beside itself."""
    moment = clock.now()
    new_row(
        EntryRow,
        "entry",
        row,
        desk,
        {"text": text, "said_by": "", "disclosure": "undecided"},
        kind=kind,
        happened_at=happened_at or moment,
        written_at=moment,
        staff_id=actor.id,
    )


def open_again(row: CaseRow) -> None:
    """A closed case is open again, and kept as long as any open case."""
    row.status, row.closed_at, row.record_class = "open", None, "case"
