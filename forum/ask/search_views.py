"""The search page. What is searched for travels in the request's body, never in an address."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from forum import clock
from forum.ask import leads, rules
from forum.ask.blueprint import bp
from forum.ask.service import experiences_of, search_index
from forum.ask.types import Experience
from forum.board import queries as board
from forum.city.current import current
from forum.doors.choice import choose
from forum.doors.types import DoorAnswer
from forum.privacy.input import clean_input
from forum.safety.signs import read_signs
from forum.web import access, limits
from forum.web.forms import settings

SHOWN = 10
RANKED = 1_000  # how deep the ranking is looked through when filters leave little


def _filters() -> board.Filters:
    pack = current()
    wanted = request.values.get("board", "")
    band = next((b for b in pack.age_bands if b.id == request.values.get("age")), None)
    return board.Filters(
        board=wanted if wanted in {b.id for b in pack.boards} else None,
        min_age=band.min_months if band else None,
        max_age=band.max_months if band else None,
        solved=True if request.values.get("show") == "solved" else None,
    )


def _door(query: str) -> tuple[DoorAnswer, bool, str]:
    themes = [theme.id for theme in read_signs(query).themes]
    door = choose(current().doors, themes, clock.now())
    return door, rules.door_first(themes), leads.lead_of(query, themes)


@bp.get("/search")
@access.visitor
def search() -> str:
    """The empty search page."""
    return _page(q="", found=None, more=None, failed=False, door=None, door_first=False, lead="")


def _page(**facts: object) -> str:
    pack = current()
    return render_template(
        "ask/search.html",
        boards=pack.boards,
        bands=pack.age_bands,
        chosen=_filters(),
        chosen_band=request.values.get("age", ""),
        **facts,
    )


@bp.post("/search")
@access.visitor
def results() -> ResponseReturnValue:
    """Past threads that fit, or honestly none, and the human door beside them."""
    limits.spend("searches", settings().searches_per_address)
    query = clean_input(request.form.get("q", ""))[: settings().text_max].strip()
    start = max(0, request.form.get("start", 0, type=int))
    found: list[Experience] = []
    failed = False
    if query:
        index = search_index()
        failed = not index.ready()
        filters = _filters()
        depth = RANKED if filters != board.Filters() else min(RANKED, start + 4 * SHOWN)
        hits = [] if failed else index.find(query, limit=depth)
        found = experiences_of(hits, filters, start, SHOWN + 1)
    more = start + SHOWN if len(found) > SHOWN else None
    door, first, lead = _door(query)
    return _page(
        q=query,
        found=found[:SHOWN] if query else None,
        more=more,
        failed=failed,
        door=door,
        door_first=first,
        lead=lead,
    )
