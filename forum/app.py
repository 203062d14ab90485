"""Put the forum's rooms together."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import Babel

from config import ROOT, Settings
from forum import storage, wiring
from forum.accounts import views as accounts
from forum.ask import (  # noqa: F401  (they fill the blueprint)
    help_views,
    lead_views,
    search_views,
    sorting_views,
    told_views,
    views,
)
from forum.ask.blueprint import bp as ask_bp
from forum.board.views import bp as board_bp
from forum.city.pack import CityPack, load_pack
from forum.city.places import pack_path
from forum.db import db
from forum.directory.views import bp as directory_bp
from forum.insight import public_views, staff_views  # noqa: F401  (they fill the blueprint)
from forum.insight.blueprint import bp as insight_bp
from forum.language.concepts import Thesaurus
from forum.language.vectors import Vectors
from forum.moderation import views as moderation
from forum.outbox.service import content_version
from forum.privacy import html
from forum.search.service import SearchIndex
from forum.visitors import service as visitors
from forum.visitors.views import bp as visitors_bp
from forum.web import access, caching, filters, headers, limits, origin, pages, statics
from forum.web.door import base_config, dress, install_health


def create_forum_app(settings: Settings) -> Flask:
    """The forum's public door.

    Raises PackError when the city pack has a fault: it stops the start, not a parent at noon.
    """
    app = Flask(
        "forum",
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(settings.instance),
    )
    app.config.from_mapping(base_config(settings, cookie="s", same_site="Lax"))
    app.extensions["settings"] = settings
    settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    db.init_app(app)
    with app.app_context():
        storage.teach(db.engine)
    Babel(app)
    pack = load_pack(pack_path(settings.city))
    app.extensions["city"] = pack
    app.extensions["thesaurus"] = Thesaurus.load(
        *pack.synonym_paths, kept=settings.instance / "readings.json"
    )
    app.extensions["vectors"] = Vectors.load() if settings.vectors else None
    app.extensions["search"] = _search_index(app, settings)
    _install_web(app, settings, pack)
    for blueprint in (ask_bp, board_bp, directory_bp, insight_bp, visitors_bp):
        app.register_blueprint(blueprint)
    moderation.install(app, settings, pack.moderation)
    accounts.install(app, settings)
    access.check_all(app)
    wiring.connect(app)
    return app


def _search_index(app: Flask, settings: Settings) -> SearchIndex:
    """Files of this machine, or tables that several machines share. What is near in meaning is kept in
    files alone, so machines that share an index go without it."""
    thesaurus, folder = app.extensions["thesaurus"], settings.instance / "index"
    if settings.search_engine == "postgres":
        with app.app_context():
            return SearchIndex(folder, "postgres", thesaurus, database=db.engine)
    return SearchIndex(folder, thesaurus=thesaurus, vectors=app.extensions["vectors"])


def _install_web(app: Flask, settings: Settings, pack: CityPack) -> None:
    dress(app, settings)
    app.jinja_env.filters["posttext"] = html.render
    app.context_processor(lambda: {"site": site_facts(settings, pack)})
    program = caching.program_version(ROOT / "templates", ROOT / "static", ROOT / "forum") + pack.content_hash
    caching.install(app, content_version, program)
    statics.install(app, Path(str(app.static_folder)))
    headers.install(app, tls=settings.secure_cookies)
    origin.install(app)
    limits.install(app, settings.rate_storage)
    filters.install(app)
    pages.install(app)
    visitors.install(app)
    install_health(app)


def site_facts(settings: Settings, pack: CityPack) -> dict[str, Any]:
    """What every template may know about this instance."""
    return {
        "name": pack.site_name,
        "city": pack.name,
        "demo": settings.samples,
        "letterbox_url": settings.letterbox_url,
        "close_url": settings.close_url,
    }
