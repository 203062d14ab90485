"""Pages of screening. What was answered and decided is shown after 「ひらく」 only, with its audit line."""

from typing import Any

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from forum.errors import NotFound, Refused
from forum.safeguarding import policy
from forum.safeguarding.cases import desk
from forum.safeguarding.cases import queries as cases
from forum.safeguarding.cases.refusals import status
from forum.safeguarding.cases.types import Case
from forum.safeguarding.screening import block, catalogue, queries, service, words
from forum.safeguarding.screening.forms import OpenForm, record_form, sheet_form
from forum.safeguarding.screening.rules import outcome as outcome_of
from forum.safeguarding.screening.types import KINDS, STATUSES, Assessment, Authority, Sheet
from forum.safeguarding.staff import access
from forum.safeguarding.vault import store
from forum.safeguarding.vault.db import writing

bp = Blueprint("screening", __name__)


@bp.record_once
def _install(state: BlueprintSetupState) -> None:
    assert isinstance(state.app, Flask)
    catalogue.install(state.app)
    state.app.jinja_env.filters["stamp"] = desk.stamp


def _case(case_id: str) -> Case:
    return cases.case(case_id, desk.actor())


@bp.get("/cases/<case_id>/screening")
@access.worker
def show(case_id: str) -> ResponseReturnValue:
    """The sheets that can be filled in, the decisions that can be made; nothing of what was written."""
    return _show_page(_case(case_id))


def _show_page(case: Case, **more: Any) -> str:
    return render_template(
        "safeguarding/screening/show.html",
        case=case,
        catalogue=catalogue.current(),
        kinds=KINDS,
        form=OpenForm(),
        **more,
    )


@bp.post("/cases/<case_id>/screening")
@access.worker
def open_screening(case_id: str) -> ResponseReturnValue:
    """Open what was answered and decided."""
    case = _case(case_id)
    if not OpenForm().validate():
        return _show_page(case), 422
    desk.note_opening("open_screening", case.id)
    return _show_page(case, picture=block.picture(case.ids, access.keyring()))


@bp.get("/cases/<case_id>/screening/sheets/<sheet_id>")
@access.worker
def blank_sheet(case_id: str, sheet_id: str) -> ResponseReturnValue:
    """An empty sheet."""
    case, sheet = _case(case_id), catalogue.current().sheet(sheet_id)
    form = sheet_form(sheet)
    form.see(case.version)
    return _sheet_page(case, sheet, form)


@bp.post("/cases/<case_id>/screening/sheets/<sheet_id>/again")
@access.worker
def open_sheet(case_id: str, sheet_id: str) -> ResponseReturnValue:
    """The sheet with the answers of last time, to go on from them."""
    case, sheet = _case(case_id), catalogue.current().sheet(sheet_id)
    if not OpenForm().validate():
        return _show_page(case), 422
    desk.note_opening("open_assessment", case.id)
    filled = queries.latest(queries.assessments(case.ids, access.keyring()))
    before = next((one for one in reversed(filled) if one.sheet.id == sheet.id), None)
    form = sheet_form(sheet, before.answers if before else None)
    form.see(case.version)
    return _sheet_page(case, sheet, form, before=before)


def _sheet_page(case: Case, sheet: Sheet, form: Any, before: Assessment | None = None) -> str:
    return render_template(
        "safeguarding/screening/sheet.html",
        case=case,
        sheet=sheet,
        form=form,
        statuses=STATUSES,
        before=before,
    )


@bp.post("/cases/<case_id>/screening/sheets/<sheet_id>")
@access.worker
def save_sheet(case_id: str, sheet_id: str) -> ResponseReturnValue:
    """Keep a filled sheet and show what it came to."""
    case, sheet, who = _case(case_id), catalogue.current().sheet(sheet_id), desk.actor()
    form = sheet_form(sheet)
    if not form.validate():
        form.renew()
        return _sheet_page(case, sheet, form), 422
    ladder = catalogue.current().ladder
    try:
        prepared = service.prepare_assessment(
            case.id,
            sheet,
            form.answers(),
            form.note.data or "",
            ladder=ladder,
            desk=store.desk_key(),
            actor=who,
        )
        with writing():
            service.keep_assessment(prepared, form.seen(), who, policy=policy.current(), once=form.once_key)
    except Refused as no:
        form.form_errors.append(words.sentence(no))
        form.see(_case(case_id).version)
        return _sheet_page(_case(case_id), sheet, form), status(no)
    found = outcome_of(sheet, form.answers(), ladder)
    level = next((one for one in ladder if one.id == found.level), None)
    return render_template(
        "safeguarding/screening/kept.html", case=_case(case_id), sheet=sheet, outcome=found, level=level
    )


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise NotFound
    return kind


@bp.get("/cases/<case_id>/screening/decide/<kind>")
@access.worker
def choose(case_id: str, kind: str) -> ResponseReturnValue:
    """What can be decided, each choice with what it means."""
    case, form = _case(case_id), record_form(_kind(kind), catalogue.current())
    form.see(case.version)
    return _record_page(case, kind, form)


def _record_page(case: Case, kind: str, form: Any) -> str:
    return render_template(
        "safeguarding/screening/decide.html",
        case=case,
        kind=kind,
        form=form,
        levels={one.id: one for one in catalogue.current().axes.get(kind, ())},
        statuses=STATUSES,
        supervisor=desk.actor().supervisor,
    )


@bp.post("/cases/<case_id>/screening/decide/<kind>")
@access.worker
def record(case_id: str, kind: str) -> ResponseReturnValue:
    """Keep a decision. Whoever is no supervisor may raise an axis, and nothing else."""
    case, who = _case(case_id), desk.actor()
    form = record_form(_kind(kind), catalogue.current())
    if not form.validate():
        form.renew()
        return _record_page(case, kind, form), 422
    try:
        prepared = service.prepare_records(
            case.ids,
            [service.Entry(kind, form.value.data or "", (form.reason.data or "").strip())],
            {},
            authority=Authority("supervisor" if who.supervisor else "worker"),
            catalogue=catalogue.current(),
            ring=access.keyring(),
            desk=store.desk_key(),
            actor=who,
        )
        with writing():
            service.keep_records(prepared, form.seen(), who, policy=policy.current(), once=form.once_key)
    except Refused as no:
        form.form_errors.append(words.sentence(no))
        form.see(_case(case_id).version)
        return _record_page(_case(case_id), kind, form), status(no)
    return redirect(url_for("screening.show", case_id=case.id), 303)
