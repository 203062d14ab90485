"""When a signed-in session ends by itself, and how long a fresh code counts."""

from datetime import datetime, timedelta

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
STEP_UP = timedelta(minutes=10)


def alive(started_at: datetime, seen_at: datetime, at: datetime) -> bool:
    """True while neither the idle nor the absolute limit is reached."""
    return at - seen_at < IDLE and at - started_at < ABSOLUTE


def stepped_up(code_at: datetime | None, at: datetime) -> bool:
    """True while the last one-time code still opens what is specially protected."""
    return code_at is not None and at - code_at < STEP_UP
