"""The page of a training link. Not there in production; for the very machine only."""

from urllib.parse import urlsplit

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from forum.accounts import signing, training, ways
from forum.accounts.forms import PressForm
from forum.accounts.sign_views import let_in
from forum.errors import NotFound
from forum.web import access as marks

bp = Blueprint("training", __name__, url_prefix=f"{ways.ROOT}/training")


def _check_place() -> None:
    """Whoever comes from another machine, or by another name than this machine's own, finds no page."""
    host = urlsplit(request.host_url).hostname or ""
    if not (training.on_loopback(request.remote_addr or "") and training.on_loopback(host)):
        raise NotFound


def _page(token: str, form: PressForm) -> str:
    return render_template("accounts/training.html", token=token, name=training.name_of(token), form=form)


@bp.get("/<token>")
@marks.visitor
def show(token: str) -> str:
    """A button, so that a preview of the link does not use it up."""
    _check_place()
    return _page(token, PressForm(formdata=None))


@bp.post("/<token>")
@marks.visitor
def enter(token: str) -> ResponseReturnValue:
    """Sign in, once."""
    _check_place()
    form = PressForm()
    if not form.validate():
        return _page(token, form), 422
    return let_in(training.use(token, signing.device()), None)
