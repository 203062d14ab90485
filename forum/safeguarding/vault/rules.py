"""What a reporter is told about how far it is: by reading and by time alone, never by the case."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from forum import clock

# A status that followed the case would tell a hostile reader whether something was found.
CHECKING_AFTER = timedelta(days=7)
ENDED_AFTER = timedelta(days=180)


@dataclass(frozen=True)
class Status:
    """One of four steps; `day` is the day of reading, never the hour."""

    step: Literal["arrived", "read", "checking", "ended"]
    words: str
    day: date | None = None


def reporter_status(received_at: datetime, read_at: datetime | None, at: datetime) -> Status:
    """The step at a moment. The last two come by time alone, counted from the reading."""
    if read_at is None:
        return Status("arrived", "届きました")
    day = clock.local(read_at).date()
    if at - read_at >= ENDED_AFTER:
        return Status("ended", "やりとりを終えました", day)
    if at - read_at >= CHECKING_AFTER:
        return Status("checking", "市の手順で確かめています", day)
    return Status("read", "職員が読みました", day)
