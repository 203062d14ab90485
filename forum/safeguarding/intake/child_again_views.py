"""A child comes back with words, reads what the desk wrote with its readings above, and writes on."""

from typing import Any

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from forum import clock
from forum.safeguarding.intake import counters, hidden, rules, sending
from forum.safeguarding.intake.child_views import page
from forum.safeguarding.intake.forms import TEXT_MAX, VisitForm, area, tidy
from forum.safeguarding.vault import queries, replies, values, words
from forum.safeguarding.vault.content import Content, Paragraph
from forum.sealing.envelope import Unopenable
from forum.web import access

bp = Blueprint("child_again", __name__, url_prefix="/child")


class ChildBackForm(VisitForm):
    """The words, or what is written on; `visit` says whose."""

    words = area("")
    text = area("")


@bp.get("/back")
@access.visitor
def back() -> str:
    """Where a child types the words."""
    return _asked(ChildBackForm(formdata=None))


@bp.post("/back")
@access.visitor
def come_back() -> ResponseReturnValue:
    """Open what the words find. Guessing is slowed for seconds; nothing about it is stored."""
    form = ChildBackForm()
    visit, fault = _found(form) if form.validate() else (None, "again")
    return _visited(form, visit) if visit else (_asked(form, fault), 422)


@bp.post("/more")
@access.visitor
def more() -> ResponseReturnValue:
    """What a child adds to what it sent before."""
    form = ChildBackForm()
    visit = hidden.Visit.take(form.visit.data)
    text = tidy(form.text.data)
    if visit is None:
        return _asked(form, "old"), 422
    if not form.validate():
        return _visited(form, visit, fault="long" if len(text) > TEXT_MAX else "again"), 422
    if not text:
        return _visited(form, visit, fault="nothing"), 422
    pieces = tuple(Paragraph(piece) for piece in rules.paragraphs_of(text))
    try:
        sending.add(visit.report_id, Content(pieces, child_wrote=True), (), form.seed_bytes)
    except DBAPIError as error:
        current_app.logger.error("letterbox: not stored, %s", type(error.orig).__name__)
        return _visited(form, visit, fault="failed"), 503
    return _visited(ChildBackForm(formdata=None), visit, added=True)


def _asked(form: ChildBackForm, fault: str = "") -> str:
    form.renew()
    return page("back", form=form, fault=fault)


def _found(form: ChildBackForm) -> tuple[hidden.Visit | None, str]:
    source, misses = request.remote_addr or "", counters.here().misses
    typed = words.read_words(form.words.data)
    if typed is None:
        return None, "unread"
    count, last = misses.of(source)
    if last and (clock.now() - last).total_seconds() < rules.wait_after(count):
        return None, "wait"
    found = queries.find_report(words.keys_of(typed, values.get(values.WORDS_SALT)).lookup)
    if found is None:
        misses.add(source)
        return None, "unknown"
    return hidden.Visit(typed, found.report_id), ""


def _visited(form: ChildBackForm, visit: hidden.Visit, **facts: Any) -> str:
    keys = words.keys_of(visit.words, values.get(values.WORDS_SALT))
    found = queries.find_report(keys.lookup)
    if found is None:  # its time is over, or it was merged away while the page lay open
        return _asked(form, "unknown")
    messages = []
    for message in found.messages:
        try:
            messages.append((message.at, replies.open_reply(keys, found.report_id, message)))
        except Unopenable:
            messages.append((message.at, ""))
    form.renew()
    form.visit.data = visit.put()
    shown = {"fault": "", "added": False, **facts}
    return page("visit", form=form, messages=messages, read=found.read_at is not None, **shown)
