"""How long whoever guesses must wait.

Counted by account and source together: whoever guesses somebody's password waits, and the owner, who sits
elsewhere, does not. Counted much more leniently by source alone, so that one source cannot go through all
accounts and an office behind one address is not stopped by its slips.
"""

import hashlib
import hmac
from datetime import date, datetime, timedelta

FREE = 3  # slips of the finger
FREE_FOR_SOURCE = 60  # a whole office on a Monday morning
FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=15)
FORGOTTEN = timedelta(days=1)  # the tags of another day mean nothing


def wait(failures: int, free: int = FREE) -> timedelta:
    """The pause before the next try after so many failures in a row: none at first, then doubling."""
    if failures < free:
        return timedelta(0)
    return min(FIRST * 2 ** min(failures - free, 20), LONGEST)


def next_try_at(failures: int, last_at: datetime, free: int = FREE) -> datetime:
    """From when another try is looked at."""
    return last_at + wait(failures, free)


def tag(secret: str, day: date, *parts: str) -> bytes:
    """32 bytes under which failures are counted. Keyed, new every day: no address can be told from it."""
    told = "|".join(f"{len(part)}:{part}" for part in parts)
    return hmac.new(f"{secret}|{day.isoformat()}".encode(), told.encode(), hashlib.sha256).digest()
