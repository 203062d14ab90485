"""Where a person goes on after signing in or giving a code: always to a page of this door."""

from urllib.parse import urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException

FIRST_PAGES = {"auditor": "staff.audit_page", "officer": "staff.recover"}


def first_page(role: str) -> str:
    """The page on which somebody begins; workers begin at the desk's own first page."""
    return url_for(FIRST_PAGES.get(role, "home"))


def present_page() -> str:
    """This page, or, for the address of a form, the nearest page above it; without what was asked of it."""
    path = request.path
    while path and not is_page(path):
        path = path.rpartition("/")[0]
    return path or "/"


def is_page(path: str) -> bool:
    """True for the path of a page of this door, and for nothing else."""
    if not path.startswith("/") or path.startswith("//") or "\\" in path or urlsplit(path).query:
        return False
    adapter = current_app.create_url_adapter(request)
    try:
        endpoint, _ = adapter.match(path, method="GET") if adapter else ("", {})
    except HTTPException:
        return False
    return endpoint not in ("", "static", "staff.sign_in", "staff.step_up")


def safe(path: str | None, otherwise: str) -> str:
    """The path if it is a page of ours, else the other one."""
    return path if path and is_page(path) else otherwise
