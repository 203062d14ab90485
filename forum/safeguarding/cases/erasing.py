"""Keeping and erasing: legal hold, what is due, and erasing by two people. Nothing is erased by itself."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import ColumnElement, Table, delete, or_, select, update

from forum import clock
from forum.errors import NotFound, Refused
from forum.safeguarding.cases import facts
from forum.safeguarding.cases.changes import already, claim, new_row
from forum.safeguarding.cases.models import DeletionRow
from forum.safeguarding.cases.record import write_line
from forum.safeguarding.cases.rules import keeping
from forum.safeguarding.cases.types import Actor, Due
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow
from forum.sealing.envelope import DeskKey


def purge_due(policy: Policy, today: date | None = None) -> tuple[Due, ...]:
    """The closed cases whose time of keeping is over, the longest waiting first. Erases nothing."""
    day = today or clock.today()
    rows = vault_db.session.scalars(
        select(CaseRow).where(CaseRow.status == "closed", CaseRow.legal_hold.is_(False))
    )
    found = []
    for row in rows:
        if row.closed_at is None:
            continue
        until = keeping.kept_until(row.closed_at, row.record_class, policy.retention)
        if day > until:
            found.append(Due(row.public_id, row.closed_at, row.record_class, until))
    return tuple(sorted(found, key=lambda one: (one.since, one.case_id)))


def set_hold(
    case_id: str, version: int, actor: Actor, *, desk: DeskKey, once: str, wanted: bool, reason: str
) -> None:
    """Keep a case beyond its time, or no longer; a supervisor, with a reason in the chronology."""
    if already(once):
        return
    row = claim(case_id, version, actor, "hold" if wanted else "release_hold", once, of_closed=True)
    keeping.check_hold(row.legal_hold, wanted, reason, actor)
    row.legal_hold = wanted
    done = "保存を続ける印を付けた" if wanted else "保存を続ける印を消した"
    write_line(row, actor, desk, "action", f"{done}。わけ：{reason.strip()}")


def ask_deletion(
    case_id: str, version: int, actor: Actor, *, desk: DeskKey, policy: Policy, once: str, reason: str
) -> None:
    """The first of two people asks for a case to be erased. Refused of `keeping.check_ask_deletion`."""
    if already(once):
        return
    row = claim(case_id, version, actor, "ask_deletion", once, of_closed=True)
    waiting = _waiting(row.id) is not None
    keeping.check_ask_deletion(
        row.status, row.legal_hold, _until(row, policy.retention), clock.today(), reason, waiting
    )
    new_row(
        DeletionRow,
        "deletion",
        row,
        desk,
        {"reason": reason.strip()},
        asked_by=actor.id,
        asked_at=clock.now(),
    )


def refuse_deletion(case_id: str, version: int, actor: Actor, *, once: str) -> None:
    """Decide that a case stays, or take the own request back. Raises NotFound, Refused of `claim`."""
    if already(once):
        return
    row = claim(case_id, version, actor, "refuse_deletion", once, of_closed=True)
    asked = _waiting(row.id)
    if asked is None:
        raise NotFound
    if asked.asked_by != actor.id and not actor.supervisor:
        raise Refused("not_yours")
    asked.refused_by, asked.refused_at = actor.id, clock.now()


def approve_deletion(case_id: str, version: int, actor: Actor, *, policy: Policy, once: str) -> None:
    """The second of two people: erase the case, what was merged into it, and all that hangs on them.

    Reports with their identities and files, messages, and every row of any room that points to the case.
    The audit alone remembers that it was there. Callers let SQLite's log go afterwards
    (`storage.forget_erased`). Raises NotFound, Refused of `claim` and of `keeping.check_approve_deletion`.
    """
    row = claim(case_id, version, actor, "approve_deletion", once, of_closed=True)
    asked = _waiting(row.id)
    if asked is None:
        raise NotFound
    keeping.check_approve_deletion(
        row.status,
        row.legal_hold,
        _until(row, policy.retention),
        clock.today(),
        asked.asked_by,
        actor,
    )
    numbers = facts.group(row)
    for public_id in numbers.values():
        audit.record("erase", public_id, staff_id=actor.id, staff_name=actor.name)
    vault_db.session.flush()
    _erase(list(numbers))
    vault_db.session.expunge_all()


def _waiting(number: int) -> DeletionRow | None:
    return vault_db.session.scalar(
        select(DeletionRow).where(DeletionRow.case_id == number, DeletionRow.refused_at.is_(None))
    )


def _until(row: CaseRow, retention: Mapping[str, int]) -> date | None:
    if row.closed_at is None:
        return None
    return keeping.kept_until(row.closed_at, row.record_class, retention)


def _erase(numbers: list[int]) -> None:
    """Delete cases and every row that leads to them by its foreign keys, whichever room it belongs to."""
    tables = vault_db.metadata.sorted_tables
    doomed: dict[Table, set[int]] = {table: set() for table in tables}
    doomed[vault_db.metadata.tables["case"]] |= set(numbers)
    before = -1
    while before != (before := sum(len(found) for found in doomed.values())):
        for table in tables:
            keys = list(table.primary_key.columns)
            if len(keys) == 1:  # rows of joining tables lead nowhere further
                for condition in _leads_to(table, doomed):
                    doomed[table] |= set(vault_db.session.scalars(select(keys[0]).where(condition)))
    for table in tables:
        for key in table.foreign_keys:
            if key.column.table is table and doomed[table]:  # a line that lives on points to one that goes
                gone = update(table).where(key.parent.in_(doomed[table])).values({key.parent.name: None})
                vault_db.session.execute(gone)
    for table in reversed(tables):
        conditions = _leads_to(table, doomed)
        if conditions:
            vault_db.session.execute(delete(table).where(or_(*conditions)))
    vault_db.session.execute(delete(CaseRow).where(CaseRow.id.in_(numbers)))


def _leads_to(table: Table, doomed: Mapping[Table, set[int]]) -> list[ColumnElement[bool]]:
    return [
        key.parent.in_(doomed[key.column.table])
        for key in table.foreign_keys
        if key.column.table is not table and key.column.primary_key and doomed[key.column.table]
    ]
