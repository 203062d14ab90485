"""Tasks: 児相への一報, 送致, 援助要請, 照会, 訪問, each with a time of its own."""

from datetime import datetime

from sqlalchemy import select

from forum import clock
from forum.errors import NotFound, Refused
from forum.safeguarding.cases import facts
from forum.safeguarding.cases.boxes import opened, sealed
from forum.safeguarding.cases.changes import already, claim, new_row
from forum.safeguarding.cases.models import TaskRow
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.cases.words import TASKS
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import DeskKey


def add_task(
    case_id: str,
    version: int,
    actor: Actor,
    *,
    desk: DeskKey,
    once: str,
    kind: str,
    due_at: datetime,
    holder_id: int | None,
    text: str,
) -> None:
    """Add a task. Raises NotFound, Refused of `claim`, unknown_value, empty, conflict."""
    if already(once):
        return
    if kind not in TASKS:
        raise Refused("unknown_value")
    if not text.strip():
        raise Refused("empty")
    row = claim(case_id, version, actor, "add_task", once)
    if holder_id in {one.staff_id for one in facts.standing_conflicts(facts.group(row))}:
        raise Refused("conflict")
    new_row(
        TaskRow,
        "task",
        row,
        desk,
        {"text": text.strip(), "result": ""},
        kind=kind,
        due_at=due_at,
        holder_id=holder_id,
        made_at=clock.now(),
        made_by=actor.id,
    )


def finish_task(
    case_id: str,
    version: int,
    actor: Actor,
    task_id: str,
    *,
    ring: KeyRing,
    desk: DeskKey,
    once: str,
    result: str,
) -> None:
    """Write what came of a task. Raises NotFound; Refused of `claim`, empty, done (by somebody before)."""
    if already(once):
        return
    if not result.strip():
        raise Refused("empty")
    row = claim(case_id, version, actor, "finish_task", once)
    owners = facts.group(row)
    task = vault_db.session.scalar(
        select(TaskRow).where(TaskRow.public_id == task_id, TaskRow.case_id.in_(list(owners)))
    )
    if task is None:
        raise NotFound
    if task.done_at is not None:
        raise Refused("done")
    owner = owners[task.case_id]
    words = opened(ring, task, owner, "task", task.public_id) | {"result": result.strip()}
    for name, value in sealed(desk, owner, "task", task.public_id, words).items():
        setattr(task, name, value)
    task.done_at, task.done_by = clock.now(), actor.id
