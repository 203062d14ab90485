"""「さがす」: one box at the desk. Words travel in the body of a POST and are kept nowhere."""

from flask import Blueprint, Flask, Response, render_template, request
from flask.typing import ResponseReturnValue

from forum.safeguarding.cases import desk as cases_desk
from forum.safeguarding.cases.words import STATUSES
from forum.safeguarding.lookup import service
from forum.safeguarding.lookup.forms import LONGEST, SearchForm
from forum.safeguarding.lookup.service import Desk
from forum.safeguarding.lookup.types import Answer
from forum.safeguarding.staff import access
from forum.safeguarding.staff import queries as staff

bp = Blueprint("lookup", __name__)


def install(app: Flask) -> None:
    """Add the page to the desk. What a session opened goes with it: at once here, in a while elsewhere."""
    service.install(app)
    app.register_blueprint(bp)
    app.after_request(_let_go)


def _let_go(response: Response) -> Response:
    """Somebody may just have signed out, or been signed out, on a page of the staff."""
    if request.blueprint == "staff" and request.method == "POST":
        service.shelf().sweep()
    return response


def present() -> Desk:
    """Whoever is signed in, with their keys for this request. Raises Refused("no_keys")."""
    me = access.me()
    session = next(one.id for one in staff.sessions_of(me.id, access.token()) if one.here)
    return Desk(cases_desk.actor(), (me.id, session), access.keyring())


@bp.get("/search")
@access.worker
def page() -> str:
    """The empty box."""
    return _page(SearchForm(formdata=None), None)


@bp.post("/search")
@access.worker
def search() -> ResponseReturnValue:
    """What was found, with the reasons."""
    form = SearchForm()
    if not form.validate():
        form.renew()
        return _page(form, None), 422
    return _page(form, service.search(form.words.data, present()))


def _page(form: SearchForm, answer: Answer | None) -> str:
    return render_template(
        "safeguarding/lookup/search.html",
        form=form,
        answer=answer,
        longest=LONGEST,
        statuses=STATUSES,
        names=cases_desk.names(),
        stamp=cases_desk.stamp,
    )
