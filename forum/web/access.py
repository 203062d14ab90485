"""The mark that every route wears, and the check at the start that none is bare."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"  # the same bytes for everybody: no cookie, no token
VISITOR = "visitor"  # may carry a token and the anonymous hand; never kept by a cache
MACHINE = "machine"  # answers programs: health, data to download
STAFF = "staff"  # for signed-in staff of some roles; the room that signs them in brings the mark itself


def _mark(name: str) -> Callable[[View], View]:
    def wear(view: View) -> View:
        view.access_mark = name  # type: ignore[attr-defined]
        return view

    return wear


public = _mark(PUBLIC)
visitor = _mark(VISITOR)
machine = _mark(MACHINE)


def mark_of(view: Callable[..., Any]) -> str | None:
    """The mark of a view function, None if it wears none."""
    return getattr(view, "access_mark", None)


def check_all(app: Flask) -> None:
    """Refuse to start with a bare route; raises RuntimeError naming it."""
    bare = [name for name, view in app.view_functions.items() if name != "static" and mark_of(view) is None]
    if bare:
        raise RuntimeError(f"routes without an access mark: {', '.join(sorted(bare))}")
