"""The blueprint that the pages of this room share."""

from flask import Blueprint

bp = Blueprint("moderation", __name__)
