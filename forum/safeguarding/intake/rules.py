"""Decisions of the letterbox. Pure: facts and time are arguments."""

import re
from datetime import datetime, timedelta

from forum.clock import local

# The city's ids of those who receive; the policy of every city has these three.
FAMILY, FACILITY, SCHOOL = "family", "facility", "school"
WHERE = (FACILITY, SCHOOL)

PARAGRAPHS_MAX = 12  # more become part of the last one: nobody ticks thirty boxes
BURST_WINDOW = timedelta(minutes=10)
# A family, an office or a class may share one address; nobody waits behind others for that.
BURST_STEPS = (5, 20, 60)
FLOOD_FROM = 100  # reports within the window from everywhere; then photos wait, text never
MISSES_WINDOW = timedelta(minutes=10)
MISSES_FREE = 5  # words that were readable and found nothing
WAIT_MOST = 8  # seconds: slows a machine, never shuts out whoever shares an address with it
_WEEKDAYS = "月火水木金土日"


def recipients(where: str, danger: bool) -> tuple[str, ...]:
    """Who receives it. What staff did goes to those who do not run the place; unknown goes to both.

    A child in danger now is always also an ordinary concern. `where` "" is a family.
    """
    if where == "":
        return (FAMILY,)
    chosen = (where,) if where in WHERE else WHERE
    return (*chosen, FAMILY) if danger else chosen


def burst_rank(before: int) -> int:
    """0 to 3: how far a report stands behind others when `before` came from its source within minutes."""
    return sum(before >= step for step in BURST_STEPS)


def flooded(arrived: int) -> bool:
    """True while so many reports arrive that photos are taken later."""
    return arrived >= FLOOD_FROM


def wait_after(misses: int) -> int:
    """Seconds between two tries of words, after as many that found nothing."""
    return 0 if misses < MISSES_FREE else min(WAIT_MOST, 2 ** (misses - MISSES_FREE))


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The pieces of a text, parted by blank lines."""
    pieces = [piece.strip() for piece in re.split(r"\n[ 　]*\n", text) if piece.strip()]
    if len(pieces) > PARAGRAPHS_MAX:
        pieces[PARAGRAPHS_MAX - 1 :] = ["\n\n".join(pieces[PARAGRAPHS_MAX - 1 :])]
    return tuple(pieces)


def look_words(look: datetime, at: datetime) -> str:
    """When somebody reads next: きょう 8時40分ごろ, あす ..., 月曜 ..., beyond six days 1月4日 ..."""
    there, here = local(look), local(at)
    days = (there.date() - here.date()).days
    if days < 2:
        day = ("きょう", "あす")[days]
    elif days < 7:
        day = f"{_WEEKDAYS[there.weekday()]}曜"
    else:
        day = f"{there.month}月{there.day}日"
    minutes = f"{there.minute}分" if there.minute else ""
    return f"{day} {there.hour}時{minutes}ごろ"
