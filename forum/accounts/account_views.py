"""Pages of one's own account: password, authenticator, recovery codes, where one is signed in."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from forum.accounts import access, audit, queries, service, signing
from forum.accounts.blueprint import bp
from forum.accounts.forms import CodeForm, PasswordForm, PressForm
from forum.accounts.words import again, refusal, status
from forum.credentials import codes
from forum.db import writing
from forum.errors import NotFound, Refused

ISSUER = "console"  # in the authenticator's list: neutral, like every title


def qr_of(secret: str, name: str) -> dict[str, Any]:
    """What a page needs to show an authenticator's secret: a picture, and letters in groups of four."""
    return {
        "qr": Markup(codes.qr(codes.uri(secret, name, ISSUER))),  # noqa: S704  made of numbers by segno
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
    }


def _page(
    form: PasswordForm | None = None, failed: str = "", notice: str = "", recovery: tuple[str, ...] = ()
) -> str:
    return render_template(
        "accounts/account.html",
        form=form or PasswordForm(formdata=None),
        press=PressForm(formdata=None),
        failed=failed,
        notice=notice,
        recovery=recovery,
        sessions=queries.sessions_of(access.me().id, access.me().token),
    )


@bp.get("/account")
@access.staff()
def account() -> str:
    """Password, authenticator, recovery codes, where one is signed in."""
    return _page()


@bp.post("/account/password")
@access.staff()
def password_send() -> ResponseReturnValue:
    """Another password; all other sessions end."""
    form, me = PasswordForm(), access.me()
    if not form.validate():
        return _page(form), 422
    tags = signing.failure_tags(f"password:{me.id}")
    try:
        service.change_password(me.id, me.token, form.old.data, form.new.data, tags)
    except Refused as error:
        form.renew()
        known = Refused("old_password") if error.code == "sign_in" else error
        return _page(form, refusal(known)), status(error)
    return _page(notice=_("パスワードを変えました。ほかの端末は、サインアウトしました。"))


@bp.post("/account/sessions")
@access.staff()
def sessions_end() -> ResponseReturnValue:
    """End every other session of one's own."""
    if not PressForm().validate():
        return _page(failed=again()), 422
    with writing():
        signing.end_all(access.me().id, but=access.me().token)
        audit.record("end_sessions", str(access.me().id))
    return _page(notice=_("ほかの端末を、サインアウトしました。"))


@bp.post("/account/sessions/<session_id>")
@access.staff()
def session_end(session_id: str) -> ResponseReturnValue:
    """End one session of one's own."""
    if not PressForm().validate():
        return _page(failed=again()), 422
    try:
        with writing():
            signing.end_one(access.me().id, session_id)
            audit.record("end_sessions", str(access.me().id))
    except NotFound:
        return _page(notice=_("その端末は、もうサインアウトしています。"))
    return _page(notice=_("その端末を、サインアウトしました。"))


@bp.post("/account/recovery")
@access.staff()
def recovery_send() -> ResponseReturnValue:
    """New recovery codes, after a fresh code."""
    access.require_step_up()
    if not PressForm().validate():
        return _page(failed=again()), 422
    with writing():
        recovery = service.renew_recovery(access.me().id)
    return _page(recovery=recovery)


def _authenticator_page(form: CodeForm, failed: str = "") -> str:
    with writing():
        secret = service.offer_authenticator(access.me().token)
    return render_template(
        "accounts/authenticator.html", form=form, failed=failed, **qr_of(secret, access.me().name)
    )


@bp.post("/account/authenticator")
@access.staff()
def authenticator() -> ResponseReturnValue:
    """Show the secret for another authenticator, after a fresh code (or a recovery code)."""
    access.require_step_up()
    if not PressForm().validate():
        return _page(failed=again()), 422
    return _authenticator_page(CodeForm(formdata=None))


@bp.post("/account/authenticator/take")
@access.staff()
def authenticator_take() -> ResponseReturnValue:
    """The first code of the other authenticator: from now on it is the one."""
    access.require_step_up()
    form, me = CodeForm(), access.me()
    if not form.validate():
        # Without a token of ours nothing is made, not even the offer of a secret.
        return (_page(failed=again()) if "csrf_token" in form.errors else _authenticator_page(form)), 422
    tags = signing.failure_tags(f"authenticator:{me.id}")
    try:
        signing.reserve(tags, me.id)
        with writing():
            service.change_authenticator(me.token, form.code.data)
            signing.succeeded(tags)
    except Refused as error:
        form.renew()
        known = Refused("code") if error.code == "sign_in" else error
        return _authenticator_page(form, refusal(known)), status(error)
    return redirect(url_for("accounts.account"), 303)
