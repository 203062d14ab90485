"""The children of a case, who saw them, and the one end of the clock that says a child is safe."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum import clock
from forum.errors import NotFound, Refused
from forum.safeguarding.cases import facts
from forum.safeguarding.cases.boxes import sealed
from forum.safeguarding.cases.changes import already, claim, new_row, note, restart, step
from forum.safeguarding.cases.models import ChildRow, SightingRow
from forum.safeguarding.cases.record import write_line
from forum.safeguarding.cases.rules import clocks
from forum.safeguarding.cases.types import Actor, Clock
from forum.safeguarding.cases.words import IN_PERSON
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow
from forum.sealing.envelope import DeskKey


@dataclass(frozen=True)
class Looked:
    """What a sighting did to the clock: it ended, or these children were seen by nobody yet."""

    ended: bool
    unseen: tuple[str, ...]


def add_child(
    case_id: str,
    version: int,
    actor: Actor,
    *,
    desk: DeskKey,
    policy: Policy,
    once: str,
    words: dict[str, str],
) -> None:
    """Add a child: `words` are name, kana, birth, note, all of which may be empty.

    A further child must be seen, too: an ended clock runs again.
    """
    if already(once):
        return
    row = claim(case_id, version, actor, "add_child", once)
    moment = clock.now()
    new_row(ChildRow, "child", row, desk, words, added_at=moment)
    before = facts.clock_of(row)
    due = policy.due_at(moment, row.groups.split(), row.urgent)
    after = clocks.with_new_child(before, due)
    if after != before:
        restart(row, actor, desk, once, after, {"why": "new_child"}, "child")


def change_child(
    case_id: str,
    version: int,
    actor: Actor,
    child_id: str,
    *,
    desk: DeskKey,
    once: str,
    words: dict[str, str],
) -> None:
    """Write what is known of a child anew. Raises NotFound."""
    if already(once):
        return
    row = claim(case_id, version, actor, "change_child", once)
    child = _children(row, [child_id])[0]
    owner = facts.group(row)[child.case_id]
    for name, value in sealed(desk, owner, "child", child.public_id, words).items():
        setattr(child, name, value)


def drop_child(
    case_id: str, version: int, actor: Actor, child_id: str, *, desk: DeskKey, once: str, reason: str
) -> None:
    """Take out a child that was entered by mistake; the reason stands in the chronology. Ends no clock."""
    if already(once):
        return
    if not reason.strip():
        raise Refused("needs_reason")
    row = claim(case_id, version, actor, "drop_child", once)
    _children(row, [child_id])[0].dropped_at = clock.now()
    write_line(row, actor, desk, "action", f"子どもの記録を外した。わけ：{reason.strip()}")


def _children(row: CaseRow, child_ids: Sequence[str]) -> list[ChildRow]:
    numbers = list(facts.group(row))
    found = vault_db.session.scalars(
        select(ChildRow).where(
            ChildRow.public_id.in_(child_ids), ChildRow.case_id.in_(numbers), ChildRow.dropped_at.is_(None)
        )
    ).all()
    if len(found) != len(set(child_ids)):
        raise NotFound
    return list(found)


def sighting(
    case_id: str,
    version: int,
    actor: Actor,
    *,
    desk: DeskKey,
    once: str,
    kind: str,
    seen_at: datetime,
    child_ids: Sequence[str],
    who: str,
    where: str,
    how: str,
    all_known: bool = False,
) -> Looked:
    """Write down who was met or heard of; a row for each child.

    The clock ends only if every known child was seen in person since the latest cause and the worker
    says that these are all (`all_known`). The record stands either way.
    Raises NotFound; Refused of `claim`, `clocks.check_sighting`, no_child.
    """
    if already(once):
        return _looked(facts.case_row(case_id))
    moment = clock.now()
    clocks.check_sighting(kind, seen_at, moment, who=who, where=where, how=how)
    if kind in (IN_PERSON, "video") and not child_ids:
        raise Refused("no_child")
    row = claim(case_id, version, actor, "sighting", once)
    # A visit that met only adults says nothing of any child, whatever was ticked.
    chosen = [] if kind in ("adult_only", "missed") else _children(row, child_ids)
    words = {"who": who.strip(), "where": where.strip(), "how": how.strip()}
    _write(row, chosen, kind, seen_at, actor, desk, words)
    vault_db.session.flush()
    looked = _looked(row)
    if kind == IN_PERSON and all_known and not looked.unseen and row.clock_end != "seen":
        _end_seen(row, actor, desk, once)
        return Looked(True, ())
    return looked


def _write(
    row: CaseRow,
    children: Sequence[ChildRow],
    kind: str,
    seen_at: datetime,
    actor: Actor,
    desk: DeskKey,
    words: dict[str, str],
) -> None:
    """A row for each child; one without a child where nobody was named."""
    late = clocks.is_late(facts.clock_of(row), seen_at)
    for child in children or (None,):
        new_row(
            SightingRow,
            "sighting",
            row,
            desk,
            words,
            child_id=child.id if child else None,
            kind=kind,
            seen_at=seen_at,
            recorded_at=clock.now(),
            staff_id=actor.id,
            late=late,
        )
        if child is not None:
            _mark(child, kind, seen_at, actor)


def _mark(child: ChildRow, kind: str, seen_at: datetime, actor: Actor) -> None:
    child.last_kind = kind
    if kind == IN_PERSON and (child.last_seen_at is None or seen_at >= child.last_seen_at):
        child.last_seen_at, child.last_seen_by = seen_at, actor.id


def _looked(row: CaseRow) -> Looked:
    numbers = list(facts.group(row))
    left = clocks.unseen(facts.seen_children(numbers), facts.cause(numbers, row.opened_at))
    return Looked(row.clock_end == "seen", left)


def end_seen(case_id: str, version: int, actor: Actor, *, desk: DeskKey, once: str, all_known: bool) -> None:
    """End the clock because every child was seen. Raises Refused of `clocks.check_all_seen`."""
    if already(once):
        return
    row = claim(case_id, version, actor, "clock_seen", once)
    numbers = list(facts.group(row))
    clocks.check_all_seen(
        facts.clock_of(row), facts.seen_children(numbers), facts.cause(numbers, row.opened_at), all_known
    )
    _put_seen(row, actor, desk)


def _end_seen(row: CaseRow, actor: Actor, desk: DeskKey, once: str) -> None:
    note(row, actor, "clock_seen", f"{once}:clock")
    _put_seen(row, actor, desk)


def _put_seen(row: CaseRow, actor: Actor, desk: DeskKey) -> None:
    before = facts.clock_of(row)
    children = facts.seen_children(facts.group(row))
    last = max(one.last_seen_at for one in children if one.last_seen_at is not None)
    step(row, "seen", actor, desk, {}, late=clocks.is_late(before, last))
    facts.put_clock(row, Clock(before.started_at, before.due_at, clock.now(), "seen"))
