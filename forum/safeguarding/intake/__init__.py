"""intake: the letterbox's door. Not open yet: it says so, and nothing can be sent through it."""

from flask import Flask

from config import Settings
from forum.safeguarding import cli
from forum.safeguarding.door import create_door, not_open_page
from forum.safeguarding.intake.hatch import bp as hatch_bp
from forum.web import access


def create_intake_app(settings: Settings) -> Flask:
    """The public door of the wing."""
    app = create_door(settings, "intake", cookie="i")
    app.add_url_rule("/", "home", access.visitor(not_open_page))
    app.register_blueprint(hatch_bp)
    cli.install_worker(app, {})  # runs only where the desk is on another machine
    access.check_all(app)
    return app
