"""Pages: signing in, joining by a link, one's own account, colleagues, and starting again by two officers."""

from typing import Any

from flask import Blueprint, current_app, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import delete, select

from forum import clock
from forum.credentials import codes
from forum.errors import NotFound, Refused
from forum.safeguarding import policy
from forum.safeguarding.staff import access, desk_keys, service
from forum.safeguarding.staff.forms import (
    CodeForm,
    InviteForm,
    JoinForm,
    PasswordForm,
    PressForm,
    RecoverForm,
    SignInForm,
)
from forum.safeguarding.staff.models import SessionRow
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db, writing
from forum.web import access as marks
from forum.web.forms import settings

bp = Blueprint("staff", __name__)

WEAK = {
    "length": "パスワードは12文字以上にしてください。短い文でもかまいません。",
    "common": "よく使われることばや、同じ文字のくり返しは使えません。",
    "name": "ログイン用の名前を含めないでください。",
}


def _wrong(form: Any, error: Refused) -> str:
    if error.code == "wait":
        return str(_("続けて まちがえたため、あと%(n)s秒 お待ちください。", n=error.facts["seconds"]))
    if error.code == "weak_password":
        return str(WEAK[str(error.facts["why"])])
    table = {
        "sign_in": _("名前・パスワード・番号のどれかが ちがいます。番号は、新しいものを入れてください。"),
        "login_taken": _("その名前は、もう使われています。"),
        "wrong_passphrases": _("合言葉が ちがいます。"),
        "key_exists": _("鍵は、もう作られています。"),
    }
    return str(table.get(error.code, _("できませんでした。もう一度 ためしてください。")))


@bp.get("/sign-in")
@marks.visitor
def sign_in() -> str:
    """Name, password, code."""
    return render_template("safeguarding/staff/sign_in.html", form=SignInForm(formdata=None), failed="")


@bp.post("/sign-in")
@marks.visitor
def sign_in_send() -> ResponseReturnValue:
    """A fresh session for the right three."""
    form = SignInForm()
    if not form.validate():
        return render_template("safeguarding/staff/sign_in.html", form=form, failed=""), 422
    login = form.login.data.strip().lower()
    try:
        opened = service.sign_in(
            login, form.password.data, form.code.data, settings().secret_key, access.failure_tags(login)
        )
    except Refused as error:
        form.renew()
        page = render_template("safeguarding/staff/sign_in.html", form=form, failed=_wrong(form, error))
        return page, 429 if error.code == "wait" else 422
    return access.give_cookie(make_response(redirect(url_for("home"), 303)), opened)


@bp.post("/sign-out")
@access.signed_in
def sign_out() -> ResponseReturnValue:
    """End this session."""
    with writing():
        vault_db.session.execute(delete(SessionRow).where(SessionRow.tag == codes.tag_of(access.token())))
    for forget in current_app.extensions.get("desk_forgetters", ()):
        forget(access.token())
    return access.take_cookie(make_response(redirect(url_for("staff.sign_in"), 303)))


def _joining(form: JoinForm, token: str, invited: Any, failed: str = "") -> str:
    secret = form.secret.data or codes.new_secret()
    form.secret.data = secret
    told = codes.uri(secret, invited.name, "desk")
    return render_template(
        "safeguarding/staff/join.html",
        form=form,
        token=token,
        name=invited.name,
        qr=Markup(codes.qr(told)),  # noqa: S704  made of numbers by segno
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        failed=failed,
    )


@bp.get("/join/<token>")
@marks.visitor
def join(token: str) -> str:
    """The first page of somebody who was invited."""
    return _joining(JoinForm(formdata=None), token, service.invitation(token))


@bp.post("/join/<token>")
@marks.visitor
def join_send(token: str) -> ResponseReturnValue:
    """Password, authenticator and recovery codes."""
    form, invited = JoinForm(), service.invitation(token)
    if not form.validate():
        return _joining(form, token, invited), 422
    form.renew()
    if form.password.data != form.again.data:
        return _joining(form, token, invited, _("二つのパスワードが同じではありません。")), 422
    try:
        step = codes.step_of(form.secret.data, form.code.data, 0, clock.now())
    except ValueError:  # the secret in the hidden field is none
        raise NotFound from None
    if step is None:
        return _joining(
            form, token, invited, _("番号が ちがいます。アプリの新しい番号を入れてください。")
        ), 422
    name = invited.name
    try:
        recovery = service.join(
            token, form.login.data, form.password.data, form.secret.data, step, settings().secret_key
        )
    except Refused as error:
        return _joining(form, token, service.invitation(token), _wrong(form, error)), 422
    return render_template("safeguarding/staff/joined.html", name=name, recovery=recovery)


@bp.get("/step-up")
@access.signed_in
def step_up() -> str:
    """Ask for a fresh code."""
    form = CodeForm(formdata=None)
    return render_template("safeguarding/staff/step_up.html", form=form, failed="")


@bp.post("/step-up")
@access.signed_in
def step_up_send() -> ResponseReturnValue:
    """A fresh code opens what is specially protected for some minutes."""
    form = CodeForm()
    if not form.validate():
        return render_template("safeguarding/staff/step_up.html", form=form, failed=""), 422
    try:
        tags = access.failure_tags(f"step-up:{access.me().id}")
        service.step_up(access.token(), form.code.data, settings().secret_key, tags)
    except Refused as error:
        form.renew()
        return render_template("safeguarding/staff/step_up.html", form=form, failed=_wrong(form, error)), 422
    return redirect(url_for("home"), 303)


