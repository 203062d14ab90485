"""triage: the desk's door, for the city's own network. Not open yet."""

from flask import Flask

from config import Settings
from forum.safeguarding import cli
from forum.safeguarding.door import create_door, not_open_page
from forum.web import access


def create_triage_app(settings: Settings) -> Flask:
    """The desk of the social workers."""
    app = create_door(settings, "triage", cookie="d")
    app.add_url_rule("/", "home", access.visitor(not_open_page))
    cli.install_worker(app, {})
    access.check_all(app)
    return app
