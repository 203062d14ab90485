"""Reply to a thread: an uncached page with token and ticket."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.board import admission, queries, service
from forum.board.blueprint import bp
from forum.board.forms import ReplyForm, ask_again, kept_numbers, kind_descriptions
from forum.board.refusals import in_words
from forum.board.reviewing import Stopped, admitted, after_writing, help_page
from forum.board.types import Kind, NewReply, Post, Thread
from forum.city.current import current
from forum.db import writing
from forum.errors import Refused
from forum.visitors import gate
from forum.visitors import service as visitors
from forum.visitors.gate import Reviewed
from forum.web import access
from forum.web.forms import settings


def place_of(post: Post) -> str:
    """The address of a reply on its thread's page."""
    page = post.page if post.page > 1 else None
    return url_for("ask.thread", thread_id=post.thread_id, page=page, _anchor=post.anchor)


def _open_thread(thread_id: str) -> Thread:
    thread = queries.get_thread(thread_id)
    if thread.withdrawn:
        raise Refused("thread_gone")
    if thread.locked:
        raise Refused("thread_locked")
    return thread


def _reply_page(thread: Thread, form: ReplyForm) -> str:
    return render_template(
        "board/reply.html", thread=thread, form=form, limits=settings(), descriptions=kind_descriptions()
    )


@bp.get("/threads/<thread_id>/reply")
@access.visitor
@in_words
def reply(thread_id: str) -> ResponseReturnValue:
    """The empty reply below the worry."""
    thread = _open_thread(thread_id)
    admission.check_posting_open()
    return _reply_page(thread, ReplyForm())


@bp.post("/threads/<thread_id>/reply")
@access.visitor
@in_words
def send_reply(thread_id: str) -> ResponseReturnValue:
    """Post the reply; help first, or one extra page at most, when something would give the writer away."""
    thread = _open_thread(thread_id)
    form = ReplyForm()
    if not form.validate():
        admission.check_posting_open()
        ask_again(form)
        return _reply_page(thread, form), 422
    text = gate.review(form.body.data or "", current())
    if text.held:
        return _help_first(thread, form, text)
    admission.check_posting_open()
    if text.interrupted and form.agreed.data != "1":
        return render_template("board/preview_reply.html", form=form, thread=thread, text=text)
    admission.spend_post(visitors.hand())
    post = _post(thread, form, text)
    return redirect(after_writing(post.visibility, thread.id, place_of(post)), 303)


def _help_first(thread: Thread, form: ReplyForm, text: Reviewed) -> ResponseReturnValue:
    """Keep the reply for a person to read, and show its writer help at once."""
    reason = admission.why_not(visitors.hand())
    if reason:
        return help_page(Stopped((text,), reason=reason))
    return help_page(Stopped((text,), thread.id, _post(thread, form, text).id))


def _post(thread: Thread, form: ReplyForm, text: Reviewed) -> Post:
    way = admitted(text, kept=kept_numbers(form), first=visitors.hand() is None)
    new = NewReply(
        thread_id=thread.id,
        author_tag=visitors.ensure_hand(form.once_key).tag(thread.id),
        once=form.once_key,
        kind=Kind(form.kind.data),
        body=text.public_text(way.kept),
        visibility=way.visibility,
        found=way.found,
    )
    with writing():
        return service.reply(new)
