"""All pages of this room: `install` adds them, navigation and flask-login to the forum's door."""

from flask import Flask
from flask_babel import lazy_gettext as _

from config import Mode, Settings
from forum.accounts import (
    account_views,
    audit,
    console,
    join_views,
    login,
    people_views,
    record_views,
    sign_views,
    training_views,
)
from forum.accounts.blueprint import bp
from forum.accounts.types import Role
from forum.accounts.words import VERBS

__all__ = ["account_views", "install", "join_views", "people_views", "record_views", "sign_views"]


def install(app: Flask, settings: Settings) -> None:
    """Add the room to the door; the pages of training nowhere in production.

    Called after the other rooms, so that their pages stand before people and record in the navigation.
    """
    audit.name_verbs(VERBS)
    console.register(_("職員"), "accounts.people", (Role.ADMIN, Role.LEAD))
    console.register(_("記録"), "accounts.record", (Role.LEAD,))
    login.install(app)
    console.install(app)
    app.register_blueprint(bp)
    if settings.mode is not Mode.PRODUCTION:
        app.register_blueprint(training_views.bp)
