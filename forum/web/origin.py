"""A changing request must come from a page of ours."""

from urllib.parse import urlsplit

from flask import Flask, request

from forum.errors import Refused
from forum.web import access

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def is_ours(fetch_site: str | None, origin: str | None, host: str, *, quiet: bool = False) -> bool:
    """True if the browser says that the request was sent by a page of this very origin.

    `Sec-Fetch-Site` cannot be forged by a page; browsers without it send `Origin`, which our
    referrer policy leaves in place for our own pages. On a `quiet` door pages send no referrer at all,
    and such browsers say "null" or nothing: then only those are refused that name another origin.
    """
    if fetch_site:
        return fetch_site == "same-origin"
    if quiet and origin in (None, "null"):
        return True
    return bool(origin) and urlsplit(origin or "").netloc == host


def install(app: Flask, *, quiet: bool = False) -> None:
    """Refuse every request that could change something and does not come from our own pages.

    `quiet`: for a door whose cookie gives nobody any right, and at which nobody may be turned away.
    """

    @app.before_request
    def guard() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if request.method in SAFE_METHODS or (view and access.mark_of(view) == access.MACHINE):
            return  # a program has no cookie that a foreign page could borrow; it brings a secret of its own
        fetch_site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
        if not is_ours(fetch_site, origin, request.host, quiet=quiet):
            raise Refused("foreign_origin")
