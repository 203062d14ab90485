"""Lists of threads, with filters as plain links."""

from flask import render_template, request

from forum.board import queries
from forum.board.blueprint import bp
from forum.board.queries import Filters, Show
from forum.city.current import current
from forum.web import access
from forum.web.caching import cached_page
from forum.web.forms import settings


@bp.get("/threads")
@access.public
@cached_page()
def threads() -> str:
    """What parents asked: newest, unanswered or solved, by board and by child's age."""
    pack = current()
    board = next((b for b in pack.boards if b.id == request.args.get("board")), None)
    band = next((b for b in pack.age_bands if b.id == request.args.get("age")), None)
    wanted = request.args.get("show")
    show = Show(wanted) if wanted in set(Show) else Show.NEWEST
    filters = Filters(
        board=board.id if board else None,
        min_age=band.min_months if band else None,
        max_age=band.max_months if band else None,
    )
    page = queries.threads(filters, show, request.args.get("after"), settings().page_size)
    # What the links keep: each changes one of them and starts at the first page.
    chosen = {"board": filters.board, "age": band.id if band else None, "show": show.value}
    return render_template(
        "board/threads.html", page=page, chosen=chosen, board=board, boards=pack.boards, bands=pack.age_bands
    )
