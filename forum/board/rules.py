"""What may be done on the board; pure. A rule that says no raises Refused with its code."""

import hmac
import re
from datetime import datetime, time

from forum.clock import TOKYO
from forum.errors import Refused

TITLE_PROPOSED_MAX = 40
EXTRACT_MAX = 100
UNREAD_LEVEL = 2  # from here on a person reads a text
HELD_LEVEL = 3  # and from here on before anybody else does
_TITLE_LEAST = 6  # shorter than this, a first sentence ("助けて。") names nothing
_SENTENCE_END = re.compile(r"(?<=[。！？!?])|\n")
_SOFT_CUTS = ("、", "，", ",", "・", " ", "　", "…")
_TRAILING = "。、，,・ 　…"
_TITLE_EMPTY = "困っていること"


def check_text(text: str, least: int, most: int) -> str:
    """The text without surrounding blanks. Raises Refused too_short or too_long (limit, length)."""
    text = text.strip()
    if len(text) < least:
        raise Refused("too_short", limit=least, length=len(text))
    if len(text) > most:
        raise Refused("too_long", limit=most, length=len(text))
    return text


def check_title(title: str, most: int) -> str:
    """The title on one line, perhaps empty. Raises Refused title_too_long (limit, length)."""
    title = " ".join(title.split())
    if len(title) > most:
        raise Refused("title_too_long", limit=most, length=len(title))
    return title


def propose_title(text: str) -> str:
    """A title from a text: its first sentence, cut at a natural place within 40 characters."""
    sentences = [" ".join(part.split()) for part in _SENTENCE_END.split(text)]
    sentences = [s for s in sentences if s.strip(_TRAILING)]
    title = ""
    for sentence in sentences:
        title += sentence
        if len(title.rstrip(_TRAILING)) >= _TITLE_LEAST:
            break
    title = title.rstrip(_TRAILING)
    if len(title) > TITLE_PROPOSED_MAX:
        title = _cut(title)
    return title or _TITLE_EMPTY


def _cut(sentence: str) -> str:
    head = sentence[: TITLE_PROPOSED_MAX - 1]
    places = [place for mark in _SOFT_CUTS if (place := head.rfind(mark)) >= TITLE_PROPOSED_MAX // 3]
    if places:
        head = head[: max(places)]
    return head.rstrip(_TRAILING) + "…"


def extract(title: str, body: str) -> str:
    """The first words of a text for a list, without the title if the text begins with it."""
    words = " ".join(body.split())
    if words.startswith(title.removesuffix("…")):
        words = words.removeprefix(title.removesuffix("…")).lstrip("。！？!?" + _TRAILING)
    return words if len(words) <= EXTRACT_MAX else words[: EXTRACT_MAX - 1] + "…"


def listed_at(created_at: datetime, sensitive: bool) -> datetime:
    """The moment by which lists order a thread: on sensitive boards only its day in Japan."""
    if not sensitive:
        return created_at
    return datetime.combine(created_at.astimezone(TOKYO).date(), time(), TOKYO)


def is_own(stored_tag: str | None, given_tag: str | None) -> bool:
    """True if the tag that the writer can make is the one stored with the text."""
    if stored_tag is None or given_tag is None:
        return False
    return hmac.compare_digest(stored_tag.encode(), given_tag.encode())


def check_own(stored_tag: str | None, given_tag: str | None) -> None:
    """Only the writer may do this. Raises Refused not_yours."""
    if not is_own(stored_tag, given_tag):
        raise Refused("not_yours")


def check_not_own(stored_tag: str | None, given_tag: str | None) -> None:
    """Nobody presses a button on their own text. Raises Refused own_text."""
    if is_own(stored_tag, given_tag):
        raise Refused("own_text")


def check_open(visibility: str) -> None:
    """Others may still add to the thread. Raises Refused thread_gone."""
    if visibility != "public":
        raise Refused("thread_gone")


def check_unlocked(locked: bool, origin: str) -> None:
    """Where replies were stopped, or a child asked, only the city answers. Raises Refused thread_locked."""
    if locked and origin not in ("officer", "city"):
        raise Refused("thread_locked")


def must_wait(visibility: str, level: int) -> bool:
    """True if a person has yet to look at a fresh text, as far as its own words tell."""
    return visibility == "held" or level >= UNREAD_LEVEL


def must_be_decided(visibility: str, level: int, *, waits: bool, first: bool) -> bool:
    """True if a text that its writer withdraws stays readable to staff until they have decided.

    A hand's first text waits to be looked at, but nothing hangs on it: it goes at once.
    """
    return visibility == "held" or (waits and (level >= UNREAD_LEVEL or not first))


def after_edit(visibility: str, *, hold: bool, by_words: bool) -> str:
    """Who sees a text after its writer rewrote it.

    hold: the new words must wait. by_words: nobody has looked yet, and only the old words held it; then it
    goes out without them. What staff hid stays hidden.
    """
    if hold:
        return "held" if visibility == "public" else visibility
    if visibility == "held" and by_words:
        return "public"
    return visibility


def check_held(visibility: str) -> None:
    """Nobody has seen the text yet. Raises Refused seen_already."""
    if visibility not in ("held", "hidden"):
        raise Refused("seen_already")


def check_there(visibility: str) -> None:
    """The writer may still change the text. Raises Refused text_gone."""
    if visibility == "withdrawn":
        raise Refused("text_gone")


def median_wait(waits: list[float | None], least: int = 5) -> float | None:
    """The wait within which half of the threads had their first answer, in the unit of `waits`.

    None stands for a thread without an answer and counts as an endless wait. The result is None if
    there are fewer than `least` threads, or if fewer than half of them were answered.
    """
    if len(waits) < least:
        return None
    ordered = sorted(w for w in waits if w is not None)
    middle = (len(waits) - 1) // 2
    return ordered[middle] if middle < len(ordered) else None
