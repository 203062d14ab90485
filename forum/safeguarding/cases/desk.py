"""What the pages of this room need of the desk: who is here, the line before opening, who works here."""

from collections.abc import Mapping
from datetime import datetime

from forum import clock
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.staff import access
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import writing
from forum.safeguarding.watch import queries as watch


def actor() -> Actor:
    """Who is signed in."""
    me = access.me()
    return Actor(me.id, me.name, frozenset(me.groups), supervisor=me.role == "supervisor")


def note_opening(verb: str, subject: str) -> None:
    """Commit the audit line. Only after it may a sealed word be read; if it fails, nothing is shown."""
    me = access.me()
    with writing():
        audit.record(verb, subject, staff_id=me.id, staff_name=me.name)


def names() -> Mapping[int, str]:
    """Everybody who works here, by number."""
    return {person.id: person.name for person in watch.people().values()}


def colleagues(groups: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Those who receive one of these groups, as choices of a form: number and name."""
    found = [one for one in watch.people().values() if one.groups & set(groups)]
    return tuple((str(one.id), one.name) for one in sorted(found, key=lambda one: one.name))


def stamp(moment: datetime) -> str:
    """A moment for the desk: 2026年11月23日（月）10:05, Tokyo."""
    there = clock.local(moment)
    day = f"{there.year}年{there.month}月{there.day}日（{'月火水木金土日'[there.weekday()]}）"
    return f"{day}{there.hour}:{there.minute:02d}"
