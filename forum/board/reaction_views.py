"""「私も」 and 「助かった」: small uncached pages with one button."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.board import admission, queries, service
from forum.board.blueprint import bp
from forum.board.forms import ConfirmForm, ask_again
from forum.board.refusals import in_words
from forum.board.reply_views import place_of
from forum.board.types import Post, Thread
from forum.db import writing
from forum.errors import Refused
from forum.visitors import service as visitors
from forum.web import access


def _me_too_page(thread: Thread, form: ConfirmForm) -> str:
    return render_template(
        "board/confirm.html",
        form=form,
        heading=_("「私も」を送りますか"),
        words=_("同じことで困っている、と伝わります。だれが押したかは分かりません。"),
        excerpt=thread.title,
        button=_("私も"),
        action=url_for("board.press_me_too", thread_id=thread.id),
        back=url_for("ask.thread", thread_id=thread.id),
        danger=False,
    )


def _helped_page(post: Post, form: ConfirmForm) -> str:
    return render_template(
        "board/confirm.html",
        form=form,
        heading=_("「助かった」を送りますか"),
        words=_("この返信が役に立った、と書いた人に伝わります。だれが押したかは分かりません。"),
        excerpt=post.body,
        button=_("助かった"),
        action=url_for("board.press_helped", post_id=post.id),
        back=place_of(post),
        danger=False,
    )


def _shown_thread(thread_id: str) -> Thread:
    thread = queries.get_thread(thread_id)
    if thread.withdrawn:
        raise Refused("thread_gone")
    return thread


def _shown_post(post_id: str) -> Post:
    post = queries.get_post(post_id)
    if post.withdrawn:
        raise Refused("text_gone")
    return post


@bp.get("/threads/<thread_id>/me-too")
@access.visitor
@in_words
def me_too(thread_id: str) -> ResponseReturnValue:
    """Ask whether 「私も」 is meant."""
    return _me_too_page(_shown_thread(thread_id), ConfirmForm())


@bp.post("/threads/<thread_id>/me-too")
@access.visitor
@in_words
def press_me_too(thread_id: str) -> ResponseReturnValue:
    """Count the 「私も」."""
    form = ConfirmForm()
    thread = _shown_thread(thread_id)
    if not form.validate():
        ask_again(form)
        return _me_too_page(thread, form), 422
    admission.spend_press()
    hand = visitors.ensure_hand()
    with writing():
        service.me_too(thread.id, hand.tag(thread.id), hand.mark("me_too", thread.id))
    return redirect(url_for("ask.thread", thread_id=thread.id), 303)


@bp.get("/posts/<post_id>/helped")
@access.visitor
@in_words
def helped(post_id: str) -> ResponseReturnValue:
    """Ask whether 「助かった」 is meant."""
    return _helped_page(_shown_post(post_id), ConfirmForm())


@bp.post("/posts/<post_id>/helped")
@access.visitor
@in_words
def press_helped(post_id: str) -> ResponseReturnValue:
    """Count the 「助かった」."""
    form = ConfirmForm()
    post = _shown_post(post_id)
    if not form.validate():
        ask_again(form)
        return _helped_page(post, form), 422
    admission.spend_press()
    hand = visitors.ensure_hand()
    with writing():
        service.helped(post.id, hand.tag(post.thread_id), hand.mark("helped", post.id))
    return redirect(place_of(post), 303)
