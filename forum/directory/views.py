"""Pages of the list of services, and the list to take along."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from forum import clock
from forum.city.current import current
from forum.city.types import Category
from forum.directory import exports, queries, rules
from forum.directory.queries import Filters
from forum.directory.types import Service
from forum.web import access
from forum.web.caching import cached_page

bp = Blueprint("directory", __name__)


@dataclass(frozen=True)
class Shelf:
    """The services of one kind."""

    category: Category
    services: tuple[Service, ...]


@bp.app_template_filter("age_span")
def age_span(service: Service) -> str:
    """The ages a service states, in words: 0歳から1歳; empty when it states none."""
    low, high = service.minimum_age, service.maximum_age
    if low is None and high is None:
        return ""
    youngest = _("%(age)sから", age=_age(low)) if low is not None else ""
    return youngest + (_("%(age)sまで", age=_age(high)) if high is not None else "")


def _age(months: int) -> str:
    years, rest = divmod(months, 12)
    if not years:
        return _("%(n)dか月", n=months)
    # The month before a birthday closes a span of years: 35 is until the end of 2歳.
    return _("%(n)d歳", n=years) if rest in (0, 11) else _("%(n)d歳%(m)dか月", n=years, m=rest)


@bp.app_template_filter("open_words")
def open_words(service: Service) -> str:
    """Whether it is open now, in words; empty where no structured hours are known."""
    opened = rules.is_open(service.opening_hours, clock.now())
    return "" if opened is None else _("いま開いています") if opened else _("いまは閉まっています")


@bp.app_template_filter("category_label")
def category_label(category_id: str) -> str:
    """The name of a kind of service as the city says it."""
    return next((c.label for c in current().categories if c.id == category_id), "")


def _all_states() -> list[object]:
    """What makes the list another page without any change in the database: somebody opened or closed."""
    return [queries.open_ids(clock.now())]


def _one_state(service_id: str) -> list[object]:
    return [rules.is_open(queries.get_service(service_id).opening_hours, clock.now())]


@bp.get("/services")
@access.public
@cached_page(_all_states)
def services() -> str:
    """What the city has for families, by kind, child's age and district, with filters as plain links."""
    pack = current()
    category = next((c for c in pack.categories if c.id == request.args.get("category")), None)
    band = next((b for b in pack.age_bands if b.id == request.args.get("age")), None)
    district = next((d.name for d in pack.districts if d.name == request.args.get("district")), None)
    open_now = request.args.get("open") == "now"
    found = queries.list_services(
        Filters(
            category=category.id if category else None,
            youngest=band.min_months if band else None,
            oldest=band.max_months if band else None,
            districts=frozenset({district}) if district else frozenset(),
            open_at=clock.now() if open_now else None,
        )
    )
    there = queries.kinds()
    chosen = {
        "category": category.id if category else None,
        "age": band.id if band else None,
        "district": district,
        "open": "now" if open_now else None,
    }
    return render_template(
        "directory/services.html",
        shelves=_shelves(pack.categories, found),
        count=len(found),
        chosen=chosen,
        category=category,
        categories=[c for c in pack.categories if c.id in there],
        bands=pack.age_bands,
        districts=pack.districts,
    )


def _shelves(categories: Sequence[Category], found: Sequence[Service]) -> list[Shelf]:
    shelves = [Shelf(c, tuple(s for s in found if s.category == c.id)) for c in categories]
    return [shelf for shelf in shelves if shelf.services]


@bp.get("/services/<service_id>")
@access.public
@cached_page(_one_state)
def service(service_id: str) -> str:
    """One service: for whom, how to apply, cost, hours, where this is known from."""
    found = queries.get_service(service_id)
    category = next((c for c in current().categories if c.id == found.category), None)
    return render_template("directory/service.html", service=found, category=category)


@bp.get("/services.json")
@access.machine
def services_json() -> Response:
    """Every service under HSDS names, to take along."""
    pack = current()
    text = exports.as_json(queries.all_services(), pack.name, _licence(), clock.today())
    return _download(text, "application/json", "services.json")


@bp.get("/services.csv")
@access.machine
def services_csv() -> Response:
    """Every service as a table, to take along."""
    return _download(exports.as_csv(queries.all_services()), "text/csv", "services.csv")


def _licence() -> str:
    return _(
        "%(city)sの公開ページの事実をまとめたもの。電話・費用は使う前に出典で確かめてください。%(notes)s",
        city=current().name,
        notes=" ".join(current().notes.split()),
    )


def _download(text: str, mimetype: str, name: str) -> Response:
    response = Response(text, mimetype=mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
