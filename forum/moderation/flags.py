"""What anybody tells us about a text. Changes run inside `writing()`."""

from sqlalchemy import select

from forum import clock
from forum.board import moderating
from forum.board.types import Visibility
from forum.db import db
from forum.moderation import log, rows, rules, service
from forum.moderation.models import FlagRow
from forum.moderation.reading import reading
from forum.moderation.types import Action, FlagReason, Reason, Tone


def flag(
    thread_id: str, post_id: str | None, tone: Tone, reason: FlagReason, tag: str, *, counts: bool
) -> bool:
    """Take in what somebody tells; False if the same browser told it before. Raises NotFound.

    tag: keyed for this text alone. counts: nobody from the same network told about this text today; only
    such tellings can hide it at night, so that one person with many browsers cannot.
    """
    subject = moderating.subject(thread_id, post_id)
    if subject.visibility is Visibility.WITHDRAWN or _told_before(tag):
        return False
    db.session.add(
        FlagRow(
            thread_id=thread_id,
            post_id=post_id,
            tone=tone,
            reason=reason,
            at=clock.now(),
            tag=tag,
            counts=counts,
        )
    )
    db.session.flush()
    service.bring(thread_id)
    _hide_at_night(thread_id, post_id)
    return True


def _told_before(tag: str) -> bool:
    return db.session.scalar(select(FlagRow.id).where(FlagRow.tag == tag)) is not None


def _hide_at_night(thread_id: str, post_id: str | None) -> None:
    care, subject = reading().care, moderating.subject(thread_id, post_id)
    tellings = sum(row.counts for row in rows.flags_of(thread_id, post_id))
    night = care.night.is_open(clock.now())
    if not rules.hides_at_night(tellings, care.night_flags, night, subject.visibility):
        return
    moderating.hold(thread_id, post_id)
    waiting = rows.open_items(thread_id)[subject.key]
    log.write(waiting, Action.AUTO_HIDE, Reason.NIGHT)
    waiting.version += 1
