"""Decisions about staff: pure, so that they can be read alone."""

import re
from collections.abc import Iterable

from forum.accounts.types import Role
from forum.errors import Refused

OFFICER_BADGE = "市の担当"
NURSE_BADGE = "保健師"
# Lines stand in the clear and are kept for years: ids and short codes, never words that somebody wrote.
_CODE = re.compile(r"[A-Za-z0-9 ._:+/-]{0,60}")
# Spreadsheets read the full-width signs as well.


def roles_of(text: str) -> frozenset[Role]:
    """Roles as they are kept: their names with blanks between; a name that is gone is nobody's right."""
    known = set(Role)
    return frozenset(Role(one) for one in text.split() if one in known)


def text_of(roles: Iterable[Role]) -> str:
    """Roles for keeping, in one order."""
    chosen = set(roles)
    return " ".join(role for role in Role if role in chosen)


def badge_of(roles: frozenset[Role], *, nurse: bool) -> str:
    """What stands beside an answer of the city: only for those who answer for it."""
    if Role.CITY_OFFICER not in roles:
        return ""
    return NURSE_BADGE if nurse else OFFICER_BADGE


def allows(held: frozenset[Role], wanted: frozenset[Role]) -> bool:
    """True if one of the roles is held; an empty wish is for everybody who works here."""
    return not wanted or bool(held & wanted)


def check_change(by: int | None, about: int) -> None:
    """Nobody gives themselves rights, or takes away the last admin: that is for somebody else.

    Raises Refused("not_oneself").
    """
    if by == about:
        raise Refused("not_oneself")


def check_codes(*told: str) -> None:
    """Raises ValueError for anything that reads like text."""
    if not all(_CODE.fullmatch(one) for one in told):
        raise ValueError("the record takes codes and ids only")


def is_code(text: str) -> bool:
    """True for what may stand in the record."""
    return _CODE.fullmatch(text) is not None
