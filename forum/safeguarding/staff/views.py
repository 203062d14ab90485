"""All pages of this room: `install` adds them to the desk."""

from flask import Flask

from config import Mode
from forum.safeguarding.staff import account_views, audit_views, people_views, sign_views, training_views
from forum.safeguarding.staff.blueprint import bp
from forum.web.forms import settings

__all__ = ["account_views", "audit_views", "bp", "install", "people_views", "sign_views"]


def install(app: Flask) -> None:
    """Add the room's pages to the desk; those of training nowhere in production."""
    app.register_blueprint(bp)
    with app.app_context():
        if settings().mode is not Mode.PRODUCTION:
            app.register_blueprint(training_views.bp)
