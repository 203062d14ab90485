"""What the writer of a text does with a decision: post the fixed version, or ask a second person.

Changes run inside `writing()`; the caller has checked whose text it is."""

from datetime import datetime

from sqlalchemy import select

from forum import clock
from forum.board import moderating
from forum.board.types import Subject, Visibility
from forum.db import db
from forum.errors import Refused
from forum.moderation import service
from forum.moderation.models import AppealRow, DecisionRow, ItemRow, LetterRow
from forum.moderation.types import Action, Letter, Why


def repost(subject: Subject, letter: Letter, body: str, *, at: datetime) -> bool:
    """Put the fixed version in the place of the text; True if it is public at once.

    Word for word as staff prepared it, nobody need read it again; changed, it waits for a person.
    Raises Refused nothing_to_repost.
    """
    row = db.session.get(LetterRow, letter.decision.id, with_for_update=True)
    gone = subject.visibility is Visibility.WITHDRAWN
    if row is None or not row.fixed or row.reposted_at is not None or gone:
        raise Refused("nothing_to_repost")
    ready = body == row.fixed
    row.reposted_at = at
    moderating.replace_text(subject.thread_id, subject.post_id, body, at=at)
    if ready:
        moderating.publish(subject.thread_id, subject.post_id)
        _looked_at(subject, at)
    else:
        moderating.hold(subject.thread_id, subject.post_id)
        service.bring(subject.thread_id)
    return ready


def _looked_at(subject: Subject, at: datetime) -> None:
    """The text as it stands now was read by a person: the one who prepared it."""
    found = db.session.scalars(
        select(ItemRow)
        .where(ItemRow.thread_id == subject.thread_id, ItemRow.post_id == subject.post_id)
        .where(ItemRow.closed_at.is_not(None))
        .order_by(ItemRow.id.desc())
        .limit(1)
    ).one_or_none()
    if found is not None:
        found.written_at = max(found.written_at, at)


def appeal(letter: Letter, told: str) -> None:
    """Put the text before a second person, once. Raises Refused no_appeal."""
    decision = db.session.scalars(
        select(DecisionRow).where(DecisionRow.public_id == letter.decision.id)
    ).one()
    thread_id, post_key = decision.thread_id, decision.post_id or ""
    before = db.session.scalar(select(AppealRow).filter_by(thread_id=thread_id, post_key=post_key))
    if before is not None or not letter.may_appeal:
        raise Refused("no_appeal")
    moment = clock.now()
    db.session.add(
        AppealRow(
            decision_id=decision.public_id, thread_id=thread_id, post_key=post_key, words=told, at=moment
        )
    )
    waiting = service.put(thread_id, decision.post_id, Why.APPEAL, decision.level)
    waiting.barred = decision.staff_id if decision.action != Action.AUTO_HIDE else None
    waiting.claimed_by = waiting.claimed_until = None
    db.session.flush()
