"""What every door is configured with, whichever wing it belongs to."""

import resource
from typing import Any

from flask import Flask, Response, jsonify
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings
from forum import storage
from forum.web import access


def base_config(settings: Settings, cookie: str, same_site: str) -> dict[str, Any]:
    """Flask's own configuration for one door; `cookie` is the name of its session cookie."""
    return {
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.mode == "test",
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": storage.engine_options(settings.database_url),
        "TRUSTED_HOSTS": list(settings.hosts) or None,
        "SESSION_COOKIE_NAME": cookie,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": same_site,
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "MAX_CONTENT_LENGTH": settings.body_bytes_max,
        "MAX_FORM_MEMORY_SIZE": settings.body_bytes_max,
        "WTF_CSRF_SSL_STRICT": False,  # pages send no referrer; the origin guard asks for more
        "WTF_CSRF_TIME_LIMIT": int(settings.form_lifetime.total_seconds()),
        "BABEL_DEFAULT_LOCALE": "ja",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Tokyo",
    }


def dress(app: Flask, settings: Settings) -> None:
    """Strict templates that see no setting, the true address behind a proxy, no memory left in a file."""
    # What somebody is just writing lies in memory; a crash must not put it on a disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.pop("config", None)


def install_health(app: Flask) -> None:
    """/healthz: this process answers. Says nothing about the rest."""

    @app.get("/healthz")
    @access.machine
    def healthz() -> Response:
        response = jsonify(alive=True)
        response.headers["Cache-Control"] = "no-store"
        return response
