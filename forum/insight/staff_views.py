"""Where officers answer what was written to the city."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from forum.accounts import access, audit, console
from forum.accounts.types import Role
from forum.board import queries as board
from forum.board.types import Thread
from forum.city.current import current
from forum.db import writing
from forum.errors import NotFound
from forum.insight import queries, service, words
from forum.insight.blueprint import bp
from forum.insight.forms import AnswerForm
from forum.insight.types import Answer, Status
from forum.web.forms import settings

console.register(_("市にとどいた声"), "insight.desk", (Role.CITY_OFFICER,))
audit.name_verbs(
    {
        "voice_answered": _("市への声に答えた"),
        Status.RECEIVED.value: _("受けとった"),
        Status.CONSIDERED.value: _("検討中"),
        Status.DONE.value: _("実施"),
        Status.REFUSED.value: _("できない"),
    }
)


@bp.get("/staff/voices")
@access.staff(Role.CITY_OFFICER)
def desk() -> str:
    """What was written to the city, newest first, with what was said so far."""
    page = queries.voices(current(), request.args.get("after"), settings().page_size)
    return render_template("insight/desk.html", page=page, status_word=words.status_word)


@bp.get("/staff/voices/<thread_id>")
@access.staff(Role.CITY_OFFICER)
def answer(thread_id: str) -> str:
    """One voice, its answers, and the form for the next."""
    thread, answers = _voice(thread_id)
    return _page(thread, answers, AnswerForm(_last(answers)))


@bp.post("/staff/voices/<thread_id>")
@access.staff(Role.CITY_OFFICER)
def send_answer(thread_id: str) -> ResponseReturnValue:
    """Answer in the name of the city; the badge is shown, never the person."""
    thread, answers = _voice(thread_id)
    form = AnswerForm(_last(answers))
    if not form.validate():
        form.renew()
        return _page(thread, answers, form), 422
    status = Status(form.decision.data)
    badge = access.me().badge or str(_("市の担当"))
    with writing():
        service.set_status(thread_id, status, form.reason.data, badge, form.once_key, words.as_reply)
        audit.record("voice_answered", thread_id, reason=status.value)
    return redirect(url_for("insight.desk"), 303)


def _voice(thread_id: str) -> tuple[Thread, tuple[Answer, ...]]:
    thread = board.get_thread(thread_id)
    if thread.withdrawn or thread.board not in {one.id for one in current().boards if one.to_city}:
        raise NotFound(thread_id)
    return thread, queries.answers_to([thread_id]).get(thread_id, ())


def _last(answers: tuple[Answer, ...]) -> Status | None:
    return answers[-1].status if answers else None


def _page(thread: Thread, answers: tuple[Answer, ...], form: AnswerForm) -> str:
    return render_template(
        "insight/answer.html", thread=thread, answers=answers, form=form, status_word=words.status_word
    )
