"""All pages of this room: `install` adds them, navigation and flask-login to the forum's door."""

from flask import Flask

from forum.accounts import account_views, audit, console, login, sign_views
from forum.accounts.blueprint import bp
from forum.accounts.words import VERBS

__all__ = ["account_views", "bp", "install", "sign_views"]

audit.name_verbs(VERBS)


def install(app: Flask) -> None:
    """Add the room to the door; the pages of training nowhere in production."""
    login.install(app)
    console.install(app)
    app.register_blueprint(bp)
