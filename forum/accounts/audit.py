"""The record: every act of staff and every opening of a held text is a line that nobody can take back.

The database itself refuses to change or remove a line (forum.append_only). Whoever owns the database
server could still take that guard away; nobody can from a page, or with the rights of this program's code.
"""

from forum import clock
from forum.accounts import presence, rules
from forum.accounts.models import AuditRow
from forum.accounts.types import Actor
from forum.db import db

# How verbs are called on the page; every room names its own at import (`name_verbs`).
_WORDS: dict[str, str] = {}


def record(verb: str, subject: str, *, reason: str = "", by: Actor | None = None) -> None:
    """Append a line inside the open transaction; it is committed with what it tells of, or not at all.

    `verb` and `reason` are short codes, `subject` an id; by default it is by whoever is signed in, or by
    the machine. Raises ValueError for a verb without a name and for anything that reads like text: no word
    of a thread stands here.
    """
    if verb not in _WORDS:
        raise ValueError(f"nobody would know what {verb!r} means: it has no name")
    rules.check_codes(verb, subject, reason)
    who = presence.actor() if by is None else by
    db.session.add(
        AuditRow(
            at=clock.now(),
            staff_id=who.id,
            staff_name=who.name,
            verb=verb,
            subject=subject,
            reason=reason,
        )
    )
    db.session.flush()


def name_verbs(words: dict[str, str]) -> None:
    """Say how verbs (and codes of reasons) are called on the page of the record."""
    _WORDS.update(words)


def words() -> dict[str, str]:
    """All acts and reasons that have a name, by code."""
    return dict(_WORDS)


def word_of(code: str) -> str:
    """How a verb or reason is called; the code itself where nobody said."""
    return str(_WORDS.get(code, code))
