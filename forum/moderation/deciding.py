"""Decisions. Each has a coded reason, a line in the log that nobody can take back, a line in the record of
staff, and words for the writer. Changes run inside `writing()`."""

from dataclasses import dataclass

from forum import clock
from forum.accounts import audit
from forum.accounts.types import Me
from forum.board import moderating
from forum.board.types import Subject, Visibility
from forum.errors import Refused
from forum.moderation import log, rows, rules
from forum.moderation.models import ItemRow
from forum.moderation.types import Action, Item, Reason
from forum.referrals import service as referrals
from forum.referrals.service import SealedReferral
from forum.sealing.content import Content, Paragraph

MASKED = "○○"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What somebody decides. message: words for the writer. fixed: a version to repost.

    words: what to mask. board, card: ids.
    """

    action: Action
    reason: Reason
    message: str = ""
    fixed: str = ""
    words: str = ""
    board: str = ""
    card: str = ""


def decide(item_id: str, version: int, me: Me, choice: Choice) -> Item:
    """Carry a decision out, or put it before a second person where two are needed.

    Raises NotFound; Refused changed, decided, taken, same_person, wrong_reason, message_missing,
    words_not_there, no_such_board, no_such_card, text_gone, not_urgent or no_desk_key.
    """
    row = _row(item_id, version, me)
    rules.check_reason(choice.action, choice.reason)
    if choice.action is Action.ASK and not (choice.message or choice.fixed):
        raise Refused("message_missing")
    if choice.action in rules.TWO:
        _propose(row, me, choice)
    else:
        _do(row, choice)
        log.write(
            row,
            choice.action,
            choice.reason,
            staff_id=me.id,
            message=choice.message,
            fixed=choice.fixed,
        )
        audit.record(f"moderation.{choice.action}", item_id, reason=choice.reason)
        if choice.action in rules.STEPS:
            row.version += 1
        else:
            log.close(row, choice.action)
    return rows.item_of(row)


def _row(item_id: str, version: int, me: Me) -> ItemRow:
    row = rows.item(item_id, lock=True)
    item = rows.item_of(row)
    rules.check_unchanged(item, version)
    rules.check_free(item, me.id, clock.now())
    rules.check_not_barred(item, me.id)
    return row


def _propose(row: ItemRow, me: Me, choice: Choice) -> None:
    if choice.action is Action.REFER:
        rules.check_referral(row.level, choice.reason)
        if not referrals.available():
            raise Refused("no_desk_key")
    row.proposed_action, row.proposed_reason = choice.action, choice.reason
    row.proposed_by, row.proposed_name, row.proposed_at = me.id, me.name, clock.now()
    row.claimed_by = row.claimed_until = None
    row.version += 1
    audit.record(
        f"moderation.propose_{choice.action}", _named(row.public_id, choice.action), reason=choice.reason
    )


def _named(item_id: str, action: Action) -> str:
    """The subject of a line in the record, which has a second: of a referral it names no text."""
    return "referral" if action is Action.REFER else item_id


def _do(row: ItemRow, choice: Choice) -> None:
    thread_id, post_id = row.thread_id, row.post_id
    subject = moderating.subject(thread_id, post_id)
    if choice.action not in rules.choices(subject, row.level):
        # Its writer took it back, or somebody changed who sees it, after the page was opened.
        raise Refused("changed")
    if choice.action in (Action.PUBLISH, Action.RESTORE):
        moderating.publish(thread_id, post_id)
    elif choice.action is Action.HIDE:
        moderating.hide(thread_id, post_id)
    elif choice.action is Action.ASK:
        moderating.hold(thread_id, post_id)
    elif choice.action is Action.MASK:
        moderating.mask_span(thread_id, post_id, choice.words, MASKED)
    elif choice.action is Action.MOVE:
        moderating.move_board(thread_id, choice.board)
    elif choice.action is Action.CARD:
        if not choice.card:
            raise Refused("no_such_card")
        moderating.attach_card(thread_id, post_id, choice.card)
    elif choice.action in (Action.LOCK, Action.UNLOCK):
        moderating.lock(thread_id, clock.now() if choice.action is Action.LOCK else None)


def prepare(item_id: str) -> SealedReferral | None:
    """Seal what a waiting referral carries, before the transaction; None when none waits.

    Text and date, never thread, tag or other texts. Raises NotFound, Refused no_desk_key.
    """
    row = rows.item(item_id)
    if row.proposed_action != Action.REFER:
        return None
    return referrals.seal_referral(
        _content(moderating.subject(row.thread_id, row.post_id)), kind="staff", urgent=True
    )


def _content(subject: Subject) -> Content:
    text = subject.body
    if subject.post_id is None and not text.startswith(subject.title.removesuffix("…")):
        text = f"{subject.title}\n{text}"
    day = clock.local(subject.created_at)
    written = f"書かれた日：{day.year}年{day.month}月{day.day}日"
    return Content((Paragraph(text), Paragraph(written)))


def confirm(item_id: str, version: int, me: Me, sealed: SealedReferral | None) -> Item:
    """The second person agrees: carry out what was proposed.

    Raises NotFound; Refused changed, decided, taken, same_person, nothing_proposed, not_urgent.
    """
    row = _row(item_id, version, me)
    item = rows.item_of(row)
    proposed = rules.check_second(item.proposed, me.id)
    if proposed.action is Action.REFER:
        rules.check_referral(row.level, proposed.reason)
        if sealed is None:
            raise Refused("nothing_proposed")
        referrals.refer(sealed)
        subject = moderating.subject(row.thread_id, row.post_id)
        if subject.visibility is Visibility.PUBLIC:
            moderating.hide(row.thread_id, row.post_id)
    else:
        moderating.remove_for_good(row.thread_id, row.post_id)
    log.write(row, proposed.action, proposed.reason, staff_id=proposed.by, second_id=me.id)
    audit.record(f"moderation.{proposed.action}", _named(item_id, proposed.action), reason=proposed.reason)
    log.close(row, proposed.action)
    return rows.item_of(row)


def decline(item_id: str, version: int, me: Me) -> Item:
    """The second person does not agree, or the first takes it back: it waits as before.

    Raises NotFound; Refused changed, decided, taken, nothing_proposed.
    """
    row = rows.item(item_id, lock=True)
    item = rows.item_of(row)
    rules.check_unchanged(item, version)
    rules.check_free(item, me.id, clock.now())
    if item.proposed is None:
        raise Refused("nothing_proposed")
    row.proposed_action = row.proposed_reason = row.proposed_by = None
    row.proposed_name = row.proposed_at = None
    row.version += 1
    audit.record("moderation.decline", item_id)
    return rows.item_of(row)
