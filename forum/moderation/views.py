"""All pages of this room: `install` adds them, and the readers, to the forum's door."""

from flask import Flask

from config import Settings
from forum.city.types import Moderation
from forum.moderation import flag_views, reading, writer_views
from forum.moderation.blueprint import bp

__all__ = ["flag_views", "install", "writer_views"]


def install(app: Flask, settings: Settings, care: Moderation) -> None:
    """Add the room to the door. Called before accounts, so that its pages stand first in the navigation."""
    reading.install(app, settings, care)
    app.register_blueprint(bp)
