"""A letterbox that a real browser can open, and a dull page elsewhere to leave to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.serving import make_server

from config import Door
from tests.conftest import make_settings
from tests.safeguarding.conftest import furnish


@dataclass
class Elsewhere:
    """Another site. `referrers`: what its visitors told of where they came from."""

    url: str = ""
    referrers: list[str] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        if environ["PATH_INFO"] != "/favicon.ico":
            self.referrers.append(environ.get("HTTP_REFERER", ""))
        start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return ["<!doctype html><title>てんき</title><h1>てんき</h1>".encode()]


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """A server in a thread of its own; its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@dataclass(frozen=True)
class Letterbox:
    """A running letterbox."""

    url: str
    app: Flask
    elsewhere: Elsewhere


def _intake(folder: Path, **changed: object) -> Flask:
    from forum.safeguarding import tables
    from forum.safeguarding.intake import create_intake_app
    from forum.safeguarding.vault.db import vault_db, writing

    assert tables.ALL
    app = create_intake_app(make_settings(folder, Door.INTAKE, **changed))
    with app.app_context():
        with writing():
            vault_db.create_all()
        vault_db.session.remove()
    furnish(app)
    return app


@contextmanager
def letterbox(folder: Path) -> Iterator[Letterbox]:
    """A letterbox whose desk has a key, over plain HTTP on loopback."""
    away = Elsewhere()
    with serving(away) as away.url:
        intake = _intake(folder, secure_cookies=False, close_url=f"{away.url}/weather")
        with serving(intake) as url:
            yield Letterbox(url, intake, away)
