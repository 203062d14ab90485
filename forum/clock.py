"""The one clock of the house: every date comes from here, so that tests can turn it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")

_turned: ContextVar[datetime | None] = ContextVar("turned_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _turned.get() or datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment on a clock in Japan."""
    return moment.astimezone(TOKYO)


def today() -> date:
    """Today's date in Japan."""
    return local(now()).date()


@contextmanager
def turned_to(moment: datetime) -> Iterator[None]:
    """Let `now()` stand at an aware moment inside the block (tests, sample data)."""
    if moment.tzinfo is None:
        raise ValueError("the clock needs an aware datetime")
    token = _turned.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _turned.reset(token)
