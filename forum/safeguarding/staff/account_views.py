"""Pages of one's own account: password, authenticator, recovery codes, where one is signed in."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.errors import NotFound, Refused
from forum.safeguarding.staff import access, queries, service, signing
from forum.safeguarding.staff.blueprint import bp
from forum.safeguarding.staff.forms import CodeForm, PasswordForm, PressForm
from forum.safeguarding.staff.sign_views import qr_of
from forum.safeguarding.staff.words import refusal, status
from forum.safeguarding.vault.db import writing
from forum.web.forms import settings


def _again() -> str:
    return str(_("ページを開いてから時間がたちました。もう一度 押してください。"))


def _page(
    form: PasswordForm | None = None, failed: str = "", notice: str = "", recovery: tuple[str, ...] = ()
) -> str:
    return render_template(
        "safeguarding/staff/account.html",
        form=form or PasswordForm(formdata=None),
        press=PressForm(formdata=None),
        failed=failed,
        notice=notice,
        recovery=recovery,
        sessions=queries.sessions_of(access.me().id, access.token()),
    )


@bp.get("/account")
@access.signed_in
def account() -> str:
    """Password, authenticator, recovery codes, where one is signed in."""
    return _page()


@bp.post("/account/password")
@access.signed_in
def password_send() -> ResponseReturnValue:
    """Another password; all other sessions end."""
    form = PasswordForm()
    if not form.validate():
        return _page(form), 422
    tags = access.failure_tags(f"password:{access.me().id}")
    try:
        service.change_password(access.mine(), form.old.data, form.new.data, tags)
    except Refused as error:
        form.renew()
        known = Refused("old_password") if error.code == "sign_in" else error
        return _page(form, refusal(known)), status(error)
    return _page(notice=_("パスワードを変えました。ほかの端末は、サインアウトしました。"))


@bp.post("/account/sessions")
@access.signed_in
def sessions_end() -> ResponseReturnValue:
    """End every other session of one's own."""
    if not PressForm().validate():
        return _page(failed=_again()), 422
    with writing():
        signing.end_others(access.me().id, access.token())
    return _page(notice=_("ほかの端末を、サインアウトしました。"))


@bp.post("/account/sessions/<session_id>")
@access.signed_in
def session_end(session_id: str) -> ResponseReturnValue:
    """End one session of one's own."""
    if not PressForm().validate():
        return _page(failed=_again()), 422
    try:
        with writing():
            signing.end_one(access.me().id, session_id)
    except NotFound:
        return _page(notice=_("その端末は、もうサインアウトしています。"))
    return _page(notice=_("その端末を、サインアウトしました。"))


@bp.post("/account/recovery")
@access.signed_in
def recovery_send() -> ResponseReturnValue:
    """New recovery codes, after a fresh code."""
    access.require_step_up()
    if not PressForm().validate():
        return _page(failed=_again()), 422
    with writing():
        recovery = service.renew_recovery(access.me().id)
    return _page(recovery=recovery)


def _authenticator_page(form: CodeForm, failed: str = "") -> str:
    with writing():
        secret = service.offer_authenticator(access.token(), settings().secret_key)
    return render_template(
        "safeguarding/staff/authenticator.html", form=form, failed=failed, **qr_of(secret, access.me().name)
    )


@bp.post("/account/authenticator")
@access.signed_in
def authenticator() -> ResponseReturnValue:
    """Show the secret for another authenticator, after a fresh code (or a recovery code)."""
    access.require_step_up()
    if not PressForm().validate():
        return _page(failed=_again()), 422
    return _authenticator_page(CodeForm(formdata=None))


@bp.post("/account/authenticator/take")
@access.signed_in
def authenticator_take() -> ResponseReturnValue:
    """The first code of the other authenticator: from now on it is the one."""
    access.require_step_up()
    form, me = CodeForm(), access.me()
    if not form.validate():
        return _authenticator_page(form), 422
    tags = access.failure_tags(f"authenticator:{me.id}")
    try:
        signing.reserve(tags, me.id)
        with writing():
            service.change_authenticator(access.token(), form.code.data, settings().secret_key)
            signing.succeeded(tags)
    except Refused as error:
        form.renew()
        known = Refused("code") if error.code == "sign_in" else error
        return _authenticator_page(form, refusal(known)), status(error)
    return redirect(url_for("staff.account"), 303)
