"""Pages: signing in and out, the first page, the neutral page, the fresh code."""

from flask import make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import access, login, queries, signing, training, ways
from forum.accounts.blueprint import bp
from forum.accounts.forms import CodeForm, SignInForm
from forum.accounts.types import Opened
from forum.accounts.words import ROLES, refusal, status
from forum.db import writing
from forum.errors import Refused
from forum.web import access as marks


@bp.get("/sign-in")
@marks.visitor
def sign_in() -> str:
    """Name, password, code."""
    form = SignInForm(formdata=None, back=ways.safe(request.args.get("back"), ""))
    return render_template("accounts/sign_in.html", form=form, failed="")


@bp.post("/sign-in")
@marks.visitor
def sign_in_send() -> ResponseReturnValue:
    """A fresh session for the right three; whatever session this browser had before is over."""
    form = SignInForm()
    if not form.validate():
        return render_template("accounts/sign_in.html", form=form, failed=""), 422
    name = form.login.data.lower()
    tags = signing.failure_tags(f"login:{name}")
    try:
        opened = signing.sign_in(name, form.password.data, form.code.data, tags, signing.device())
    except Refused as error:
        form.renew()
        return render_template("accounts/sign_in.html", form=form, failed=refusal(error)), status(error)
    return let_in(opened, form.back.data)


def let_in(opened: Opened, back: str | None) -> ResponseReturnValue:
    """Give the cookie of a fresh session; nothing of an earlier one stays, its form tokens included."""
    before = login.token_of_cookie()
    if before:
        with writing():
            signing.end_session(before)
    session.clear()
    return login.give_cookie(make_response(redirect(ways.safe(back, ways.first_page()), 303)), opened.token)


@bp.post("/sign-out")
@access.staff()
def sign_out() -> ResponseReturnValue:
    """End this session. Needs no token: the origin is checked, and nothing is lost."""
    with writing():
        signing.end_session(access.me().token)
    session.clear()
    return login.take_cookie(make_response(redirect(url_for("accounts.sign_in"), 303)))


@bp.get("")
@access.staff()
def home() -> str:
    """What waits for whoever is signed in."""
    me = access.me()
    lines = queries.sessions_of(me.id, me.token)
    return render_template(
        "accounts/home.html", me=me, names=ROLES, elsewhere=sum(not one.here for one in lines)
    )


@bp.get("/note")
@marks.visitor
def note() -> str:
    """The neutral page that takes the place of any other."""
    return render_template("accounts/note.html")


def _step_up_page(form: CodeForm, failed: str = "") -> str:
    shown = training.code_of(access.me().id) if access.me().training else ""
    return render_template("accounts/step_up.html", form=form, failed=failed, shown=shown)


@bp.get("/step-up")
@access.staff()
def step_up() -> str:
    """Ask for a fresh code."""
    return _step_up_page(CodeForm(formdata=None, back=ways.safe(request.args.get("back"), "")))


@bp.post("/step-up")
@access.staff()
def step_up_send() -> ResponseReturnValue:
    """A fresh code opens what is specially protected for some minutes."""
    form, me = CodeForm(), access.me()
    if not form.validate():
        return _step_up_page(form), 422
    try:
        signing.step_up(me.token, me.id, form.code.data, signing.failure_tags(f"code:{me.id}"))
    except Refused as error:
        form.renew()
        return _step_up_page(form, refusal(Refused("code") if error.code == "sign_in" else error)), status(
            error
        )
    return redirect(ways.safe(form.back.data, ways.first_page()), 303)
