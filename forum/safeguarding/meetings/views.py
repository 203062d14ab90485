"""Pages of meetings and decisions. What is sealed is shown after 「ひらく」 only, with its audit line."""

from typing import Any

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from forum import clock
from forum.errors import NotFound, Refused
from forum.safeguarding import policy
from forum.safeguarding.cases import desk, lists
from forum.safeguarding.cases import queries as cases
from forum.safeguarding.cases.refusals import status
from forum.safeguarding.meetings import gathering, queries, rules, service, words, yearbook
from forum.safeguarding.meetings.forms import (
    CorrectionForm,
    MeetingForm,
    correction_form,
    decision_form,
    first_meeting_form,
)
from forum.safeguarding.meetings.types import KINDS, AgendaLine, Meeting
from forum.safeguarding.screening import catalogue
from forum.safeguarding.screening.forms import OpenForm, as_choices
from forum.safeguarding.screening.types import KINDS as SCREENED
from forum.safeguarding.screening.types import LISTS
from forum.safeguarding.staff import access
from forum.safeguarding.vault import store
from forum.safeguarding.vault.db import writing

bp = Blueprint("meetings", __name__)


@bp.record_once
def _install(state: BlueprintSetupState) -> None:
    assert isinstance(state.app, Flask)
    yearbook.install(state.app)


def hub_page(**more: Any) -> str:
    """The first page of the room: nothing sealed stands on it."""
    return render_template(
        "safeguarding/meetings/hub.html",
        form=OpenForm(),
        today=clock.today(),
        supervisor=desk.actor().supervisor,
        **more,
    )


@bp.get("/meetings")
@access.worker
def hub() -> ResponseReturnValue:
    """What this room offers."""
    return hub_page()


@bp.post("/meetings/list")
@access.worker
def open_list() -> ResponseReturnValue:
    """The latest meetings."""
    if not OpenForm().validate():
        return hub_page(), 422
    desk.note_opening("open_meetings", "meetings")
    return hub_page(meetings=queries.meetings(access.keyring()), kinds=KINDS)


def _agenda() -> tuple[AgendaLine, ...]:
    lines = gathering.register(lists.inbox(desk.actor()), access.keyring())
    return rules.agenda_of([gathering.agenda_facts(one) for one in lines], clock.now())


@bp.post("/meetings/agenda")
@access.worker
def agenda() -> ResponseReturnValue:
    """What the coming meeting should speak of, and the form to keep its record."""
    if not OpenForm().validate():
        return hub_page(), 422
    desk.note_opening("open_agenda", "agenda")
    found = _agenda()
    form = MeetingForm(formdata=None)
    form.held_on.data = clock.today()
    return _meeting_form_page(form, agenda=found)


def _meeting_form_page(form: MeetingForm, agenda: tuple[AgendaLine, ...] = ()) -> str:
    listed = [line.case_id for line in agenda] or list(form.cases.data or [])
    form.cases.choices = as_choices((one, one) for one in listed)
    return render_template(
        "safeguarding/meetings/meeting_form.html", form=form, agenda=agenda, now=clock.now()
    )


@bp.get("/meetings/new")
@access.worker
def new_meeting() -> ResponseReturnValue:
    """The form for a meeting's record, without an agenda."""
    return _meeting_form_page(first_meeting_form())


@bp.post("/meetings/new")
@access.worker
def hold() -> ResponseReturnValue:
    """Keep the record of a meeting."""
    form, who = MeetingForm(), desk.actor()
    if not form.validate():
        form.renew()
        return _meeting_form_page(form), 422
    try:
        prepared = service.prepare_meeting(form.meeting(), desk=store.desk_key(), actor=who)
        with writing():
            meeting_id = service.keep_meeting(prepared, who, once=form.once_key)
    except Refused as no:
        form.form_errors.append(words.sentence(no))
        form.renew()
        return _meeting_form_page(form), status(no)
    except NotFound:
        form.form_errors.append("ケースの番号がちがうか、あなたには見えないケースがあります。")
        form.renew()
        return _meeting_form_page(form), 422
    return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)


@bp.get("/meetings/<meeting_id>")
@access.worker
def show(meeting_id: str) -> ResponseReturnValue:
    """A meeting before it is opened."""
    if not queries.meeting_exists(meeting_id):
        raise NotFound
    return _meeting_page(meeting_id)


def _meeting_page(meeting_id: str, **more: Any) -> str:
    visible = set(queries.cases_before(meeting_id)) - cases.hidden_from(desk.actor().id)
    return render_template(
        "safeguarding/meetings/meeting.html",
        meeting_id=meeting_id,
        case_ids=[one for one in queries.cases_before(meeting_id) if one in visible],
        form=OpenForm(),
        kinds=KINDS,
        **more,
    )


@bp.post("/meetings/<meeting_id>")
@access.worker
def open_meeting(meeting_id: str) -> ResponseReturnValue:
    """Who was there, and what was written down of the whole meeting."""
    if not queries.meeting_exists(meeting_id):
        raise NotFound
    if not OpenForm().validate():
        return _meeting_page(meeting_id), 422
    desk.note_opening("open_meeting", meeting_id)
    return opened_page(queries.get_meeting(meeting_id, access.keyring()))


def opened_page(meeting: Meeting, typed: CorrectionForm | None = None) -> str:
    """An opened meeting, with the form for correcting its record."""
    return _meeting_page(
        meeting.id, meeting=meeting, correction=typed or correction_form(meeting), faulty=typed is not None
    )


@bp.get("/cases/<case_id>/decision")
@bp.get("/cases/<case_id>/decision/<meeting_id>")
@access.worker
def decide(case_id: str, meeting_id: str = "") -> ResponseReturnValue:
    """The form for a decision: of a meeting, of a supervisor, or of the worker alone."""
    if meeting_id and not queries.meeting_exists(meeting_id):
        raise NotFound
    case, form = cases.case(case_id, desk.actor()), decision_form(catalogue.current())
    form.see(case.version)
    return _decision_page(case, meeting_id, form)


def _decision_page(case: Any, meeting_id: str, form: Any) -> str:
    return render_template(
        "safeguarding/meetings/decide.html",
        case=case,
        meeting_id=meeting_id,
        form=form,
        screened=tuple(SCREENED),
        coded=tuple(LISTS),
        supervisor=desk.actor().supervisor,
    )


@bp.post("/cases/<case_id>/decision")
@bp.post("/cases/<case_id>/decision/<meeting_id>")
@access.worker
def save_decision(case_id: str, meeting_id: str = "") -> ResponseReturnValue:
    """Keep a decision and do what it decides."""
    case, who = cases.case(case_id, desk.actor()), desk.actor()
    form = decision_form(catalogue.current())
    if not form.validate():
        form.renew()
        return _decision_page(case, meeting_id, form), 422
    key = store.desk_key()
    try:
        prepared = service.prepare_decision(
            form.decision(meeting_id),
            case.ids,
            catalogue=catalogue.current(),
            ring=access.keyring(),
            desk=key,
            actor=who,
        )
        with writing():
            service.keep_decision(
                prepared, form.seen(), who, policy=policy.current(), desk=key, once=form.once_key
            )
    except Refused as no:
        form.form_errors.append(words.sentence(no))
        case = cases.case(case_id, who)
        form.see(case.version)
        return _decision_page(case, meeting_id, form), status(no)
    if meeting_id:
        return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)
    return redirect(url_for("cases.work", case_id=case.id), 303)
