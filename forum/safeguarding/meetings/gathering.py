"""What agendas, registers and statistics read: clear fields of cases beside their small summaries.

Summaries are opened in memory, in the request of somebody who signed in; nothing of them is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from forum import clock
from forum.safeguarding.cases.types import CaseLine
from forum.safeguarding.meetings.types import AgendaFacts, CountedCase
from forum.safeguarding.screening import queries as screening
from forum.safeguarding.screening.types import Codes
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow, ReportRow
from forum.safeguarding.vault.opening import KeyRing


@dataclass(frozen=True)
class RegisterLine:
    """A case in a register: its clear line and its summary."""

    case: CaseLine
    codes: Codes


def register(lines: Iterable[CaseLine], ring: KeyRing) -> tuple[RegisterLine, ...]:
    """The given cases with their summaries, in the given order. Raises Unopenable."""
    wanted = tuple(lines)
    codes = screening.codes([one.id for one in wanted], ring)
    return tuple(RegisterLine(one, codes.get(one.id, Codes())) for one in wanted)


def agenda_facts(line: RegisterLine) -> AgendaFacts:
    """What the agenda must know of a case."""
    case = line.case
    return AgendaFacts(
        case_id=case.id,
        urgent=case.urgent,
        due_at=case.clock.due_at,
        clock_running=case.clock.running,
        look_again_on=case.clock.look_again_on,
        opened_at=case.opened_at,
        children=case.children,
        unseen=case.unseen,
        last_seen_at=case.last_seen_at,
        accepted=bool(line.codes.acceptance),
        check_on=line.codes.check_on,
    )


def by_next_day(lines: Iterable[RegisterLine]) -> tuple[RegisterLine, ...]:
    """Ordered by the day on which somebody must look next; cases without such a day come first."""
    return tuple(sorted(lines, key=lambda one: (one.codes.check_on or date.min, one.case.opened_at)))


def counted_cases(ring: KeyRing) -> tuple[CountedCase, ...]:
    """Every case that was not merged into another, as statistics count it. Raises Unopenable."""
    codes = screening.codes(None, ring)
    entrances = _first_entrances()
    rows = vault_db.session.scalars(select(CaseRow).where(CaseRow.status != "merged").order_by(CaseRow.id))
    return tuple(_counted(row, codes.get(row.public_id, Codes()), entrances.get(row.id, "")) for row in rows)


def _first_entrances() -> Mapping[int, str]:
    first = select(func.min(ReportRow.id)).group_by(ReportRow.case_id)
    found = vault_db.session.execute(
        select(ReportRow.case_id, ReportRow.entrance).where(ReportRow.id.in_(first))
    )
    return {row[0]: row[1] for row in found}


def _counted(row: CaseRow, codes: Codes, entrance: str) -> CountedCase:
    in_time = row.clock_ended_at is not None and row.clock_ended_at <= row.due_at
    return CountedCase(
        received_on=clock.local(row.opened_at).date(),
        clear={
            "entrance": entrance,
            "ending": row.clock_end or "running",
            "timing": "running" if row.clock_ended_at is None else "within" if in_time else "after",
        },
        decided={int(year): values for year, values in codes.years.items()},
    )
