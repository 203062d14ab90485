"""When a signed-in session ends by itself, how long a fresh code counts, and by what a person knows it."""

from datetime import datetime, timedelta

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
STEP_UP = timedelta(minutes=10)

# In the order in which they are looked for: every browser also claims to be some of those after it.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def alive(started_at: datetime, seen_at: datetime, at: datetime) -> bool:
    """True while neither the idle nor the absolute limit is reached."""
    return at - seen_at < IDLE and at - started_at < ABSOLUTE


def stepped_up(code_at: datetime | None, at: datetime) -> bool:
    """True while the last one-time code still opens what is specially protected."""
    return code_at is not None and at - code_at < STEP_UP


def device(user_agent: str) -> str:
    """By what a person knows a session as theirs, such as "Firefox / Windows"; never more than that."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "?")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "?")
    return f"{browser} / {system}"
