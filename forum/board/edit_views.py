"""Rewrite one's own text: the same gate as when it was written."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum import clock
from forum.board import admission, own, rules, service
from forum.board.blueprint import bp
from forum.board.forms import EditPostForm, EditThreadForm, ask_again, kept_numbers
from forum.board.refusals import in_words
from forum.board.reply_views import place_of
from forum.board.reviewing import Stopped, admitted, after_writing, help_page
from forum.board.types import Post, Thread
from forum.city.current import current
from forum.db import writing
from forum.errors import Refused
from forum.visitors import gate
from forum.visitors import service as visitors
from forum.visitors.gate import Reviewed
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
    # A title that was made of the text is made anew of the next one.
    title = "" if thread.title == rules.propose_title(thread.body) else thread.title
    return _thread_page(thread, EditThreadForm(data={"title": title, "text": thread.body}))


@bp.post("/threads/<thread_id>/edit")
@access.visitor
@in_words
def save_thread(thread_id: str) -> ResponseReturnValue:
    """Keep the rewritten worry."""
    tag = own_tag(thread_id)
    thread = own.own_thread(thread_id, tag)
    form = EditThreadForm()
    if not form.validate():
        admission.check_posting_open()
        ask_again(form)
        return _thread_page(thread, form), 422
    text = gate.review(form.text.data or "", current(), beside=gate.told_beside(thread.child_age_months))
    title = gate.review(" ".join((form.title.data or "").split()), current())
    if text.held or title.held:
        reason = admission.why_not(visitors.hand())
        if not reason:
            _rewrite_thread(thread, proven(tag), form, text, title)
        return help_page(Stopped((title, text), None if reason else thread.id, reason=reason))
    admission.check_posting_open()
    if (text.interrupted or title.interrupted) and form.agreed.data != "1":
        return render_template("board/preview_thread.html", form=form, thread=thread, text=text, title=title)
    admission.spend_post(visitors.hand())
    after = _rewrite_thread(thread, proven(tag), form, text, title)
    return redirect(
        after_writing(after.visibility, thread.id, url_for("ask.thread", thread_id=thread.id)), 303
    )


def _rewrite_thread(
    thread: Thread, tag: str, form: EditThreadForm, text: Reviewed, title: Reviewed
) -> Thread:
    way = admitted(title, text, kept=kept_numbers(form))
    body = text.public_text(way.kept)
    with writing():
        return service.edit_thread(
            thread.id,
            tag,
            title=title.public_text(),
            body=body,
            at=clock.now(),
            found=way.found,
            hold=way.held,
        )


@bp.get("/threads/<thread_id>/coarsen")
@access.visitor
@in_words
def coarsen_thread(thread_id: str) -> ResponseReturnValue:
    """The own worry in coarser words, ready to be taken over with one button."""
    thread = own.own_thread(thread_id, own_tag(thread_id))
    form = EditThreadForm(data={"title": thread.title, "text": thread.body})
    text = gate.review(thread.body, current(), beside=gate.told_beside(thread.child_age_months))
    title = gate.review(thread.title, current())
    if not text.interrupted and not title.interrupted:
        return render_template("board/coarse_enough.html", thread=thread, post=None)
    return render_template("board/preview_thread.html", form=form, thread=thread, text=text, title=title)


@bp.get("/posts/<post_id>/coarsen")
@access.visitor
@in_words
def coarsen_post(post_id: str) -> ResponseReturnValue:
    """The own reply in coarser words, ready to be taken over with one button."""
    post = own.own_post(post_id, own_tag)
    text = gate.review(post.body, current())
    if not text.interrupted:
        return render_template("board/coarse_enough.html", thread=None, post=post)
    form = EditPostForm(data={"body": post.body})
    return render_template("board/preview_post.html", form=form, post=post, text=text)


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
    form = EditPostForm()
    if not form.validate():
        admission.check_posting_open()
        ask_again(form)
        return _post_page(post, form), 422
    text = gate.review(form.body.data or "", current())
    if text.held:
        reason = admission.why_not(visitors.hand())
        if not reason:
            _rewrite_post(post, form, text)
        return help_page(Stopped((text,), None if reason else post.thread_id, post.id, reason))
    admission.check_posting_open()
    if text.interrupted and form.agreed.data != "1":
        return render_template("board/preview_post.html", form=form, post=post, text=text)
    admission.spend_post(visitors.hand())
    after = _rewrite_post(post, form, text)
    return redirect(after_writing(after.visibility, post.thread_id, place_of(post)), 303)


def _rewrite_post(post: Post, form: EditPostForm, text: Reviewed) -> Post:
    way = admitted(text, kept=kept_numbers(form))
    tag, body = proven(own_tag(post.thread_id)), text.public_text(way.kept)
    with writing():
        return service.edit_post(post.id, tag, body=body, at=clock.now(), found=way.found, hold=way.held)
