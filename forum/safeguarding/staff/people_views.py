"""Pages of whoever leads: colleagues, invitations, the desk's key; and starting again by two officers."""

from time import monotonic

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.errors import NotFound, Refused
from forum.safeguarding.policy import GROUP_IDS
from forum.safeguarding.staff import access, officers, queries, rotation, service, signing, training
from forum.safeguarding.staff.blueprint import bp
from forum.safeguarding.staff.forms import GroupsForm, InviteForm, PressForm, RecoverForm, group_choices
from forum.safeguarding.staff.words import refusal, status
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import writing
from forum.web.forms import settings

PATIENCE = 3.0  # seconds that one press of the button works on


def _page(form: InviteForm | None = None, link: str = "", failed: str = "") -> str:
    return render_template(
        "safeguarding/staff/people.html",
        people=queries.everybody(present=False),
        invited=queries.invited(),
        form=form or InviteForm(formdata=None),
        press=PressForm(formdata=None),
        names=dict(group_choices()),
        link=link,
        failed=failed,
        me=access.me(),
        progress=rotation.progress(),
    )


def _again() -> str:
    return str(_("ページを開いてから時間がたちました。もう一度 押してください。"))


@bp.get("/people")
@access.supervisor
def people() -> str:
    """Everybody of the desk, who is invited, and the form for one more."""
    return _page()


@bp.post("/people")
@access.supervisor
def invite() -> ResponseReturnValue:
    """Make a link for a colleague; it is shown once."""
    access.require_step_up()
    form, me = InviteForm(), access.me()
    if not form.validate():
        return _page(form), 422
    keys = dict(access.keyring().keys)
    with writing():
        token = service.invite(
            form.name.data,
            form.role.data,
            form.groups.data or (),
            form.mail.data or "",
            keys,
            training=me.training,
        )
        audit.record("invite", form.role.data, staff_id=me.id, staff_name=me.name)
    return _page(link=url_for("staff.join", token=token, _external=True))


@bp.post("/people/invited/<invitation_id>")
@access.supervisor
def withdraw(invitation_id: str) -> ResponseReturnValue:
    """Take an invitation back."""
    me = access.me()
    if not PressForm().validate():
        return _page(failed=_again()), 422
    with writing():
        service.withdraw(invitation_id)
        audit.record("withdraw_invitation", invitation_id, staff_id=me.id, staff_name=me.name)
    return redirect(url_for("staff.people"), 303)


@bp.post("/people/<int:staff_id>/end")
@access.supervisor
def end(staff_id: int) -> ResponseReturnValue:
    """Somebody leaves."""
    access.require_step_up()
    me = access.me()
    if not PressForm().validate():
        return _page(failed=_again()), 422
    try:
        with writing():
            service.end(staff_id, me.id, me.name)
    except Refused as error:
        return _page(failed=refusal(error)), 422
    return redirect(url_for("staff.people"), 303)


@bp.get("/people/<int:staff_id>")
@access.supervisor
def person(staff_id: int) -> str:
    """For which groups somebody works."""
    form = GroupsForm(formdata=None)
    return _person_page(staff_id, form)


def _person_page(staff_id: int, form: GroupsForm) -> str:
    one = next((one for one in queries.everybody() if one.id == staff_id), None)
    if one is None:
        raise NotFound
    if not form.is_submitted():
        form.groups.data = sorted(one.groups)
    return render_template("safeguarding/staff/person.html", one=one, form=form)


@bp.post("/people/<int:staff_id>")
@access.supervisor
def set_groups(staff_id: int) -> ResponseReturnValue:
    """Other groups for somebody."""
    access.require_step_up()
    form, me = GroupsForm(), access.me()
    if not form.validate():
        return _person_page(staff_id, form), 422
    with writing():
        service.set_groups(staff_id, form.groups.data or (), me.id, me.name)
    return redirect(url_for("staff.people"), 303)


@bp.post("/people/key")
@access.supervisor
def change_key() -> ResponseReturnValue:
    """Begin to change the desk's key, or go on with it for some seconds."""
    access.require_step_up()
    me = access.me()
    if not PressForm().validate():
        return _page(failed=_again()), 422
    access.keyring()  # whoever cannot open anything does not begin
    with writing():
        if rotation.begin(training=me.training):
            audit.record("begin_key_change", "desk", staff_id=me.id, staff_name=me.name)
    ring, until = access.ring_again(), monotonic() + PATIENCE
    if me.training:
        training.keep(settings(), ring.keys)
    while monotonic() < until and rotation.step(ring):
        pass
    if not rotation.progress().running:
        with writing():
            rotation.forget_retired()
            audit.record("finish_key_change", "desk", staff_id=me.id, staff_name=me.name)
    return redirect(url_for("staff.people"), 303)


def _recover_page(form: RecoverForm, failed: str = "", link: str = "") -> str:
    return render_template("safeguarding/staff/recover.html", form=form, failed=failed, link=link)


@bp.get("/recover")
@access.officer
def recover() -> str:
    """Two officers start the desk again."""
    return _recover_page(RecoverForm(formdata=None))


@bp.post("/recover")
@access.officer
def recover_send() -> ResponseReturnValue:
    """Two of three open the keys for one invitation; everybody can see in the record that they did."""
    form, me = RecoverForm(), access.me()
    if not form.validate():
        return _recover_page(form), 422
    tags = access.failure_tags("recover")
    try:
        signing.reserve(tags, me.id)
        keys = officers.recovered(form.pair.data, form.first.data, form.second.data)
    except Refused as error:
        form.renew()
        return _recover_page(form, refusal(error)), status(error)
    with writing():
        signing.succeeded(tags)
        token = service.invite(form.name.data, "supervisor", GROUP_IDS, "", keys)
        audit.record("recover", form.pair.data, staff_id=me.id, staff_name=me.name)
    link = url_for("staff.join", token=token, _external=True)
    return _recover_page(RecoverForm(formdata=None), link=link)
