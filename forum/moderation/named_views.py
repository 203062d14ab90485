"""Notice and action: the form for people who are named in a text, its answer, and the readers' side."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum import clock
from forum.accounts.access import me, staff
from forum.db import writing
from forum.errors import Refused
from forum.moderation import named, words
from forum.moderation.blueprint import bp
from forum.moderation.forms import NamedForm, PressForm, SettleForm
from forum.moderation.queue_views import READERS
from forum.moderation.reading import reading
from forum.moderation.types import Notice, Outcome
from forum.privacy.input import clean_input
from forum.web import access, limits
from forum.web.forms import settings


def _form_page(form: NamedForm) -> str:
    return render_template("moderation/named.html", form=form, hours=reading().care.notice_hours)


@bp.get("/named")
@access.visitor
def named_form() -> str:
    """The empty form; `thread` fills in the place."""
    thread_id = request.args.get("thread", "")
    known = thread_id.isascii() and thread_id.isalnum() and len(thread_id) <= 20
    place = url_for("ask.thread", thread_id=thread_id) if known else ""
    return _form_page(NamedForm(data={"place": place}))


@bp.post("/named")
@access.visitor
def send_named() -> ResponseReturnValue:
    """Take in what a named person asks."""
    form = NamedForm()
    if not form.validate():
        form.renew()
        return make_response(_form_page(form), 422)
    limits.spend("flags", settings().posts_per_address)
    with writing():
        notice_id = named.file(
            name=_clean(form.name.data),
            place=_clean(form.place.data),
            what=_clean(form.what.data),
            why=_clean(form.why.data),
            once=form.once_key,
        )
    return redirect(url_for("moderation.named_answer", notice_id=notice_id), 303)


def _clean(typed: str | None) -> str:
    return clean_input(typed or "").strip()


@bp.get("/named/<notice_id>")
@access.visitor
def named_answer(notice_id: str) -> str:
    """By when it is answered, or how it was: for whoever has the number."""
    return render_template(
        "moderation/named_answer.html", notice=named.get(notice_id), words=words, now=clock.now()
    )


@bp.get("/staff/notices")
@staff(*READERS)
def notices() -> str:
    """What named people ask, by its clock, without a word of it."""
    return render_template(
        "moderation/notices.html", notices=named.notices(), words=words, now=clock.now(), press=PressForm()
    )


def _notice_page(notice: Notice, form: SettleForm, status: int = 200) -> ResponseReturnValue:
    page = render_template("moderation/notice.html", notice=notice, form=form, words=words, now=clock.now())
    return make_response(page, status)


@bp.post("/staff/notices/<notice_id>/open")
@staff(*READERS)
def open_notice(notice_id: str) -> ResponseReturnValue:
    """「ひらく」: the line in the record first."""
    if not PressForm().validate():
        return redirect(url_for("moderation.notices"), 303)
    with writing():
        notice = named.open_notice(notice_id)
    return _notice_page(notice, SettleForm(formdata=None))


@bp.post("/staff/notices/<notice_id>/settle")
@staff(*READERS)
def settle(notice_id: str) -> ResponseReturnValue:
    """Answer it."""
    form = SettleForm()
    if not form.validate():
        if form.csrf_token.errors:
            return redirect(url_for("moderation.notices"), 303)
        form.renew()
        with writing():
            notice = named.open_notice(notice_id)
        return _notice_page(notice, form, 422)
    try:
        with writing():
            named.settle(notice_id, me(), Outcome(form.outcome.data))
    except Refused as no:
        if no.code != "decided":
            raise
    return redirect(url_for("moderation.notices"), 303)
