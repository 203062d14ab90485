"""The queue: what comes into it, who is at it, and opening a text. Changes run inside `writing()`,
except `look` and `open_text`, which open it themselves."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from forum import clock
from forum.accounts import audit
from forum.accounts.types import Me
from forum.board import moderating
from forum.board.types import Subject, Visibility
from forum.db import db, writing
from forum.errors import NotFound
from forum.ids import new_public_id
from forum.moderation import log, rows, rules
from forum.moderation.models import ExposureRow, ItemRow
from forum.moderation.reading import reading
from forum.moderation.types import Action, Item, Reason, Why
from forum.outbox.service import record

# Something waits that cannot wait; the subject is the item's id.
URGENT_WAITS = "UrgentWaits"
ASKED = {Why.FLAG, Why.APPEAL, Why.NAMED}


def look(thread_ids: list[str]) -> None:
    """Bring the queue to what the board says now about these threads. May be repeated at will."""
    for thread_id in thread_ids:
        try:
            needed = bool(_changes(thread_id))
        except NotFound:
            continue
        if needed:
            with writing():
                bring(thread_id)


def bring(thread_id: str) -> None:
    """The same inside the open transaction."""
    for change in _changes(thread_id):
        row = change.row
        if row is None and change.why:
            _add(change)
        elif row is None:
            log.let_go(thread_id, change.subject.post_id)
        elif not change.why:
            log.write(row, Action.CLOSED, Reason.WITHDRAWN)
            log.close(row, Action.CLOSED)
        else:
            row.why, row.level = " ".join(change.why), change.level
            row.written_at = change.subject.written_at
            row.version += 1
            _tell_urgent(row)


class _Change(NamedTuple):
    """A text whose item is not what it should be; nothing in `why`: nothing is left to decide."""

    subject: Subject
    row: ItemRow | None
    why: tuple[Why, ...]
    level: int


def _changes(thread_id: str) -> list[_Change]:
    waiting, looked_at, readers = rows.open_items(thread_id), _looked_at(thread_id), reading()
    told, flagged = log.words_of(thread_id), rows.flagged_in(thread_id)
    found = []
    for subject in moderating.subjects(thread_id):
        flags = flagged.get(subject.post_id, [])
        seen = looked_at.get(subject.key)
        looked = seen is not None and seen >= subject.written_at
        text = subject.body if subject.post_id else f"{subject.title}\n{subject.body}"
        why = rules.why_waits(subject, bool(readers.watched_in(text)), flags, looked)
        level = rules.level_of(subject, flags)
        row = waiting.get(subject.key)
        if row is None:
            left = subject.visibility is Visibility.WITHDRAWN and (subject.kept or subject.post_id in told)
            if why or left:
                found.append(_Change(subject, None, why, level))
        elif rules.is_gone(subject):
            found.append(_Change(subject, row, (), 0))
        else:
            # What waits, waits until a person has decided, also when its writer changed it meanwhile.
            both = tuple(dict.fromkeys((*(Why(one) for one in row.why.split()), *why)))
            level = max(row.level, level)
            if (" ".join(both), level, subject.written_at) != (row.why, row.level, row.written_at):
                found.append(_Change(subject, row, both, level))
    return found


def _looked_at(thread_id: str) -> dict[str, datetime]:
    """Of each text the state that was last decided on: when its writer had touched it."""
    found = db.session.scalars(
        select(ItemRow).where(ItemRow.thread_id == thread_id, ItemRow.closed_at.is_not(None))
    )
    seen: dict[str, datetime] = {}
    for row in found:
        key = rows.key_of(row.thread_id, row.post_id)
        seen[key] = max(row.written_at, seen.get(key, row.written_at))
    return seen


def _add(change: _Change) -> None:
    subject = change.subject
    row = ItemRow(
        public_id=new_public_id(),
        thread_id=subject.thread_id,
        post_id=subject.post_id,
        open_key=subject.key,
        level=change.level,
        why=" ".join(change.why),
        # What people asked for waits since then, all else since it was written.
        since=clock.now() if set(change.why) & ASKED else subject.written_at,
        written_at=subject.written_at,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # on a server two workers may come here together; one item a text
        return
    moderating.set_waiting(subject.thread_id, subject.post_id, True)
    _tell_urgent(row)


def put(thread_id: str, post_id: str | None, why: Why, level: int = 0) -> ItemRow:
    """Put a text into the queue because a person asked for it. Raises NotFound."""
    subject = moderating.subject(thread_id, post_id)
    row = rows.open_items(thread_id).get(subject.key)
    if row is None:
        _add(_Change(subject, None, (why,), max(level, subject.found.level)))
        row = rows.open_items(thread_id)[subject.key]
    row.why = " ".join(dict.fromkeys((*row.why.split(), why)))
    row.level = max(row.level, level)
    row.version += 1
    return row


def _tell_urgent(row: ItemRow) -> None:
    if row.level >= rules.URGENT and row.alarmed_at is None and row.opened_at is None:
        record(URGENT_WAITS, row.public_id, public=False)


def claim(item_id: str, me: Me) -> Item:
    """Take an item on; others see who is at it until the time is over. Raises NotFound, Refused taken."""
    row = rows.item(item_id, lock=True)
    _claim(row, me)
    audit.record("moderation.claim", item_id)
    return rows.item_of(row)


def _claim(row: ItemRow, me: Me) -> None:
    moment = clock.now()
    rules.check_free(rows.item_of(row), me.id, moment)
    row.claimed_by = me.id
    row.claimed_until = moment + timedelta(minutes=reading().care.claim_minutes)


def release(item_id: str, me: Me) -> Item:
    """Leave an item to others. Raises NotFound, Refused taken."""
    row = rows.item(item_id, lock=True)
    rules.check_free(rows.item_of(row), me.id, clock.now())
    row.claimed_by = row.claimed_until = None
    audit.record("moderation.release", item_id)
    return rows.item_of(row)


def open_text(item_id: str, me: Me) -> Item:
    """Take an item on to read it. The line in the record is committed before one character is shown.

    Raises NotFound, Refused taken, decided or enough.
    """
    with writing():
        row = rows.item(item_id, lock=True)
        before = rows.item_of(row)
        _claim(row, me)
        _count_opening(before, me)
        row.opened_at = row.opened_at or clock.now()
        audit.record("moderation.open", item_id)
        return rows.item_of(row)


def _count_opening(item: Item, me: Me) -> None:
    """Remember how much somebody reads; the same text in one sitting counts once."""
    if item.taken(clock.now()) == me.id and item.opened_at is not None:
        return
    moment, day = clock.now(), clock.today()
    load = db.session.get(ExposureRow, (me.id, day))
    if load is None:
        load = ExposureRow(
            staff_id=me.id, day=day, name=me.name, heavy=0, light=0, in_a_row=0, last_at=moment
        )
        db.session.add(load)
    rules.check_exposure(load.heavy, reading().care.heavy_a_day, item)
    if moment - load.last_at >= rules.PAUSE:
        load.in_a_row = 0
    if item.heavy:
        load.heavy += 1
        load.in_a_row += 1
    else:
        load.light += 1
    load.last_at = moment
