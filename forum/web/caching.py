"""Public pages: the same bytes for everybody, kept by any cache, asked for every time.

The ETag is made of the version of the content, of the program, and of whatever else the page shows
that changes by itself (the next opening of a door). A page is rendered once for each of them.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import Any, cast

from flask import Flask, Response, current_app, make_response, request

KEPT_PAGES = 512
GZIP_FROM = 1_000  # bytes
RENDERED_AT_ONCE = 64

Version = Callable[[], int]


class PageStore:
    """The rendered pages of this process, newest use last."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, str], tuple[bytes, bytes]] = OrderedDict()
        self._lock = Lock()
        # Whoever asks for a page that somebody is rendering waits for it instead of rendering it again.
        self._rendering = tuple(Lock() for _ in range(RENDERED_AT_ONCE))

    def rendering(self, place: str, etag: str) -> Lock:
        """The lock under which a page is rendered; few pages share one."""
        return self._rendering[hash((place, etag)) % RENDERED_AT_ONCE]

    def get(self, place: str, etag: str) -> tuple[bytes, bytes] | None:
        with self._lock:
            page = self._pages.get((place, etag))
            if page is not None:
                self._pages.move_to_end((place, etag))
            return page

    def put(self, place: str, etag: str, body: bytes) -> tuple[bytes, bytes]:
        page = (body, gzip.compress(body, 6, mtime=0))
        with self._lock:
            self._pages[(place, etag)] = page
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        return page


def program_version(*folders: Path) -> str:
    """A hash over all files that shape a page: templates, static files, code."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def install(app: Flask, content_version: Version, program: str) -> None:
    """Tell the app how its content is versioned."""
    app.extensions["page_store"] = PageStore()
    app.extensions["content_version"] = content_version
    app.extensions["program_version"] = program


def cached_page(
    parts: Callable[..., list[object]] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate a public GET view that returns HTML text.

    parts: called with the view's arguments; whatever it lists beside the content version makes a new
    page (for example the next moment at which a door opens). It may raise NotFound.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def wrapper(**kwargs: Any) -> Response:
            extra = parts(**kwargs) if parts else []
            return _answer(lambda: view(**kwargs), extra)

        return wrapper

    return decorate


def _answer(render: Callable[[], str | Response], extra: list[object]) -> Response:
    version = cast(Version, current_app.extensions["content_version"])()
    facts = (current_app.extensions["program_version"], version, *extra)
    etag = hashlib.sha256(repr(facts).encode()).hexdigest()[:24]
    # The host is part of the place: absolute addresses on a page differ by it.
    place = f"{request.host} {request.script_root} {request.full_path}"
    if request.if_none_match.contains_weak(etag):
        return _finish(Response(status=304), etag)
    store = cast(PageStore, current_app.extensions["page_store"])
    page = store.get(place, etag)
    if page is None:
        with store.rendering(place, etag):
            page = store.get(place, etag)
            if page is None:
                made = render()
                if not isinstance(made, str):
                    return make_response(made)
                page = store.put(place, etag, made.encode())
    plain, packed = page
    if len(plain) >= GZIP_FROM and request.accept_encodings["gzip"] > 0:
        response = Response(packed, mimetype="text/html")
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = Response(plain, mimetype="text/html")
    return _finish(response, etag)


def _finish(response: Response, etag: str) -> Response:
    response.set_etag(etag, weak=True)
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    return response
