"""Reads of what is sealed. The caller holds the desk's keys and has written the audit line before."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from forum.safeguarding.cases import facts
from forum.safeguarding.cases.boxes import opened
from forum.safeguarding.cases.models import (
    ChildRow,
    ConflictRow,
    DeletionRow,
    EntryRow,
    MergeRow,
    OfferRow,
    PersonRow,
    SightingRow,
    StepRow,
    TaskRow,
)
from forum.safeguarding.cases.types import Child, Entry, Person, Sighting, Step, Task
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow
from forum.safeguarding.vault.opening import KeyRing

_REASONED: dict[str, Any] = {
    "offer": OfferRow,
    "conflict": ConflictRow,
    "merge": MergeRow,
    "deletion": DeletionRow,
}


def _rows(table: Any, case_id: str) -> Iterable[tuple[Any, str]]:
    """The rows of a case and of all merged into it, oldest first, with the public id of their own case."""
    owners = facts.group(facts.case_row(case_id))
    rows = vault_db.session.scalars(select(table).where(table.case_id.in_(list(owners))).order_by(table.id))
    return [(row, owners[row.case_id]) for row in rows]


def _opened(table: Any, name: str, case_id: str, ring: KeyRing) -> Iterable[tuple[Any, str, dict[str, str]]]:
    return [
        (row, owner, opened(ring, row, owner, name, row.public_id)) for row, owner in _rows(table, case_id)
    ]


def children(case_id: str, ring: KeyRing, *, dropped: bool = False) -> tuple[Child, ...]:
    """The children of a case; `dropped`: also those entered by mistake. Raises NotFound, Unopenable."""
    return tuple(
        Child(
            row.public_id,
            owner,
            words.get("name", ""),
            words.get("kana", ""),
            words.get("birth", ""),
            words.get("note", ""),
            row.added_at,
            row.last_seen_at,
            row.last_seen_by,
            row.last_kind,
            row.dropped_at,
        )
        for row, owner, words in _opened(ChildRow, "child", case_id, ring)
        if dropped or row.dropped_at is None
    )


def people(case_id: str, ring: KeyRing) -> tuple[Person, ...]:
    """The adults around the children. Raises NotFound, Unopenable."""
    return tuple(
        _person(row.public_id, owner, words)
        for row, owner, words in _opened(PersonRow, "person", case_id, ring)
    )


def _person(row_id: str, case_id: str, words: dict[str, str]) -> Person:
    names = ("name", "kana", "role", "birth", "phone", "address", "note")
    return Person(row_id, case_id, *(words.get(name, "") for name in names))


def chronology(case_id: str, ring: KeyRing) -> tuple[Entry, ...]:
    """Every line, corrected ones too, by the time it tells of. Raises NotFound, Unopenable."""
    found = list(_opened(EntryRow, "entry", case_id, ring))
    public = {row.id: row.public_id for row, _owner, _words in found}
    corrected = {row.corrects_id for row, _owner, _words in found if row.corrects_id is not None}
    lines = [
        Entry(
            row.public_id,
            owner,
            row.kind,
            row.happened_at,
            row.written_at,
            row.staff_id,
            words["text"],
            words["said_by"],
            words["disclosure"],
            public.get(row.corrects_id) if row.corrects_id is not None else None,
            row.id in corrected,
        )
        for row, owner, words in found
    ]
    return tuple(sorted(lines, key=lambda one: (one.happened_at, one.written_at)))


def sightings(case_id: str, ring: KeyRing) -> tuple[Sighting, ...]:
    """Who was met, seen or heard of, oldest first. Raises NotFound, Unopenable."""
    public = {row.id: row.public_id for row, _owner in _rows(ChildRow, case_id)}
    found = [
        Sighting(
            row.public_id,
            owner,
            public.get(row.child_id) if row.child_id is not None else None,
            row.kind,
            row.seen_at,
            row.recorded_at,
            row.staff_id,
            row.late,
            words["who"],
            words["where"],
            words["how"],
        )
        for row, owner, words in _opened(SightingRow, "sighting", case_id, ring)
    ]
    return tuple(sorted(found, key=lambda one: (one.seen_at, one.recorded_at)))


def steps(case_id: str, ring: KeyRing) -> tuple[Step, ...]:
    """Ends and restarts of the clock, closings and reopenings, oldest first. Raises NotFound, Unopenable."""
    return tuple(
        Step(row.public_id, owner, row.kind, row.at, row.staff_id, row.due_at, row.late, words)
        for row, owner, words in _opened(StepRow, "step", case_id, ring)
    )


def tasks(case_id: str, ring: KeyRing) -> tuple[Task, ...]:
    """Every task of a case with its words, what is to be done first. Raises NotFound, Unopenable."""
    found = [
        Task(
            row.public_id,
            owner,
            row.kind,
            row.due_at,
            row.holder_id,
            row.made_at,
            row.made_by,
            row.done_at,
            row.done_by,
            words["text"],
            words["result"],
        )
        for row, owner, words in _opened(TaskRow, "task", case_id, ring)
    ]
    return tuple(sorted(found, key=lambda one: (one.done_at is not None, one.due_at)))


def reasons(name: str, case_id: str, ring: KeyRing) -> dict[str, str]:
    """The words of every offer, conflict, merge or deletion (`name`) of a case, by the id of the row."""
    return {
        row.public_id: words.get("reason", words.get("text", ""))
        for row, _owner, words in _opened(_REASONED[name], name, case_id, ring)
    }


def names(ring: KeyRing, since: datetime | None = None) -> dict[str, tuple[str, ...]]:
    """All that children and people of every case are called, and where they live, for the search in memory.

    By the public id of the case that holds it. `since`: only rows added after a moment. 0.1 ms a row.
    """
    public = {
        row.id: row.public_id for row in vault_db.session.execute(select(CaseRow.id, CaseRow.public_id))
    }
    found: dict[str, list[str]] = {}
    tables: tuple[tuple[Any, str], ...] = ((ChildRow, "child"), (PersonRow, "person"))
    for table, name in tables:
        query = select(table)
        if since is not None:
            query = query.where(table.added_at > since)
        for row in vault_db.session.scalars(query):
            words = opened(ring, row, public[row.case_id], name, row.public_id)
            wanted = ("name", "kana", "address", "phone")
            found.setdefault(public[row.case_id], []).extend(words[one] for one in wanted if words.get(one))
    return {case_id: tuple(said) for case_id, said in found.items()}
