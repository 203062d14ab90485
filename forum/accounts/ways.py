"""Where a person goes on after signing in or giving a code: always to a staff page of this door."""

from urllib.parse import urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException

from forum.web import access as marks

ROOT = "/staff"
_ON_THE_WAY = ("accounts.step_up",)


def first_page() -> str:
    """The page on which everybody begins."""
    return url_for("accounts.home")


def present_page() -> str:
    """This page, or, for the address of a form, the nearest page above it; without what was asked of it."""
    path = request.path
    while path and not is_page(path):
        path = path.rpartition("/")[0]
    return path or ROOT


def is_page(path: str) -> bool:
    """True for the path of a staff page of this door, and for nothing else."""
    if path != ROOT and not path.startswith(f"{ROOT}/"):
        return False
    if "\\" in path or urlsplit(path).query:
        return False
    adapter = current_app.create_url_adapter(request)
    try:
        endpoint, _ = adapter.match(path, method="GET") if adapter else ("", {})
    except HTTPException:
        return False
    view = current_app.view_functions[endpoint]
    return marks.mark_of(view) == marks.STAFF and endpoint not in _ON_THE_WAY


def safe(path: str | None, otherwise: str) -> str:
    """The path if it is a staff page of ours, else the other one."""
    return path if path and is_page(path) else otherwise
