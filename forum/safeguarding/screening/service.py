"""Changes of screening: sealed first (`prepare_*`), stored inside the caller's `writing()` (`keep_*`).

Every change takes the version of the case that the worker saw. If somebody was faster, `claim` of the
cases raises Refused changed with what was done since, and nothing is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from forum import clock, ids
from forum.errors import Refused
from forum.safeguarding.cases.boxes import BLOCK, place
from forum.safeguarding.cases.changes import already, claim, note
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.policy import Policy
from forum.safeguarding.screening import boxes, queries, rules
from forum.safeguarding.screening.models import AssessmentRow, CaseCodesRow, ScreeningRow
from forum.safeguarding.screening.types import AXES, Authority, Catalogue, Level, Outcome, Record, Sheet
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import Box, DeskKey

NOTE_MOST = 2000


@dataclass(frozen=True)
class PreparedAssessment:
    """A filled sheet, sealed, with what it comes to."""

    case_id: str
    assessment_id: str
    box: Box
    outcome: Outcome


@dataclass(frozen=True)
class Entry:
    """One thing to decide: its kind, the value, why."""

    kind: str
    value: str
    reason: str = ""


@dataclass(frozen=True)
class PreparedRecords:
    """Decisions of one moment, sealed, with the summary of the case as it is after them."""

    case_id: str
    rows: tuple[tuple[str, Box], ...]
    codes: Box
    kinds: tuple[str, ...]
    raises_clock: bool


def prepare_assessment(
    case_id: str,
    sheet: Sheet,
    answers: Mapping[str, str],
    words: str,
    *,
    ladder: Sequence[Level],
    desk: DeskKey,
    actor: Actor,
) -> PreparedAssessment:
    """Seal a filled sheet with a note. Raises Refused nothing_answered, unknown_answer, too_long."""
    kept = rules.clean_answers(sheet, answers)
    if len(words) > NOTE_MOST:
        raise Refused("too_long", limit=NOTE_MOST, length=len(words))
    assessment_id = ids.new_public_id()
    value = {
        "at": clock.now(),
        "staff": actor.name,
        "sheet": asdict(sheet),
        "answers": kept,
        "note": words.strip(),
    }
    return PreparedAssessment(
        case_id=case_id,
        assessment_id=assessment_id,
        box=boxes.seal(desk, place(case_id, "assessment", assessment_id), value),
        outcome=rules.outcome(sheet, kept, ladder),
    )


def keep_assessment(
    prepared: PreparedAssessment, version: int, actor: Actor, *, policy: Policy, once: str
) -> None:
    """Store a filled sheet and, where it says so, shorten the clock. The same ticket again changes nothing.

    Raises NotFound, Refused of `claim`.
    """
    if already(once):
        return
    row = claim(prepared.case_id, version, actor, "assess", once)
    vault_db.session.add(
        AssessmentRow(public_id=prepared.assessment_id, case_id=row.id, **boxes.columns(prepared.box))
    )
    if prepared.outcome.urgent:
        hurry(row, actor, policy, once)


def hurry(row: CaseRow, actor: Actor, policy: Policy, once: str) -> None:
    """Make a claimed case urgent. There is no way back: a clock only ever becomes shorter."""
    if row.urgent:
        return
    row.urgent = True
    if row.clock_ended_at is None:
        row.due_at = min(row.due_at, policy.due_at(row.clock_started_at, row.groups.split(), urgent=True))
    note(row, actor, "raise_clock", f"{once}:clock")


def prepare_records(
    case_ids: Sequence[str],
    entries: Sequence[Entry],
    coded: Mapping[str, Any],
    *,
    authority: Authority,
    catalogue: Catalogue,
    ring: KeyRing,
    desk: DeskKey,
    actor: Actor,
) -> PreparedRecords:
    """Check and seal decisions on a case (the first of `case_ids`; the others were merged into it).

    `coded`: further fields of the summary to set. Raises Refused nothing_decided and those of
    `rules.check_record`, with the kind.
    """
    if not entries and not coded:
        raise Refused("nothing_decided")
    case_id, today = case_ids[0], clock.today()
    before = queries.screening_of(case_ids, ring).now
    said = queries.standing(queries.assessments(case_ids, ring), catalogue.ladder)
    for entry in entries:
        rules.check_record(
            entry.kind,
            entry.value,
            entry.reason,
            before=before.get(entry.kind),
            sheets_say=said.level,
            authority=authority,
            catalogue=catalogue,
        )
    changed = {entry.kind: entry.value for entry in entries} | dict(coded)
    codes = rules.summarised(queries.codes_of(case_id, ring), changed, today)
    summary = boxes.codes_values(codes)
    return PreparedRecords(
        case_id=case_id,
        rows=tuple(
            _sealed(entry, before.get(entry.kind), case_id, authority, desk, actor) for entry in entries
        ),
        codes=boxes.seal(desk, place(case_id, "codes", case_id), summary, BLOCK),
        kinds=tuple(entry.kind for entry in entries),
        raises_clock=rules.is_urgent(changed.get("urgency"), catalogue.ladder),
    )


def _sealed(
    entry: Entry, earlier: Record | None, case_id: str, authority: Authority, desk: DeskKey, actor: Actor
) -> tuple[str, Box]:
    row_id = ids.new_public_id()
    value = {
        "at": clock.now(),
        "staff": actor.name,
        **asdict(entry),
        "authority": asdict(authority),
        "corrects": earlier.id if earlier is not None else "",
    }
    return row_id, boxes.seal(desk, place(case_id, "screening", row_id), value, BLOCK)


def keep_records(prepared: PreparedRecords, version: int, actor: Actor, *, policy: Policy, once: str) -> None:
    """Store decisions of one moment; the same ticket again changes nothing. Raises as `claim` does."""
    if already(once):
        return
    add_records(prepared, claim(prepared.case_id, version, actor, "screen", once), actor, policy, once)


def add_records(prepared: PreparedRecords, row: CaseRow, actor: Actor, policy: Policy, once: str) -> None:
    """Store decisions for a case that the caller has claimed; each has a line of its own in the audit."""
    for row_id, box in prepared.rows:
        vault_db.session.add(ScreeningRow(public_id=row_id, case_id=row.id, **boxes.columns(box)))
    vault_db.session.merge(CaseCodesRow(case_id=row.id, **boxes.columns(prepared.codes)))
    for kind in prepared.kinds:
        note(row, actor, f"set_{kind}" if kind in AXES else f"decide_{kind}", f"{once}:{kind}")
    if prepared.raises_clock:
        hurry(row, actor, policy, once)
