"""All pages of this room, gathered: whoever registers the blueprint has every route."""

from forum.safeguarding.meetings import correction_views, register_views, views
from forum.safeguarding.meetings.views import bp

__all__ = ["bp", "correction_views", "register_views", "views"]
