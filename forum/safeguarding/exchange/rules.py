"""Which silence between the two machines somebody must hear of. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

# The kinds of alarm: nothing comes from the other machine; it does not receive what this one sends.
NOTHING_COMES, NOT_FETCHED = "exchange", "replies"


def silences(
    heard_at: datetime | None,
    fetched_at: datetime | None,
    now: datetime,
    limit: timedelta,
    *,
    sends: bool,
) -> Mapping[str, bool]:
    """For each kind whether it is so now. A kind about which nothing is known is left out.

    `heard_at`: when a file of the other machine was last read. `fetched_at`: when the newest of our files
    was written that the other machine says it has read. While nothing comes, nobody knows what it reads.
    `sends`: this machine writes files at all.
    """
    silent = heard_at is None or now - heard_at > limit
    found = {NOTHING_COMES: silent}
    if sends and not silent:
        found[NOT_FETCHED] = fetched_at is None or now - fetched_at > limit
    return found
