"""Rewrite one's own text: the same gate as when it was written."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum import clock
from forum.board import admission, own, service
from forum.board.blueprint import bp
from forum.board.forms import EditPostForm, EditThreadForm, ask_again, kept_numbers
from forum.board.refusals import in_words
from forum.board.reply_views import place_of
from forum.board.types import Post, Thread
from forum.city.current import current
from forum.db import writing
from forum.errors import Refused
from forum.visitors import gate
from forum.visitors import service as visitors
from forum.web import access
from forum.web.forms import settings


def own_tag(thread_id: str) -> str | None:
    """What this browser can prove in a thread; None if it never wrote."""
    hand = visitors.hand()
    return hand.tag(thread_id) if hand is not None else None


def proven(tag: str | None) -> str:
    """The tag of a browser that wrote. Raises Refused not_yours if there is none."""
    if tag is None:
        raise Refused("not_yours")
    return tag


def _thread_page(thread: Thread, form: EditThreadForm) -> str:
    return render_template("board/edit_thread.html", thread=thread, form=form, limits=settings())


def _post_page(post: Post, form: EditPostForm) -> str:
    return render_template("board/edit_post.html", post=post, form=form, limits=settings())


@bp.get("/threads/<thread_id>/edit")
@access.visitor
@in_words
def edit_thread(thread_id: str) -> ResponseReturnValue:
    """The own worry, to rewrite."""
    thread = own.own_thread(thread_id, own_tag(thread_id))
    return _thread_page(thread, EditThreadForm(data={"title": thread.title, "text": thread.body}))


@bp.post("/threads/<thread_id>/edit")
@access.visitor
@in_words
def save_thread(thread_id: str) -> ResponseReturnValue:
    """Keep the rewritten worry."""
    tag = own_tag(thread_id)
    thread = own.own_thread(thread_id, tag)
    admission.check_posting_open()
    form = EditThreadForm()
    if not form.validate():
        ask_again(form)
        return _thread_page(thread, form), 422
    text = gate.review(form.text.data or "", current(), beside=gate.told_beside(thread.child_age_months))
    title = gate.review(" ".join((form.title.data or "").split()), current())
    if (text.interrupted or title.interrupted) and form.agreed.data != "1":
        return render_template("board/preview_thread.html", form=form, thread=thread, text=text, title=title)
    admission.spend_post(visitors.hand())
    with writing():
        service.edit_thread(
            thread.id,
            proven(tag),
            title=title.public_text(),
            body=text.public_text(kept_numbers(form)),
            at=clock.now(),
        )
    return redirect(url_for("ask.thread", thread_id=thread.id), 303)


@bp.get("/posts/<post_id>/edit")
@access.visitor
@in_words
def edit_post(post_id: str) -> ResponseReturnValue:
    """The own reply, to rewrite or to take back."""
    post = own.own_post(post_id, own_tag)
    return _post_page(post, EditPostForm(data={"body": post.body}))


@bp.post("/posts/<post_id>/edit")
@access.visitor
@in_words
def save_post(post_id: str) -> ResponseReturnValue:
    """Keep the rewritten reply."""
    post = own.own_post(post_id, own_tag)
    admission.check_posting_open()
    form = EditPostForm()
    if not form.validate():
        ask_again(form)
        return _post_page(post, form), 422
    text = gate.review(form.body.data or "", current())
    if text.interrupted and form.agreed.data != "1":
        return render_template("board/preview_post.html", form=form, post=post, text=text)
    admission.spend_post(visitors.hand())
    body = text.public_text(kept_numbers(form))
    with writing():
        service.edit_post(post.id, proven(own_tag(post.thread_id)), body=body, at=clock.now())
    return redirect(place_of(post), 303)
