"""Pages of whoever looks after people: colleagues, what they work as, invitations, leaving."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import access, queries, service
from forum.accounts.access import Role
from forum.accounts.blueprint import bp
from forum.accounts.forms import InviteForm, PressForm, RolesForm
from forum.accounts.types import Person
from forum.accounts.words import ROLES, TASKS, again, refusal
from forum.db import writing
from forum.errors import NotFound, Refused
from forum.web.forms import settings


def address(path: str) -> str:
    """A full address of this door for people to open: from the settings, not from what a request claims."""
    return f"{(settings().forum_url or request.host_url).rstrip('/')}{path}"


def _page(form: InviteForm | None = None, link: str = "", failed: str = "") -> str:
    people = queries.everybody(present=False)
    return render_template(
        "accounts/people.html",
        people=[one for one in people if one.ended_at is None],
        left=[one for one in people if one.ended_at is not None],
        invited=queries.invited(),
        form=form or InviteForm(formdata=None),
        press=PressForm(formdata=None),
        names=ROLES,
        tasks={role.value: words for role, words in TASKS.items()},
        link=link,
        failed=failed,
        me=access.me(),
        may=Role.ADMIN in access.me().roles,
    )


@bp.get("/people")
@access.staff(Role.ADMIN, Role.LEAD)
def people() -> str:
    """Everybody who works here, who is invited, and for admins the form for one more."""
    return _page()


@bp.post("/people")
@access.staff(Role.ADMIN)
def invite() -> ResponseReturnValue:
    """Make a link for a colleague; it is shown once."""
    access.require_step_up()
    form = InviteForm()
    if not form.validate():
        return _page(form), 422
    with writing():
        token = service.invite(
            form.name.data, form.chosen(), nurse=form.nurse.data, mail=form.mail.data or ""
        )
    return _page(link=address(url_for("accounts.join", token=token)))


@bp.post("/people/invited/<invitation_id>")
@access.staff(Role.ADMIN)
def withdraw(invitation_id: str) -> ResponseReturnValue:
    """Take an invitation back."""
    if not PressForm().validate():
        return _page(failed=again()), 422
    with writing():
        service.withdraw(invitation_id)
    return redirect(url_for("accounts.people"), 303)


def _person(staff_id: int) -> Person:
    one = queries.find_person(staff_id)
    if one is None or one.ended_at is not None:
        raise NotFound
    return one


def _person_page(staff_id: int, form: RolesForm | None = None, failed: str = "") -> str:
    one = _person(staff_id)
    if form is None:
        form = RolesForm(formdata=None, roles=sorted(one.roles), nurse=one.nurse)
    return render_template(
        "accounts/person.html",
        one=one,
        form=form,
        press=PressForm(formdata=None),
        tasks={role.value: words for role, words in TASKS.items()},
        failed=failed,
        oneself=one.id == access.me().id,
    )


@bp.get("/people/<int:staff_id>")
@access.staff(Role.ADMIN)
def person(staff_id: int) -> str:
    """What somebody works as, and the ways to change it."""
    return _person_page(staff_id)


@bp.post("/people/<int:staff_id>")
@access.staff(Role.ADMIN)
def set_roles(staff_id: int) -> ResponseReturnValue:
    """Other roles for somebody."""
    access.require_step_up()
    form = RolesForm()
    if not form.validate():
        return _person_page(staff_id, form), 422
    try:
        with writing():
            service.set_roles(staff_id, form.chosen(), access.me().id, nurse=form.nurse.data)
    except Refused as error:
        return _person_page(staff_id, form, refusal(error)), 422
    return redirect(url_for("accounts.people"), 303)


@bp.post("/people/<int:staff_id>/again")
@access.staff(Role.ADMIN)
def invite_again(staff_id: int) -> ResponseReturnValue:
    """A link for somebody who lost password or authenticator; it is shown once."""
    access.require_step_up(url_for("accounts.people"))
    if not PressForm().validate():
        return _page(failed=again()), 422
    try:
        with writing():
            token = service.invite_again(staff_id, access.me().id)
    except Refused as error:
        return _page(failed=refusal(error)), 422
    return _page(link=address(url_for("accounts.join", token=token)))


@bp.post("/people/<int:staff_id>/end")
@access.staff(Role.ADMIN)
def end(staff_id: int) -> ResponseReturnValue:
    """Somebody leaves; their sessions end at once."""
    access.require_step_up(url_for("accounts.people"))
    if not PressForm().validate():
        return _page(failed=again()), 422
    try:
        with writing():
            service.end(staff_id, access.me().id)
    except Refused as error:
        return _page(failed=refusal(error)), 422
    return redirect(url_for("accounts.people"), 303)
