"""The blueprint that the pages of this room share, and its words for templates."""

from flask import Blueprint
from flask_babel import gettext as _

from forum.board.types import Kind
from forum.city.current import current

bp = Blueprint("board", __name__)


@bp.app_template_filter("board_label")
def board_label(board_id: str | None) -> str:
    """A board's name as the city wrote it; empty when the thread stands in none."""
    return next((board.label for board in current().boards if board.id == board_id), "")


@bp.app_template_filter("kind_label")
def kind_label(kind: Kind) -> str:
    """What a reply gives, in a word."""
    labels = {
        Kind.EXPERIENCE: _("体験談"),
        Kind.ADVICE: _("アドバイス"),
        Kind.EMPATHY: _("共感"),
        Kind.INFO: _("情報"),
    }
    return labels[kind]