def _account(form: PasswordForm, failed: str = "", notice: str = "", recovery: tuple[str, ...] = ()) -> str:
    rows = vault_db.session.scalars(
        select(SessionRow).where(SessionRow.staff_id == access.me().id).order_by(SessionRow.started_at)
    ).all()
    here = codes.tag_of(access.token())
    return render_template(
        "safeguarding/staff/account.html",
        form=form,
        press=PressForm(formdata=None),
        failed=failed,
        notice=notice,
        recovery=recovery,
        sessions=[(row.started_at, row.seen_at, row.tag == here) for row in rows],
    )


@bp.get("/account")
@access.signed_in
def account() -> str:
    """Password, recovery codes, where one is signed in."""
    return _account(PasswordForm(formdata=None))


@bp.post("/account/password")
@access.signed_in
def password_send() -> ResponseReturnValue:
    """Another password; all other sessions end."""
    form = PasswordForm()
    if not form.validate():
        return _account(form), 422
    form.renew()
    if form.new.data != form.again.data:
        return _account(form, _("二つのパスワードが同じではありません。")), 422
    try:
        service.change_password(access.me().id, form.old.data, form.new.data, access.token())
    except Refused as error:
        return _account(form, _wrong(form, error)), 422
    return _account(
        PasswordForm(formdata=None), notice=_("パスワードを変えました。ほかの端末は、サインアウトしました。")
    )


@bp.post("/account/sessions")
@access.signed_in
def sessions_end() -> ResponseReturnValue:
    """End every other session of one's own."""
    form = PressForm()
    if not form.validate():
        return _account(PasswordForm(formdata=None), _("もう一度 押してください。")), 422
    with writing():
        vault_db.session.execute(
            delete(SessionRow).where(
                SessionRow.staff_id == access.me().id, SessionRow.tag != codes.tag_of(access.token())
            )
        )
    return _account(PasswordForm(formdata=None), notice=_("ほかの端末を、サインアウトしました。"))


@bp.post("/account/recovery")
@access.signed_in
def recovery_send() -> ResponseReturnValue:
    """New recovery codes, after a fresh code."""
    access.require_step_up()
    form = PressForm()
    if not form.validate():
        return _account(PasswordForm(formdata=None), _("もう一度 押してください。")), 422
    with writing():
        recovery = service.renew_recovery(access.me().id)
        me = access.me()
        audit.record("renew_recovery_codes", str(me.id), staff_id=me.id, staff_name=me.name)
    return _account(PasswordForm(formdata=None), recovery=recovery)


def _groups() -> list[tuple[str, str]]:
    return [(one.id, one.name) for one in policy.current().groups]


def _people(form: InviteForm, link: str = "", failed: str = "") -> str:
    return render_template(
        "safeguarding/staff/people.html",
        people=service.everybody(present=False),
        form=form,
        press=PressForm(formdata=None),
        names=dict(_groups()),
        link=link,
        failed=failed,
        me=access.me(),
    )


def _invite_form(**given: Any) -> InviteForm:
    form = InviteForm(**given)
    form.groups.choices = _groups()
    return form


@bp.get("/people")
@access.supervisor
def people() -> str:
    """Everybody of the desk, and an invitation."""
    return _people(_invite_form(formdata=None))


@bp.post("/people")
@access.supervisor
def invite() -> ResponseReturnValue:
    """Make a link for a colleague; it is shown once."""
    access.require_step_up()
    form = _invite_form()
    if not form.validate():
        return _people(form), 422
    me = access.me()
    keys = dict(access.keyring().keys)
    with writing():
        token = service.invite(
            form.name.data.strip(), form.role.data, " ".join(form.groups.data or ()),
            (form.mail.data or "").strip(), keys, training=me.training,
        )  # fmt: skip
        audit.record("invite", form.role.data, staff_id=me.id, staff_name=me.name)
    return _people(_invite_form(formdata=None), link=url_for("staff.join", token=token, _external=True))


@bp.post("/people/<int:staff_id>/end")
@access.supervisor
def end(staff_id: int) -> ResponseReturnValue:
    """Somebody leaves."""
    access.require_step_up()
    form, me = PressForm(), access.me()
    if not form.validate():
        return _people(_invite_form(formdata=None), failed=_("もう一度 押してください。")), 422
    try:
        with writing():
            service.end(staff_id, me.id, me.name)
    except Refused:
        return _people(_invite_form(formdata=None), failed=_("自分を終わりにすることはできません。")), 422
    return redirect(url_for("staff.people"), 303)


@bp.get("/recover")
@marks.visitor
def recover() -> str:
    """Two officers start the desk again."""
    return render_template(
        "safeguarding/staff/recover.html", form=RecoverForm(formdata=None), failed="", link=""
    )


@bp.post("/recover")
@marks.visitor
def recover_send() -> ResponseReturnValue:
    """Two of three open the key for one invitation, and everybody can see in the record that they did."""
    form = RecoverForm()
    if not form.validate():
        return render_template("safeguarding/staff/recover.html", form=form, failed="", link=""), 422
    form.renew()
    tags = access.failure_tags("recover")
    try:
        service.check_wait(tags)
        keys = desk_keys.recovered(form.pair.data, form.first.data, form.second.data)
    except Refused as error:
        if error.code != "wait":
            service.note_failure(tags)
        page = render_template(
            "safeguarding/staff/recover.html", form=form, failed=_wrong(form, error), link=""
        )
        return page, 429 if error.code == "wait" else 422
    everything = " ".join(one.id for one in policy.current().groups)
    with writing():
        token = service.invite(form.name.data.strip(), "supervisor", everything, "", keys)
        audit.record("recover", form.pair.data, staff_id=None, staff_name=f"officers {form.pair.data}")
    link = url_for("staff.join", token=token, _external=True)
    return render_template("safeguarding/staff/recover.html", form=form, failed="", link=link)
