"""Somebody of the city answers a worry, under a badge and never under a name."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from forum.accounts import access, audit, console
from forum.accounts.types import Role
from forum.board import queries, service
from forum.board.blueprint import bp
from forum.board.forms import OfficerForm, ask_again, kept_numbers
from forum.board.queries import Filters, Show
from forum.board.refusals import in_words
from forum.board.reply_views import place_of
from forum.board.reviewing import admitted
from forum.board.types import Kind, NewReply, Origin, Post, Thread
from forum.city.current import current
from forum.db import writing
from forum.errors import Refused
from forum.visitors import gate
from forum.visitors.gate import Reviewed
from forum.web.forms import settings

console.register(_("相談に答える"), "board.to_answer", (Role.CITY_OFFICER,))
audit.name_verbs({"board.answered": _("相談に市として答えた")})


@bp.get("/staff/threads")
@access.staff(Role.CITY_OFFICER)
def to_answer() -> str:
    """Worries that nobody has answered yet, newest first."""
    page = queries.threads(Filters(), Show.UNANSWERED, request.args.get("after"), settings().page_size)
    return render_template("board/to_answer.html", page=page)


def _open_thread(thread_id: str) -> Thread:
    thread = queries.get_thread(thread_id)
    if thread.withdrawn:
        raise Refused("thread_gone")
    return thread


def _page(thread: Thread, form: OfficerForm, text: Reviewed | None = None) -> str:
    return render_template(
        "board/answer.html", thread=thread, form=form, text=text, me=access.me(), limits=settings()
    )


@bp.get("/staff/threads/<thread_id>/answer")
@access.staff(Role.CITY_OFFICER)
@in_words
def answer(thread_id: str) -> ResponseReturnValue:
    """The worry with its replies, and the box for the city's answer."""
    return _page(_open_thread(thread_id), OfficerForm())


@bp.post("/staff/threads/<thread_id>/answer")
@access.staff(Role.CITY_OFFICER)
@in_words
def send_answer(thread_id: str) -> ResponseReturnValue:
    """Post the answer; the same gate as everybody's, and the same preview. Also where replies are stopped."""
    thread = _open_thread(thread_id)
    form = OfficerForm()
    if not form.validate():
        ask_again(form)
        return _page(thread, form), 422
    text = gate.review(form.body.data or "", current())
    if text.interrupted and form.agreed.data != "1":
        return _page(thread, form, text)
    return redirect(place_of(_post(thread, form, text)), 303)


def _post(thread: Thread, form: OfficerForm, text: Reviewed) -> Post:
    new = NewReply(
        thread_id=thread.id,
        author_tag=None,
        once=form.once_key,
        kind=Kind.INFO,
        body=text.public_text(kept_numbers(form)),
        origin=Origin.OFFICER,
        found=admitted(text).found,  # read like any text; an officer speaks of danger to help against it
    )
    with writing():
        post = service.reply(new, badge=access.me().badge)
        audit.record("board.answered", thread.id)
    return post
