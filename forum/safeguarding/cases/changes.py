"""How a case is changed: claimed at the version that was seen, with a name, an audit line, and once only."""

from typing import Any

from sqlalchemy import select

from forum import clock, ids
from forum.errors import NotFound, Refused
from forum.safeguarding.cases import facts
from forum.safeguarding.cases.boxes import sealed
from forum.safeguarding.cases.models import ChangeRow, StepRow
from forum.safeguarding.cases.rules import work
from forum.safeguarding.cases.types import Actor, Clock
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow
from forum.sealing.envelope import DeskKey


def already(once: str) -> bool:
    """True if a change with this ticket is stored: the same form sent twice counts once."""
    return vault_db.session.scalar(select(ChangeRow.id).where(ChangeRow.once == once)) is not None


def visible_row(case_id: str, actor: Actor, *, lock: bool = False) -> CaseRow:
    """The row of a case, for somebody for whom it exists. Raises NotFound."""
    row = facts.case_row(case_id, lock=lock)
    conflicted = row.id in facts.conflicted_numbers(actor.id)
    if not work.may_see(row.groups.split(), actor.groups, conflicted):
        raise NotFound
    return row


def claim(
    case_id: str, version: int, actor: Actor, verb: str, once: str, *, of_closed: bool = False
) -> CaseRow:
    """The row of a case for changing it, its version moved, the change noted. Other rooms may use it.

    Raises NotFound; Refused changed (`changes`: what was done since, `version`: the present one),
    closed (unless `of_closed`), merged.
    """
    row = visible_row(case_id, actor, lock=True)
    if row.version != version:
        raise Refused("changed", version=row.version, changes=facts.changes_since(row.id, version))
    if row.status == "merged" or not of_closed:
        work.check_open(row.status)
    row.version += 1
    note(row, actor, verb, once)
    return row


def note(row: CaseRow, actor: Actor, verb: str, once: str) -> None:
    """Note one change of a claimed case, for whoever comes later and for the auditor."""
    vault_db.session.add(
        ChangeRow(
            case_id=row.id, version=row.version, at=clock.now(), staff_id=actor.id, verb=verb, once=once
        )
    )
    audit.record(verb, row.public_id, staff_id=actor.id, staff_name=actor.name)


def new_row(
    table: Any, name: str, row: CaseRow, desk: DeskKey, words: dict[str, str], **columns: object
) -> Any:
    """A new row of a case with its words sealed under its own id; added to the session."""
    public_id = ids.new_public_id()
    made = table(
        public_id=public_id,
        case_id=row.id,
        **sealed(desk, row.public_id, name, public_id, words),
        **columns,
    )
    vault_db.session.add(made)
    vault_db.session.flush()
    return made


def step(
    row: CaseRow, kind: str, actor: Actor, desk: DeskKey, words: dict[str, str], *, late: bool = False
) -> None:
    """Write down an end of the clock, a restart, a closing or a reopening."""
    new_row(
        StepRow,
        "step",
        row,
        desk,
        words,
        kind=kind,
        at=clock.now(),
        staff_id=actor.id,
        due_at=row.due_at,
        late=late,
    )


def restart(
    row: CaseRow, actor: Actor, desk: DeskKey, once: str, due: Clock, words: dict[str, str], kind: str
) -> None:
    """Write down that something new came, and put the clock that follows from it."""
    was_running = row.clock_end is None
    facts.put_clock(row, due)
    step(row, kind, actor, desk, words)
    if not was_running:
        note(row, actor, "clock_restarted", f"{once}:clock")
