"""What must be true before anything is written: the board is open, and this hand is not too fast."""

from flask import current_app

from config import Mode
from forum.errors import Refused
from forum.visitors.types import Hand
from forum.web import limits
from forum.web.forms import settings


def check_posting_open() -> None:
    """A production board takes texts only when somebody looks after it. Raises Refused posting_closed."""
    if settings().mode is Mode.PRODUCTION and current_app.extensions.get("moderation") is None:
        raise Refused("posting_closed")


def spend_post(hand: Hand | None) -> None:
    """Count one text of this hand and of this address. Raises Refused too_many (seconds)."""
    if hand is not None:
        limits.spend("posts-hand", settings().posts_per_hand, hand.mark("limit", "posts"))
    limits.spend("posts", settings().posts_per_address)


def why_not(hand: Hand | None) -> str:
    """The rule by which a text may not be stored now, "" if it may; then one text is counted.

    For a text whose writer needs help first: the rule's no must not stand in its way.
    """
    try:
        check_posting_open()
        spend_post(hand)
    except Refused as no:
        return no.code
    return ""


def spend_press() -> None:
    """Count one press of a button by this address. Raises Refused too_many (seconds)."""
    limits.spend("presses", settings().posts_per_address)
