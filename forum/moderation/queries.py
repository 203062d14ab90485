"""Read what waits and what was decided. Nothing here shows a text, except `opened`, which is for an answer
whose opening is in the record."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from forum import clock
from forum.board import moderating
from forum.board.types import Subject
from forum.db import db
from forum.moderation import matching, rows, rules
from forum.moderation.models import (
    AlarmRow,
    AppealRow,
    DecisionRow,
    ExposureRow,
    FlagRow,
    ItemRow,
    LetterRow,
    TripRow,
)
from forum.moderation.reading import reading
from forum.moderation.types import Action, Decision, Item, Letter, Load, Opened, Reason, Waiting

CONTEXT = 3  # replies before and after
FIRST_LINE = 40  # characters of a text that stand open at first


def items() -> tuple[Item, ...]:
    """What waits, in the suggested order."""
    found = list(db.session.scalars(select(ItemRow).where(ItemRow.open_key.is_not(None))))
    told = _flag_numbers()
    return tuple(
        sorted((rows.item_of(row, told.get(row.open_key or "", 0)) for row in found), key=rules.order)
    )


def waiting_number() -> int:
    """How many texts wait: for the navigation."""
    return db.session.scalar(select(func.count(ItemRow.id)).where(ItemRow.open_key.is_not(None))) or 0


def _flag_numbers() -> dict[str, int]:
    found = db.session.execute(
        select(FlagRow.thread_id, FlagRow.post_id, func.count(FlagRow.id))
        .where(FlagRow.done.is_(False))
        .group_by(FlagRow.thread_id, FlagRow.post_id)
    )
    return {rows.key_of(thread_id, post_id): number for thread_id, post_id, number in found}


def get_item(item_id: str) -> Item:
    """One item. Raises NotFound."""
    row = rows.item(item_id)
    return rows.item_of(row, len(rows.flags_of(row.thread_id, row.post_id)))


def subject_of(item: Item) -> Subject:
    """The text of an item, to decide about; shown only by `opened`. Raises NotFound."""
    return moderating.subject(item.thread_id, item.post_id)


def opened(item: Item) -> Opened:
    """An item with its text, the replies around it, the words that rules fired on. Raises NotFound."""
    everything = moderating.subjects(item.thread_id)
    place = next(at for at, one in enumerate(everything) if one.post_id == item.post_id)
    near = (*everything[:1], *everything[max(1, place - CONTEXT) : place + CONTEXT + 1])
    subject = everything[place]
    return Opened(
        item=item,
        subject=subject,
        context=tuple(dict.fromkeys(one for one in near if one.key != subject.key and one.body)),
        matches=matching.matches(subject),
        flags=tuple(rows.flag_line(row) for row in rows.flags_of(item.thread_id, item.post_id)),
        decisions=decisions(item.thread_id, item.post_id),
        appeal=_appeal_words(item),
    )


def _appeal_words(item: Item) -> str:
    row = db.session.scalar(
        select(AppealRow).where(
            AppealRow.thread_id == item.thread_id,
            AppealRow.post_key == (item.post_id or ""),
            AppealRow.decided_at.is_(None),
        )
    )
    return row.words if row else ""


def decisions(thread_id: str, post_id: str | None) -> tuple[Decision, ...]:
    """What was decided about a text, oldest first."""
    found = db.session.scalars(
        select(DecisionRow)
        .where(DecisionRow.thread_id == thread_id, DecisionRow.post_id == post_id)
        .order_by(DecisionRow.number)
    )
    return tuple(rows.decision_of(row) for row in found)


def log_page(before: int | None = None, limit: int = 50) -> tuple[tuple[int, Decision], ...]:
    """The log of decisions, newest first, with the number of each line."""
    query = select(DecisionRow).order_by(DecisionRow.number.desc()).limit(limit)
    if before is not None:
        query = query.where(DecisionRow.number < before)
    return tuple((row.number, rows.decision_of(row)) for row in db.session.scalars(query))


def writer_letters(thread_id: str, post_id: str | None = None) -> tuple[Letter, ...]:
    """What the writer of a text is told, oldest first. The caller has checked whose text it is."""
    appeal = db.session.scalar(
        select(AppealRow).where(AppealRow.thread_id == thread_id, AppealRow.post_key == (post_id or ""))
    )
    found = db.session.execute(
        select(DecisionRow, LetterRow)
        .join(LetterRow, LetterRow.decision_id == DecisionRow.public_id)
        .where(DecisionRow.thread_id == thread_id, DecisionRow.post_id == post_id)
        .order_by(DecisionRow.number)
    ).all()
    last = len(found) - 1
    return tuple(
        Letter(
            decision=(decision := rows.decision_of(row)),
            message=letter.message,
            fixed=letter.fixed if place == last else "",
            may_appeal=place == last
            and rules.may_appeal(decision.action, appeal is not None, decision.after_appeal),
            appealed=appeal is not None and appeal.decided_at is None and place == last,
            reposted=letter.reposted_at is not None,
        )
        for place, (row, letter) in enumerate(found)
    )


def writer_message(thread_id: str, post_id: str | None = None) -> Letter | None:
    """The latest decision as the writer of the text reads it; None while nobody has decided."""
    letters = writer_letters(thread_id, post_id)
    return letters[-1] if letters else None


def waiting(at: datetime | None = None) -> Waiting:
    """When a text that waits is read next."""
    moment = at or clock.now()
    who = reading()
    return Waiting(who.next_reading(moment), bool(who.on_duty(moment)))


def loads(day: date | None = None) -> tuple[Load, ...]:
    """How much each person read on a day (today), most heavy ones first."""
    found = db.session.scalars(select(ExposureRow).where(ExposureRow.day == (day or clock.today())))
    lines = [Load(row.staff_id, row.name, row.heavy, row.light) for row in found]
    return tuple(sorted(lines, key=lambda one: (-one.heavy, -one.light, one.name)))


def break_due(staff_id: int) -> bool:
    """True when somebody has read so many heavy texts without a pause that a break is due."""
    row = db.session.get(ExposureRow, (staff_id, clock.today()))
    if row is None or clock.now() - row.last_at >= rules.PAUSE:
        return False
    return rules.break_due(row.in_a_row, reading().care.break_after)


def heavy_today(staff_id: int) -> int:
    """How many heavy texts somebody read today."""
    row = db.session.get(ExposureRow, (staff_id, clock.today()))
    return row.heavy if row else 0


def trips(day: date | None = None) -> tuple[tuple[str, int], ...]:
    """How often limits stopped somebody on a day (today), by page; no address."""
    found = db.session.scalars(
        select(TripRow).where(TripRow.day == (day or clock.today())).order_by(TripRow.number.desc())
    )
    return tuple((row.purpose, row.number) for row in found)


def unheard() -> bool:
    """True if the last alarm reached nobody."""
    row = db.session.scalar(select(AlarmRow).order_by(AlarmRow.id.desc()).limit(1))
    return row is not None and row.told == 0


def decided(begin: datetime, end: datetime) -> Sequence[tuple[Action, Reason]]:
    """Action and reason of every decision between two moments: for the public report."""
    found = db.session.execute(
        select(DecisionRow.action, DecisionRow.reason).where(
            DecisionRow.at >= begin, DecisionRow.at < end, DecisionRow.action != Action.CLOSED
        )
    )
    return [(Action(action), Reason(reason)) for action, reason in found]
