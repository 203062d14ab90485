"""The mark for staff pages, and who is signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import make_response, redirect, request, url_for

from forum.accounts import login, presence, rules, ways
from forum.accounts.presence import here, me
from forum.accounts.types import Me, Role
from forum.errors import Refused
from forum.web import access as marks
from forum.web.origin import SAFE_METHODS

__all__ = ["Me", "Role", "SignedOut", "StepUpNeeded", "WrongRole", "here", "me", "require_step_up", "staff"]

View = TypeVar("View", bound=Callable[..., Any])


class StepUpNeeded(Refused):
    """A fresh one-time code is asked for; `back` is where the person goes on afterwards."""

    def __init__(self, back: str) -> None:
        super().__init__("step_up")
        self.back = back


class WrongRole(Refused):
    """The page is for another role."""


class SignedOut(Refused):
    """Something was sent and nobody is signed in any more: what was typed is given back."""


def staff(*roles: Role) -> Callable[[View], View]:
    """Mark a view for signed-in staff with one of these roles (none named: for all of them).

    Nobody signed in: a GET goes to the sign-in page and comes back, a form is given back with what was
    typed. Another role: 403. The answer is never kept by a browser or a cache.
    """
    wanted = frozenset(roles)

    def wear(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            login.manager().load()
            if not presence.here():
                if request.method not in SAFE_METHODS:
                    raise SignedOut("signed_out")
                return redirect(url_for("accounts.sign_in", back=ways.present_page()), 303)
            if not rules.allows(me().roles, wanted):
                raise WrongRole("wrong_role")
            response = make_response(view(*args, **kwargs))
            response.headers["Cache-Control"] = "no-store"
            return response

        guarded.access_mark = marks.STAFF  # type: ignore[attr-defined]
        guarded.access_roles = wanted or frozenset(Role)  # type: ignore[attr-defined]
        return cast(View, guarded)

    return wear


def require_step_up(back: str = "") -> None:
    """Send whoever gave no code for ten minutes to the page that asks for one (raises StepUpNeeded).

    `back`: the path to go on at; by default this page, or for a form the nearest page above its address.
    """
    if not me().stepped_up:
        raise StepUpNeeded(back or ways.present_page())
