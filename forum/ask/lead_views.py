"""The one page that uses the plain words and leads to the letterbox, and papers for walls and pockets."""

from functools import lru_cache

from flask import Response, make_response, render_template

from forum import clock
from forum.ask import leads, posters, rules
from forum.ask.blueprint import bp
from forum.ask.views import door_hour
from forum.city.current import current
from forum.doors.choice import offers
from forum.errors import NotFound
from forum.web import access
from forum.web.caching import cached_page
from forum.web.forms import settings

PAPERS_KEPT = 12


@bp.get("/worried-about-a-child")
@access.public
@cached_page(door_hour)
def worried() -> str:
    """What to do about a child one worries about: for readers who search for the plain words."""
    groups = {group.id: group.doors for group in rules.door_groups(offers(current().doors, clock.now()))}
    return render_template(
        "ask/leads.html",
        urgent=[one for one in groups["urgent"] if one.door.confirmed and one.door.number],
        ways=leads.ways(settings().letterbox_url),
        places=posters.PLACES,
    )


@bp.get("/worried-about-a-child/<name>")
@access.machine
def paper(name: str) -> Response:
    """A poster, or a sheet of cards, for schools, stations or clinics. Nothing in it but public facts."""
    ways, place = leads.ways(settings().letterbox_url), posters.place_of(name)
    if ways is None or place is None:
        raise NotFound
    doors = [one.door for one in offers(current().doors, clock.now())]
    facts = posters.Facts(
        city=current().name,
        url=ways.child if place.for_children else ways.home,
        numbers=posters.numbers_of(doors, place.for_children),
        sample=settings().mode == "demo",
    )
    response = make_response(_drawn(name, facts))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


_drawn = lru_cache(PAPERS_KEPT)(posters.draw)
