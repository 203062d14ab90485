"""The room's pages hang on this one blueprint."""

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts import ways
from forum.accounts.access import SignedOut, StepUpNeeded, WrongRole
from forum.web.pages import kept_text

bp = Blueprint("accounts", __name__, url_prefix=ways.ROOT)


@bp.app_errorhandler(StepUpNeeded)
def _ask_for_code(error: StepUpNeeded) -> ResponseReturnValue:
    return redirect(url_for("accounts.step_up", back=error.back), 303)


@bp.app_errorhandler(WrongRole)
def _wrong_role(error: WrongRole) -> Response:
    page = render_template(
        "accounts/refused.html",
        heading=_("このページは、別の役割の人のものです"),
        sentence=_("必要なときは、責任者に相談してください。"),
        kept="",
        back="",
    )
    return make_response(page, 403)


@bp.app_errorhandler(SignedOut)
def _signed_out(error: SignedOut) -> Response:
    page = render_template(
        "accounts/refused.html",
        heading=_("サインインの時間が切れました"),
        sentence=_("送った内容は、まだ保存されていません。もう一度サインインしてから、送ってください。"),
        kept=kept_text(),
        back=ways.present_page(),
    )
    return make_response(page, 401)
