"""All pages of this room, gathered: whoever registers the blueprint has every route."""

from forum.board import care, edit_views, list_views, officer_views, own_views, reaction_views, reply_views
from forum.board.blueprint import bp

__all__ = [
    "bp",
    "care",
    "edit_views",
    "list_views",
    "officer_views",
    "own_views",
    "reaction_views",
    "reply_views",
]
