"""Pages to read: what is promised and what is not, traces on a telephone, parents who were visited."""

from flask import Blueprint, render_template

from forum.safeguarding import policy
from forum.safeguarding.intake import door_bar
from forum.web import access

bp = Blueprint("pages", __name__)


def _page(name: str) -> str:
    return render_template(
        f"safeguarding/intake/{name}.html",
        look=door_bar.look(),
        doors=door_bar.bar(),
        people=door_bar.for_parents(),
        policy=policy.current(),
    )


@bp.get("/promises")
@access.visitor
def promises() -> str:
    """What happens with what is sent, and what nobody can promise."""
    return _page("promises")


@bp.get("/traces")
@access.visitor
def traces() -> str:
    """What leaving this page cannot clear, and how to clear it."""
    return _page("traces")


@bp.get("/visited")
@access.visitor
def visited() -> str:
    """For parents who were told that somebody worried about their child."""
    return _page("visited")
