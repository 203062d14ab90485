"""Summaries of cases: made by the first signed-in request that meets a case without one, then sealed.

The letterbox cannot make them, since it cannot open what it takes in. Whoever calls holds the desk's keys.
"""

import time
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Select, select

from forum import clock
from forum.safeguarding.cases import queries, reading
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.lookup.boxes import opened, sealed
from forum.safeguarding.lookup.extract import part_of_content, part_of_person, part_of_text
from forum.safeguarding.lookup.index import Index
from forum.safeguarding.lookup.models import SummaryRow
from forum.safeguarding.lookup.types import Part, Summary
from forum.safeguarding.vault import audit, marks, opening, store
from forum.safeguarding.vault import queries as vault
from forum.safeguarding.vault.content import Content
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import CaseRow
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import Box, Unopenable

BUDGET = 2.0  # seconds for cases that have no summary yet; what is left over is said on the page
_AT_ONCE = 500  # rows


def bring_up_to_date(
    index: Index, ring: KeyRing, actor: Actor, towns: Sequence[str] = (), budget: float = BUDGET
) -> int:
    """Give an index every case as it is now, newest first; returns how many could not be read yet."""
    wanted = _wanted()
    for case_id in [one for one in index.summaries if one not in wanted]:
        index.drop(case_id)
    stored = _numbers(
        select(CaseRow.public_id, SummaryRow.version).join(CaseRow, SummaryRow.case_id == CaseRow.id)
    )
    held = {case_id: one.version for case_id, one in index.summaries.items()}
    _load(index, ring, [one for one in stored if one in wanted and stored[one] > held.get(one, 0)])
    late = [one for one, version in wanted.items() if _version(index, one) != version]
    made: list[Summary] = []
    until = time.monotonic() + budget
    for case_id in reversed(late):
        if made and time.monotonic() > until:
            break
        summary = _made(case_id, ring, index.summaries.get(case_id), towns)
        if summary is not None:
            made.append(summary)
    if made:
        _keep(made, actor)
    for summary in made:
        index.put(summary)
    return len(late) - len(made)


def _version(index: Index, case_id: str) -> int:
    return index.summaries[case_id].version if case_id in index.summaries else 0


def _wanted() -> dict[str, int]:
    """Every case and its version, oldest first; a merged one is part of the case that holds it."""
    return _numbers(
        select(CaseRow.public_id, CaseRow.version).where(CaseRow.status != "merged").order_by(CaseRow.id)
    )


def _numbers(query: Select[str, int]) -> dict[str, int]:
    """Public ids, each with a number."""
    return {case_id: number for case_id, number in vault_db.session.execute(query)}  # noqa: C416


def _load(index: Index, ring: KeyRing, case_ids: Sequence[str]) -> None:
    for start in range(0, len(case_ids), _AT_ONCE):
        rows = vault_db.session.execute(
            select(
                CaseRow.public_id,
                SummaryRow.version,
                SummaryRow.key_id,
                SummaryRow.wrapped_key,
                SummaryRow.body,
            )
            .join(CaseRow, SummaryRow.case_id == CaseRow.id)
            .where(CaseRow.public_id.in_(case_ids[start : start + _AT_ONCE]))
        )
        for case_id, version, key_id, wrapped, body in rows:
            try:
                index.put(opened(ring, Box(key_id, wrapped, body), case_id, version))
            except Unopenable:
                continue  # a damaged summary is made anew, as if there were none


def _made(case_id: str, ring: KeyRing, before: Summary | None, towns: Sequence[str]) -> Summary | None:
    """The summary of a case; what was read before is not read again. None where a box does not open."""
    kept = {part.source: part for part in before.parts} if before else {}
    case = queries.case(case_id)
    try:
        parts = (
            *_told(case.ids, ring, kept, towns),
            *_written(case_id, ring, kept, towns),
            *_people(case_id, ring, towns),
        )
    except Unopenable:
        return None
    return Summary(case_id, case.version, parts)


def _told(
    case_ids: Sequence[str], ring: KeyRing, kept: dict[str, Part], towns: Sequence[str]
) -> Iterator[Part]:
    for report in vault.reports_of(case_ids):
        source = f"report:{report.id}"
        yield kept.get(source) or part_of_content(
            source, opening.open_report(ring, report), report.received_at, towns
        )
        for message in vault.messages_of(report.id):
            source = f"message:{message.once}"
            if message.direction != "in":
                continue
            if source in kept:
                yield kept[source]
                continue
            content = opening.open_message(ring, message)
            # One that only sorts the pieces of the report says nothing new.
            if isinstance(content, Content) and not marks.is_marking(content):
                yield part_of_content(source, content, message.at, towns)


def _written(case_id: str, ring: KeyRing, kept: dict[str, Part], towns: Sequence[str]) -> Iterator[Part]:
    for entry in reading.chronology(case_id, ring):
        source = f"entry:{entry.id}"
        if not entry.corrected:
            yield kept.get(source) or part_of_text(source, entry.text, entry.happened_at, towns)


def _people(case_id: str, ring: KeyRing, towns: Sequence[str]) -> Iterator[Part]:
    for child in reading.children(case_id, ring):
        yield part_of_person(
            f"child:{child.id}",
            child.added_at,
            name=child.name,
            kana=child.kana,
            birth=child.birth,
            note=child.note,
            towns=towns,
        )
    for person in reading.people(case_id, ring):
        # An adult's year of birth tells no child apart.
        yield part_of_person(
            f"person:{person.id}",
            clock.now(),
            name=person.name,
            kana=person.kana,
            phone=person.phone,
            address=person.address,
            note=person.note,
            towns=towns,
        )


def _keep(made: Iterable[Summary], actor: Actor) -> None:
    """Store sealed summaries, with one line in the audit: texts were opened, though nobody read them."""
    desk = store.desk_key()
    boxes = {summary.case_id: (summary.version, sealed(summary, desk)) for summary in made}
    with writing():
        numbers = _numbers(select(CaseRow.public_id, CaseRow.id).where(CaseRow.public_id.in_(boxes)))
        for case_id, number in numbers.items():
            version, box = boxes[case_id]
            vault_db.session.merge(
                SummaryRow(
                    case_id=number,
                    version=version,
                    key_id=box.key_id,
                    wrapped_key=box.wrapped_key,
                    body=box.body,
                )
            )
        audit.record("summarise", f"{len(numbers)} cases", staff_id=actor.id, staff_name=actor.name)
