"""Pages: signing in and out, the fresh code, joining by a link."""

from typing import Any

from flask import current_app, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from forum import clock
from forum.credentials import codes
from forum.errors import NotFound, Refused
from forum.safeguarding.staff import access, service, signing, training, ways
from forum.safeguarding.staff.blueprint import bp
from forum.safeguarding.staff.forms import CodeForm, JoinForm, SignInForm
from forum.safeguarding.staff.types import Opened
from forum.safeguarding.staff.words import refusal, status
from forum.safeguarding.vault.db import writing
from forum.web import access as marks
from forum.web.forms import settings

ISSUER = "desk"  # in the authenticator's list: neutral, like every title


@bp.get("/sign-in")
@marks.visitor
def sign_in() -> str:
    """Name, password, code."""
    form = SignInForm(formdata=None, back=ways.safe(request.args.get("back"), ""))
    return render_template("safeguarding/staff/sign_in.html", form=form, failed="")


@bp.post("/sign-in")
@marks.visitor
def sign_in_send() -> ResponseReturnValue:
    """A fresh session for the right three; whatever session this browser had before is over."""
    form = SignInForm()
    if not form.validate():
        return render_template("safeguarding/staff/sign_in.html", form=form, failed=""), 422
    login = form.login.data.lower()
    tags = access.failure_tags(f"login:{login}")
    try:
        opened = signing.sign_in(
            login, form.password.data, form.code.data, settings().secret_key, tags, access.device()
        )
    except Refused as error:
        form.renew()
        page = render_template("safeguarding/staff/sign_in.html", form=form, failed=refusal(error))
        return page, status(error)
    return let_in(opened, form.back.data)


def let_in(opened: Opened, back: str | None) -> ResponseReturnValue:
    """Give the cookie of a fresh session; nothing of an earlier one stays, its form tokens included."""
    before = access.token_of_cookie()
    if before:
        _forget(before)
    session.clear()
    page = ways.safe(back, ways.first_page(signing.role_of(opened.staff_id)))
    return access.give_cookie(make_response(redirect(page, 303)), opened)


def _forget(token: str) -> None:
    with writing():
        signing.end_session(token)
    for forget in current_app.extensions.get("desk_forgetters", ()):
        forget(token)


@bp.post("/sign-out")
@access.signed_in
def sign_out() -> ResponseReturnValue:
    """End this session. Needs no token: the cookie is Strict, the origin checked, and nothing is lost."""
    _forget(access.token())
    session.clear()
    return access.take_cookie(make_response(redirect(url_for("staff.sign_in"), 303)))


@bp.get("/step-up")
@access.signed_in
def step_up() -> str:
    """Ask for a fresh code."""
    return _step_up_page(CodeForm(formdata=None, back=ways.safe(request.args.get("back"), "")))


def _step_up_page(form: CodeForm, failed: str = "") -> str:
    shown = training.code_of(access.me().id) if access.me().training else ""
    return render_template("safeguarding/staff/step_up.html", form=form, failed=failed, shown=shown)


@bp.post("/step-up")
@access.signed_in
def step_up_send() -> ResponseReturnValue:
    """A fresh code opens what is specially protected for some minutes."""
    form, me = CodeForm(), access.me()
    if not form.validate():
        return _step_up_page(form), 422
    try:
        signing.step_up(
            access.token(), me.id, form.code.data, settings().secret_key, access.failure_tags(f"code:{me.id}")
        )
    except Refused as error:
        form.renew()
        return _step_up_page(form, refusal(error)), status(error)
    return redirect(ways.safe(form.back.data, ways.first_page(me.role)), 303)


def qr_of(secret: str, name: str) -> dict[str, Any]:
    """What a page needs to show an authenticator's secret: a picture, and letters in groups of four."""
    return {
        "qr": Markup(codes.qr(codes.uri(secret, name, ISSUER))),  # noqa: S704  made of numbers by segno
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
    }


def _gone() -> ResponseReturnValue:
    page = render_template(
        "safeguarding/staff/refused.html",
        heading=_("このリンクは、もう使えません"),
        sentence=_(
            "一度使ったか、3日がすぎたか、取り消されたリンクです。招いた人に、新しいリンクを頼んでください。"
        ),
        kept="",
        back="",
    )
    return page, 404


def _joining(form: JoinForm, token: str, name: str, failed: str = "") -> str:
    form.secret.data = form.secret.data or codes.new_secret()
    return render_template(
        "safeguarding/staff/join.html",
        form=form,
        token=token,
        name=name,
        failed=failed,
        **qr_of(form.secret.data, name),
    )


@bp.get("/join/<token>")
@marks.visitor
def join(token: str) -> ResponseReturnValue:
    """The first page of somebody who was invited. Looking at it does not use the link up."""
    try:
        return _joining(JoinForm(formdata=None), token, service.invitation(token).name)
    except NotFound:
        return _gone()


@bp.post("/join/<token>")
@marks.visitor
def join_send(token: str) -> ResponseReturnValue:
    """Password, authenticator and recovery codes."""
    form = JoinForm()
    try:
        name = service.invitation(token).name
        if not form.validate():
            form.secret.data = form.secret.data if form.has_secret() else ""
            return _joining(form, token, name), 422
        step = codes.step_of(form.secret.data, form.code.data, 0, clock.now())
        if step is None:
            form.renew()
            return _joining(form, token, name, refusal(Refused("code"))), 422
        recovery = service.join(
            token, form.login.data, form.password.data, form.secret.data, step, settings().secret_key
        )
    except Refused as error:
        form.renew()
        return _joining(form, token, name, refusal(error)), status(error)
    except NotFound:
        return _gone()
    return render_template("safeguarding/staff/joined.html", name=name, recovery=recovery)
