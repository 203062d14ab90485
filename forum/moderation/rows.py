"""From rows to values, and the few ways by which a row is found. Private to this room."""

from collections.abc import Sequence

from sqlalchemy import select

from forum.db import db
from forum.errors import NotFound
from forum.moderation.models import DecisionRow, FlagRow, ItemRow
from forum.moderation.types import Action, Decision, FlagLine, FlagReason, Item, Proposed, Reason, Tone, Why


def item_of(row: ItemRow, flags: int = 0) -> Item:
    """An item as others see it."""
    proposed = None
    if row.proposed_action is not None:
        assert row.proposed_by is not None
        assert row.proposed_at is not None
        proposed = Proposed(
            Action(row.proposed_action),
            Reason(row.proposed_reason or ""),
            row.proposed_by,
            row.proposed_name or "",
            row.proposed_at,
        )
    return Item(
        id=row.public_id,
        thread_id=row.thread_id,
        post_id=row.post_id,
        level=row.level,
        why=tuple(Why(one) for one in row.why.split()),
        since=row.since,
        version=row.version,
        claimed_by=row.claimed_by,
        claimed_until=row.claimed_until,
        opened_at=row.opened_at,
        proposed=proposed,
        barred=row.barred,
        closed_at=row.closed_at,
        flags=flags,
    )


def item(public_id: str, *, lock: bool = False) -> ItemRow:
    """The row of an item. Raises NotFound."""
    if not (public_id.isascii() and public_id.isalnum()):
        raise NotFound("id")
    query = select(ItemRow).where(ItemRow.public_id == public_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = db.session.scalar(query)
    if row is None:
        raise NotFound(public_id)
    return row


def key_of(thread_id: str, post_id: str | None) -> str:
    """The name of a text while it waits."""
    return f"{thread_id}/{post_id or ''}"


def open_items(thread_id: str) -> dict[str, ItemRow]:
    """The items of a thread's texts that wait, by key."""
    found = db.session.scalars(
        select(ItemRow).where(ItemRow.thread_id == thread_id, ItemRow.open_key.is_not(None))
    )
    return {row.open_key: row for row in found if row.open_key is not None}


def flags_of(thread_id: str, post_id: str | None, *, done: bool | None = False) -> Sequence[FlagRow]:
    """What was told about a text, oldest first; `done` None: also what was dealt with."""
    query = select(FlagRow).where(FlagRow.thread_id == thread_id, FlagRow.post_id == post_id)
    if done is not None:
        query = query.where(FlagRow.done.is_(done))
    return db.session.scalars(query.order_by(FlagRow.id)).all()


def flagged_in(thread_id: str) -> dict[str | None, list[FlagReason]]:
    """What was told and not dealt with about the texts of a thread, by reply (None: the worry itself)."""
    found: dict[str | None, list[FlagReason]] = {}
    for row in db.session.scalars(
        select(FlagRow).where(FlagRow.thread_id == thread_id, FlagRow.done.is_(False)).order_by(FlagRow.id)
    ):
        found.setdefault(row.post_id, []).append(FlagReason(row.reason))
    return found


def flag_line(row: FlagRow) -> FlagLine:
    """What somebody told."""
    return FlagLine(Tone(row.tone), FlagReason(row.reason), row.at)


def decision_of(row: DecisionRow) -> Decision:
    """A line of the log."""
    return Decision(
        id=row.public_id,
        item_id=row.item_id,
        thread_id=row.thread_id,
        post_id=row.post_id,
        action=Action(row.action),
        reason=Reason(row.reason),
        at=row.at,
        staff_id=row.staff_id,
        second_id=row.second_id,
        after_appeal=row.after_appeal,
    )


def open_keys() -> frozenset[str]:
    """The names of all texts that wait."""
    found = db.session.scalars(select(ItemRow.open_key).where(ItemRow.open_key.is_not(None)))
    return frozenset(key for key in found if key is not None)
