"""Write the log of decisions and the letters that tell the writer. Private to this room."""

from datetime import datetime, time

from sqlalchemy import select, update

from forum import clock
from forum.board import moderating
from forum.db import db
from forum.ids import new_public_id
from forum.moderation.models import AppealRow, DecisionRow, FlagRow, ItemRow, LetterRow
from forum.moderation.types import SYSTEM, Action, Reason


def write(
    row: ItemRow,
    action: Action,
    reason: Reason,
    *,
    staff_id: int = SYSTEM,
    second_id: int | None = None,
    message: str = "",
    fixed: str = "",
) -> DecisionRow:
    """Append a decision about an item, and the letter to the writer, inside the open transaction.

    Of what was handed to those who protect children, or taken back by its writer, who may have handed it
    over, only the day is kept: arrivals there have a second, and whoever held both databases could
    otherwise see whose text it was.
    """
    decision = DecisionRow(
        public_id=new_public_id(),
        item_id=row.public_id,
        thread_id=row.thread_id,
        post_id=row.post_id,
        action=action,
        reason=reason,
        level=row.level,
        at=_moment(action),
        staff_id=staff_id,
        second_id=second_id,
        after_appeal=row.barred is not None,
    )
    db.session.add(decision)
    if action is not Action.CLOSED:
        db.session.add(
            LetterRow(
                decision_id=decision.public_id,
                thread_id=row.thread_id,
                post_id=row.post_id,
                message=message,
                fixed=fixed,
            )
        )
    db.session.flush()
    return decision


def _moment(action: Action) -> datetime:
    if action in (Action.REFER, Action.CLOSED):
        return datetime.combine(clock.today(), time(), clock.TOKYO)
    return clock.now()


def close(row: ItemRow, action: Action) -> None:
    """Take an item out of the queue: what was told about it is dealt with, a kept text goes."""
    moment = _moment(action)
    row.open_key, row.closed_at = None, moment
    row.claimed_by = row.claimed_until = None
    row.proposed_action = row.proposed_reason = row.proposed_by = None
    row.proposed_name = row.proposed_at = None
    row.version += 1
    about = (FlagRow.thread_id == row.thread_id, FlagRow.post_id == row.post_id)
    db.session.execute(update(FlagRow).where(*about).values(done=True))
    db.session.execute(
        update(AppealRow)
        .where(AppealRow.thread_id == row.thread_id, AppealRow.post_key == (row.post_id or ""))
        .where(AppealRow.decided_at.is_(None))
        .values(decided_at=moment)
    )
    moderating.set_waiting(row.thread_id, row.post_id, False)
    let_go(row.thread_id, row.post_id)
    db.session.flush()


def let_go(thread_id: str, post_id: str | None) -> None:
    """Nobody need look at a text any more: if it is gone, so is all that was said about it."""
    if moderating.let_go(thread_id, post_id):
        forget_words(thread_id, post_id)
        forget_flags(thread_id, post_id)


def words_of(thread_id: str) -> set[str | None]:
    """The texts of a thread (None: the thread's own) about which staff and writer said something."""
    return set(
        db.session.scalars(
            select(LetterRow.post_id).where(
                LetterRow.thread_id == thread_id, (LetterRow.message != "") | (LetterRow.fixed != "")
            )
        )
    )


def forget_words(thread_id: str, post_id: str | None) -> None:
    """Erase what staff and writer said to each other about a text that is gone."""
    about = (LetterRow.thread_id == thread_id, LetterRow.post_id == post_id)
    db.session.execute(update(LetterRow).where(*about).values(message="", fixed=""))
    db.session.execute(
        update(AppealRow)
        .where(AppealRow.thread_id == thread_id, AppealRow.post_key == (post_id or ""))
        .values(words="")
    )


def forget_flags(thread_id: str, post_id: str | None) -> None:
    """Erase the tags of those who told about a text that is gone; that they did stays counted."""
    for row in db.session.scalars(
        select(FlagRow).where(FlagRow.thread_id == thread_id, FlagRow.post_id == post_id)
    ):
        row.tag = f"gone {row.id}"
