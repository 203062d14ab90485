"""「わたしの相談」: what this browser wrote, taking it back, solving it, leaving no trace here."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum import clock
from forum.board import moderating, own, rules, service
from forum.board.blueprint import bp
from forum.board.edit_views import own_tag, proven
from forum.board.forms import ConfirmForm, ask_again
from forum.board.refusals import in_words
from forum.board.types import Post, Thread
from forum.db import writing
from forum.visitors import service as visitors
from forum.web import access


@bp.get("/mine")
@access.visitor
def mine() -> str:
    """Own worries and replies, each with what was answered since."""
    hand = visitors.hand()
    found = own.own_threads(hand.tag) if hand is not None else ()
    return render_template(
        "board/mine.html", found=found, known=hand is not None, forgotten=request.args.get("forgotten") == "1"
    )


@bp.get("/mine/forget")
@access.visitor
def forget() -> str:
    """Ask whether this browser should no longer know what it wrote."""
    return _forget_page(ConfirmForm())


@bp.post("/mine/forget")
@access.visitor
def forget_now() -> ResponseReturnValue:
    """Let this browser carry no hand any more. What was written stays where it is."""
    form = ConfirmForm()
    if not form.validate():
        ask_again(form)
        return _forget_page(form), 422
    visitors.forget()
    return redirect(url_for("board.mine", forgotten=1), 303)


def _forget_page(form: ConfirmForm) -> str:
    return render_template(
        "board/confirm.html",
        form=form,
        heading=_("この端末から消しますか"),
        words=_(
            "この端末では「わたしの相談」が空になります。書いたものは公開されたまま残り、"
            "合言葉がないと、書きなおすことも取り下げることもできなくなります。"
        ),
        excerpt="",
        button=_("この端末から消す"),
        action=url_for("board.forget_now"),
        back=url_for("board.mine"),
        danger=True,
    )


@bp.get("/threads/<thread_id>/solve")
@access.visitor
@in_words
def solve(thread_id: str) -> ResponseReturnValue:
    """Ask the asker whether it is solved, or not after all."""
    return _solve_page(own.own_thread(thread_id, own_tag(thread_id)), ConfirmForm())


@bp.post("/threads/<thread_id>/solve")
@access.visitor
@in_words
def solve_now(thread_id: str) -> ResponseReturnValue:
    """Keep that it is solved, or not after all."""
    tag = own_tag(thread_id)
    thread = own.own_thread(thread_id, tag)
    form = ConfirmForm()
    if not form.validate():
        ask_again(form)
        return _solve_page(thread, form), 422
    with writing():
        service.solve(thread.id, proven(tag), at=clock.now(), solved=request.form.get("solved") == "1")
    return redirect(url_for("ask.thread", thread_id=thread.id), 303)


def _solve_page(thread: Thread, form: ConfirmForm) -> str:
    return render_template("board/solve.html", form=form, thread=thread)


def _unread(thread_id: str, post_id: str | None) -> str:
    """What withdrawing leaves behind while a person has yet to read the text; empty for all others."""
    one = moderating.subject(thread_id, post_id)
    waits = moderating.waits(thread_id, post_id)
    if not rules.must_be_decided(one.visibility, one.found.level, waits=waits, first=one.found.first):
        return ""
    return _("いま、見守りの人が読むのを待っています。読み終わるまでは、その人だけが読めます。")


@bp.get("/threads/<thread_id>/withdraw")
@access.visitor
@in_words
def withdraw_thread(thread_id: str) -> ResponseReturnValue:
    """Ask the asker whether the worry should go."""
    return _withdraw_thread_page(own.own_thread(thread_id, own_tag(thread_id)), ConfirmForm())


@bp.post("/threads/<thread_id>/withdraw")
@access.visitor
@in_words
def withdraw_thread_now(thread_id: str) -> ResponseReturnValue:
    """Erase the worry."""
    tag = own_tag(thread_id)
    thread = own.own_thread(thread_id, tag)
    form = ConfirmForm()
    if not form.validate():
        ask_again(form)
        return _withdraw_thread_page(thread, form), 422
    with writing():
        service.withdraw_thread(thread.id, proven(tag))
    return redirect(url_for("ask.thread", thread_id=thread.id), 303)


def _withdraw_thread_page(thread: Thread, form: ConfirmForm) -> str:
    return render_template(
        "board/confirm.html",
        form=form,
        heading=_("この相談を取り下げますか"),
        words=_("題名と文は消え、もどせません。もらった返信も見えなくなります。") + _unread(thread.id, None),
        excerpt=thread.title,
        button=_("取り下げる"),
        action=url_for("board.withdraw_thread_now", thread_id=thread.id),
        back=url_for("ask.thread", thread_id=thread.id),
        danger=True,
    )


@bp.get("/posts/<post_id>/withdraw")
@access.visitor
@in_words
def withdraw_post(post_id: str) -> ResponseReturnValue:
    """Ask the writer whether the reply should go."""
    return _withdraw_post_page(own.own_post(post_id, own_tag), ConfirmForm())


@bp.post("/posts/<post_id>/withdraw")
@access.visitor
@in_words
def withdraw_post_now(post_id: str) -> ResponseReturnValue:
    """Erase the reply."""
    post = own.own_post(post_id, own_tag)
    form = ConfirmForm()
    if not form.validate():
        ask_again(form)
        return _withdraw_post_page(post, form), 422
    with writing():
        service.withdraw_post(post.id, proven(own_tag(post.thread_id)))
    return redirect(url_for("ask.thread", thread_id=post.thread_id), 303)


def _withdraw_post_page(post: Post, form: ConfirmForm) -> str:
    return render_template(
        "board/confirm.html",
        form=form,
        heading=_("この返信を取り下げますか"),
        words=_("文は消え、もどせません。返信があったことだけが残ります。")
        + _unread(post.thread_id, post.id),
        excerpt=post.body,
        button=_("取り下げる"),
        action=url_for("board.withdraw_post_now", post_id=post.id),
        back=url_for("board.mine"),
        danger=True,
    )
