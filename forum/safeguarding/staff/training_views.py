"""The page of a training link. Not there in production."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from forum.safeguarding.staff import access, training
from forum.safeguarding.staff.forms import PressForm
from forum.safeguarding.staff.models import StaffRow
from forum.safeguarding.staff.sign_views import let_in
from forum.safeguarding.vault.db import vault_db
from forum.web import access as marks

bp = Blueprint("training", __name__)


@bp.get("/training/<token>")
@marks.visitor
def show(token: str) -> str:
    """A button, so that a preview of the link does not use it up."""
    return _page(token, PressForm(formdata=None))


def _page(token: str, form: PressForm) -> str:
    name = vault_db.session.get_one(StaffRow, training.found(token).staff_id).name
    return render_template("safeguarding/staff/training.html", token=token, name=name, form=form)


@bp.post("/training/<token>")
@marks.visitor
def enter(token: str) -> ResponseReturnValue:
    """Sign in, once."""
    form = PressForm()
    if not form.validate():
        return _page(token, form), 422
    return let_in(training.use(token, access.device()), None)
