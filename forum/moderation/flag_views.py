"""「心配です」 and 「困った投稿です」: small uncached pages, without an account."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.board import moderating
from forum.board.types import POSTS_PER_PAGE, Subject, Visibility
from forum.db import writing
from forum.errors import NotFound, Refused
from forum.moderation import flags
from forum.moderation.blueprint import bp
from forum.moderation.forms import FlagForm
from forum.moderation.types import FlagReason, Tone
from forum.moderation.writer_views import door_now, waiting_words
from forum.visitors import service as visitors
from forum.web import access, limits
from forum.web.forms import settings


def _shown(thread_id: str, post_id: str | None) -> Subject:
    """The text, if it is one that anybody sees. Raises NotFound."""
    subject = moderating.subject(thread_id, post_id)
    if (subject.visibility, subject.thread_visibility) != (Visibility.PUBLIC, Visibility.PUBLIC):
        raise NotFound(thread_id)
    return subject


def _place(subject: Subject) -> str:
    page = (subject.number - 1) // POSTS_PER_PAGE + 1 if subject.number else 1
    anchor = f"r{subject.number}" if subject.number else None
    return url_for("ask.thread", thread_id=subject.thread_id, page=page if page > 1 else None, _anchor=anchor)


def _page(subject: Subject, form: FlagForm) -> str:
    if subject.post_id:
        action = url_for("moderation.send_post_flag", thread_id=subject.thread_id, post_id=subject.post_id)
    else:
        action = url_for("moderation.send_thread_flag", thread_id=subject.thread_id)
    return render_template(
        "moderation/flag.html",
        subject=subject,
        form=form,
        action=action,
        back=_place(subject),
    )


def _counts(key: str) -> bool:
    """True for the first telling from a network about a text today; nothing of it is stored."""
    try:
        limits.spend(f"flag:{key}", "1 per day")
    except Refused:
        return False
    return True


def _send(thread_id: str, post_id: str | None) -> ResponseReturnValue:
    subject = _shown(thread_id, post_id)
    form = FlagForm()
    if not form.validate():
        form.renew()
        return _page(subject, form), 422
    limits.spend("flags", settings().posts_per_address)
    hand = visitors.ensure_hand(form.once_key)
    counts = _counts(subject.key)
    with writing():
        flags.flag(
            subject.thread_id,
            subject.post_id,
            Tone(form.tone.data),
            FlagReason(form.reason.data),
            hand.mark("flag", subject.key),
            counts=counts,
        )
    return redirect(url_for("moderation.thanks"), 303)


@bp.get("/threads/<thread_id>/flag")
@access.visitor
def flag_thread(thread_id: str) -> ResponseReturnValue:
    """Tell about a worry."""
    return _page(_shown(thread_id, None), FlagForm())


@bp.post("/threads/<thread_id>/flag")
@access.visitor
def send_thread_flag(thread_id: str) -> ResponseReturnValue:
    """Take in what somebody tells about a worry."""
    return _send(thread_id, None)


@bp.get("/threads/<thread_id>/posts/<post_id>/flag")
@access.visitor
def flag_post(thread_id: str, post_id: str) -> ResponseReturnValue:
    """Tell about a reply."""
    return _page(_shown(thread_id, post_id), FlagForm())


@bp.post("/threads/<thread_id>/posts/<post_id>/flag")
@access.visitor
def send_post_flag(thread_id: str, post_id: str) -> ResponseReturnValue:
    """Take in what somebody tells about a reply."""
    return _send(thread_id, post_id)


@bp.get("/flagged")
@access.visitor
def thanks() -> str:
    """Say when a person reads it, and which door is open until then."""
    return render_template("moderation/thanks.html", waiting=waiting_words(), door=door_now(()))
