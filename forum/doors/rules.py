"""What of a door may be shown. Pure."""

import re
import unicodedata
from dataclasses import replace
from datetime import date

from forum.doors.types import Door

# Digits in groups, a short number with its mark, or a bare emergency number of three digits.
_NUMBER = re.compile(
    r"#\d{3,4}(?!\d)|(?<![\d\-.])0\d{1,4}-?\d{1,4}-?\d{3,5}(?![\d\-])|(?<![\d\-.,#])1(?:10|18|19|89)(?![\d\-.,])"
)
_HOUR = re.compile(r"\d{1,2}(?:時|:\d{2})")


def reviewed(status: str, valid_until: date | None, day: date) -> bool:
    """The one rule: only what was reviewed, and is not past its day, is shown whole."""
    return status == "reviewed" and (valid_until is None or day <= valid_until)


def shown(door: Door, day: date) -> Door:
    """The door as the public may see it on `day`: whole, or name, place and purpose alone."""
    if reviewed(door.status, door.valid_until, day):
        return door
    known = (door.number, door.other_number, door.url, door.hours, door.hours_text, door.cost)
    if not door.confirmed and not any(known):
        return door  # hidden when the pack was loaded; asked again at every page
    return replace(
        door, status="unconfirmed", number="", other_number="", url="", hours=None, hours_text="", cost=""
    )


def numbers_in(text: str) -> frozenset[str]:
    """Telephone numbers written in a text, without hyphens, # kept: {"0120279338", "#8000", "189"}."""
    flat = re.sub(r"[‐‑‒–—―−ー](?=\d)", "-", unicodedata.normalize("NFKC", text))
    return frozenset(found.replace("-", "") for found in _NUMBER.findall(flat))


def tells_hours(text: str) -> bool:
    """True if a text names an hour of the day."""
    return bool(_HOUR.search(unicodedata.normalize("NFKC", text)))
