"""Who is signed in on the present request, for everything in this room that asks."""

from typing import cast

from flask import has_request_context
from flask_login import current_user

from forum.accounts.types import Actor, Me


def here() -> bool:
    """True if this request is of somebody signed in: for what everybody may see."""
    return has_request_context() and bool(current_user.is_authenticated)


def me() -> Me:
    """Who is signed in. Only inside a marked view: anywhere else it is a bug and raises RuntimeError."""
    if not here():
        raise RuntimeError("nobody is signed in")
    return cast(Me, current_user._get_current_object())  # noqa: SLF001  (the value behind werkzeug's proxy)


def actor() -> Actor:
    """By whom what happens now is written down: whoever is signed in, else the machine."""
    return Actor(me().id, me().name) if here() else Actor()
