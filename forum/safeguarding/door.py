"""What both doors of the wing share: a Flask app that knows nothing of the forum."""

from typing import Any

from flask import Flask, Response, render_template
from flask_babel import Babel
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from config import ROOT, Door, Mode, Settings, SettingsError
from forum import storage
from forum.city.pack import CityPack, load_pack
from forum.city.places import pack_path
from forum.safeguarding import cli, policy
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import DeskKeyRow
from forum.web import filters, headers, limits, origin, pages, statics
from forum.web.door import base_config, dress, install_health


def create_door(settings: Settings, name: str, cookie: str) -> Flask:
    """An app of the wing with its own name, cookie, database and headers; keeps nothing in caches."""
    app = Flask(
        name,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(settings.instance),
    )
    app.config.from_mapping(base_config(settings, cookie, same_site="Strict"))
    app.config["MAX_CONTENT_LENGTH"] = settings.report_bytes_max
    app.extensions["settings"] = settings
    app.extensions["city"] = load_pack(pack_path(settings.city))
    app.extensions["policy"] = _decided(settings)
    settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    vault_db.init_app(app)
    with app.app_context():
        storage.teach(vault_db.engine, one_writer=True)
        refuse_training_key(settings)
    Babel(app)
    dress(app, settings)
    app.context_processor(lambda: {"site": _site(settings, app.extensions["city"])})
    statics.install(app, ROOT / "static")
    headers.install(app, tls=settings.secure_cookies)
    app.after_request(_leave_no_trace)
    # The letterbox sends no referrer, and an old school tablet then names no origin either.
    origin.install(app, quiet=settings.door is Door.INTAKE)
    limits.install(app, settings.rate_storage)
    filters.install(app)
    pages.install(app, "safeguarding/error.html")
    install_health(app)
    cli.install(app)
    return app


def _site(settings: Settings, pack: CityPack) -> dict[str, Any]:
    """What every template of the wing may know. No name of the forum: its pages stay neutral."""
    return {
        "city": pack.name,
        "demo": settings.mode is Mode.DEMO,
        "forum_url": settings.forum_url,
        "close_url": settings.close_url,
        "letterbox": settings.door is Door.INTAKE,
    }


def refuse_training_key(settings: Settings) -> None:
    """A production door never opens on a vault whose key lies in a file for training."""
    if settings.mode is not Mode.PRODUCTION:
        return
    try:
        found = vault_db.session.scalar(select(DeskKeyRow.id).where(DeskKeyRow.training).limit(1))
    except DatabaseError:  # not set up yet: `setup` itself starts the door
        found = None
    finally:
        vault_db.session.rollback()
    if found:
        raise SettingsError("the vault holds a training key: a production desk starts on a vault of its own")


def _decided(settings: Settings) -> policy.Policy:
    """The city's choices; a production door does not open on choices that nobody made."""
    chosen = policy.load_policy(pack_path(settings.city))
    if settings.mode is Mode.PRODUCTION and not chosen.confirmed:
        raise SettingsError(
            f"{policy.FILE}: confirmed is false. The city must decide on it before a production door opens."
        )
    return chosen


def _leave_no_trace(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def not_open_page() -> str:
    """The page of a door that is not open yet."""
    return render_template("safeguarding/not_open.html")
