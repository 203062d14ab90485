"""The child's door: few words, one question a screen, and the truth about who reads it and when.

Answers travel sealed in a hidden field from screen to screen; nothing lies anywhere before it is sent.
"""

from dataclasses import replace
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from wtforms import HiddenField

from forum.errors import Refused
from forum.safeguarding.intake import (
    child_doors,
    child_rules,
    child_words,
    counters,
    door_bar,
    hidden,
    sending,
)
from forum.safeguarding.intake.child_rules import STEPS, WHAT, WHO, Told
from forum.safeguarding.intake.forms import LINE_MAX, TEXT_MAX, LetterForm, tidy
from forum.safeguarding.vault import store
from forum.web import access
from forum.web.forms import settings

bp = Blueprint("child", __name__, url_prefix="/child")
bp.app_template_filter("noted")(child_words.noted)
bp.app_template_filter("read_aloud")(child_words.read_aloud)

PURPOSE = "child"
# What each screen asks: names of fields of one line or text, and of fields with several choices.
_TYPED = {child_rules.WRITE: ("text",), child_rules.WHERE: ("school", "school_class", "name")}
_TYPED[child_rules.MEET] = ("speak_to",)
_CHOSEN = {child_rules.HAPPENED: ("happened", WHAT), child_rules.MEET: ("meet", WHO)}


class ChildForm(LetterForm):
    """One screen. `state`: the answers of the screens before it, sealed."""

    state = HiddenField()


def page(template: str, **facts: Any) -> str:
    """A page of the child's door, with its doors and hours for this moment."""
    return render_template(
        f"safeguarding/intake/child_{template}.html",
        look=door_bar.look(),
        doors=child_doors.doors(),
        **facts,
    )


def _question(form: ChildForm, told: Told, fault: str = "", template: str = "question") -> str:
    form.renew()
    form.state.data = hidden.put(PURPOSE, told.facts())
    return page(
        template, form=form, told=told, fault=fault, steps=STEPS, what=WHAT, who=WHO, text_max=TEXT_MAX
    )


def _answered(told: Told) -> Told:
    """The answers with those of the present screen."""
    given: dict[str, Any] = {}
    if told.step == child_rules.DANGER:
        danger = request.form.get("danger", "")
        given["danger"] = danger if danger in child_rules.NOW else ""
    for name in _TYPED.get(told.step, ()):
        given[name] = tidy(request.form.get(name))
    if told.step in _CHOSEN:
        name, choices = _CHOSEN[told.step]
        given[name] = tuple(value for value in request.form.getlist(name) if value in choices)
    return replace(told, **given)


@bp.get("/")
@access.visitor
def start() -> str:
    """Before the first question: what the way out does and what it cannot clear, who reads, and when."""
    try:
        store.desk_key()
    except Refused:
        return page("closed", kept="")
    return page("start")


@bp.get("/ask")
@access.visitor
def ask() -> str:
    """The first question: in danger now?"""
    return _question(ChildForm(formdata=None), Told())


@bp.post("/ask")
@access.visitor
def answer() -> ResponseReturnValue:
    """One answer; then the next question, the one before, or sending."""
    form = ChildForm()
    before = hidden.take(PURPOSE, form.state.data, settings().form_lifetime)
    going = request.form.get("go", "next")
    if before is None:  # too old: what this screen held may still be in the request
        told = replace(Told(), text=tidy(request.form.get("text"))[:TEXT_MAX])
        return _question(form, told, "old"), 422
    told = Told.of(before)
    if going != "open":
        told = _answered(told)
    long = child_rules.too_long(told, TEXT_MAX, LINE_MAX)
    if long:
        return _question(form, told, "long"), 422
    if not form.validate():
        return _question(form, told, "again"), 422
    if going == "send":
        return _sent(form, told)
    if going == "back":
        return _question(form, replace(told, step=max(child_rules.DANGER, told.step - 1)))
    if going == "open":
        return _question(form, told)
    onward = replace(told, step=min(STEPS, told.step + 1))
    in_danger = told.step == child_rules.DANGER and told.in_danger
    return _question(form, onward, template="danger" if in_danger else "question")


def _sent(form: ChildForm, told: Told) -> ResponseReturnValue:
    if not told.says_something:
        return _question(form, replace(told, step=child_rules.HAPPENED), "empty"), 422
    letter = sending.Letter(
        content=child_rules.content(told),
        entrance="child",
        groups=child_rules.recipients(told),
        urgent=told.in_danger,
        burst=counters.arrived(),
    )
    try:
        sent = sending.send(letter, form.seed_bytes)
    except Refused:
        return page("closed", kept=told.text), 503
    except DBAPIError as error:
        current_app.logger.error("letterbox: not stored, %s", type(error.orig).__name__)
        return _question(form, told, "failed"), 503
    return page("sent", words=sent.words.spoken, told=told, number=sent.kept.report_id)
