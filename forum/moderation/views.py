"""All pages of this room: `install` adds them, and the readers, to the forum's door."""

from flask import Flask
from flask_babel import lazy_gettext as _

from config import Settings
from forum.accounts import audit, console
from forum.accounts.types import Role
from forum.city.types import Moderation
from forum.moderation import (
    alarms,
    flag_views,
    named,
    named_views,
    queries,
    queue_views,
    reading,
    report_views,
    trips,
    writer_views,
)
from forum.moderation.blueprint import bp
from forum.moderation.words import VERBS

__all__ = ["flag_views", "install", "named_views", "queue_views", "report_views", "writer_views"]


def install(app: Flask, settings: Settings, care: Moderation) -> None:
    """Add the room to the door. Called before accounts, so that its pages stand first in the navigation."""
    reading.install(app, settings, care)
    alarms.install(app)
    trips.install(app)
    audit.name_verbs(VERBS)
    console.register(_("読む"), "moderation.queue", queue_views.READERS, queries.waiting_number)
    console.register(_("申し出"), "moderation.notices", queue_views.READERS, named.waiting_number)
    console.register(_("判断の記録"), "moderation.decisions", queue_views.READERS)
    console.register(_("読む人の負担"), "moderation.load", (Role.LEAD,))
    app.register_blueprint(bp)
