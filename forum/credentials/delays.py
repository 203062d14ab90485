"""How long whoever guesses must wait. Counted by account and source together, so that nobody can lock
somebody else out; and by source alone, so that one source cannot go through all accounts."""

from datetime import timedelta

FREE = 3  # slips of the tongue
FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=15)


def wait(failures: int) -> timedelta:
    """The pause before the next try after so many failures in a row: none at first, then doubling."""
    if failures < FREE:
        return timedelta(0)
    return min(FIRST * 2 ** min(failures - FREE, 20), LONGEST)
