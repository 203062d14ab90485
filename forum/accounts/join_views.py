"""Pages of a one-time link: the first password, authenticator and recovery codes."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum import clock
from forum.accounts import service
from forum.accounts.account_views import qr_of
from forum.accounts.blueprint import bp
from forum.accounts.forms import JoinForm
from forum.accounts.words import refusal, status
from forum.credentials import codes
from forum.errors import NotFound, Refused
from forum.web import access as marks


def _gone() -> ResponseReturnValue:
    page = render_template(
        "accounts/refused.html",
        heading=_("このリンクは、もう使えません"),
        sentence=_(
            "一度使ったか、3日がすぎたか、取り消されたリンクです。招いた人に、新しいリンクを頼んでください。"
        ),
        kept="",
        back="",
    )
    return page, 404


def _form(known: str, *, sent: bool) -> JoinForm:
    """The form; somebody who is invited again keeps the name they sign in with and is not asked for it."""
    form = JoinForm() if sent else JoinForm(formdata=None)
    if known:
        del form.login
    return form


def _joining(form: JoinForm, token: str, name: str, known: str, failed: str = "") -> str:
    form.secret.data = form.secret.data or codes.new_secret()
    return render_template(
        "accounts/join.html",
        form=form,
        token=token,
        name=name,
        known=known,
        failed=failed,
        **qr_of(form.secret.data, name),
    )


@bp.get("/join/<token>")
@marks.visitor
def join(token: str) -> ResponseReturnValue:
    """The first page of somebody who was invited. Looking at it does not use the link up."""
    try:
        name, known = service.invited_as(token)
    except NotFound:
        return _gone()
    return _joining(_form(known, sent=False), token, name, known)


@bp.post("/join/<token>")
@marks.visitor
def join_send(token: str) -> ResponseReturnValue:
    """Password, authenticator and recovery codes."""
    try:
        name, known = service.invited_as(token)
    except NotFound:
        return _gone()
    form = _form(known, sent=True)
    if not form.validate():
        form.secret.data = form.secret.data if form.has_secret() else ""
        return _joining(form, token, name, known), 422
    step = codes.step_of(form.secret.data, form.code.data, 0, clock.now())
    login = known or form.login.data
    try:
        if step is None:
            raise Refused("code")
        recovery = service.join(token, login, form.password.data, form.secret.data, step)
    except Refused as error:
        form.renew()
        return _joining(form, token, name, known, refusal(error)), status(error)
    except NotFound:  # taken back, or used in another window, while the page was open
        return _gone()
    return render_template("accounts/joined.html", name=name, login=login, recovery=recovery)
