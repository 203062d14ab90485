"""Pages of the watch: what rings, who is on duty, whether the watch itself is well."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum import clock
from forum.errors import Refused
from forum.safeguarding import policy as policies
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import writing
from forum.safeguarding.watch import plan, queries, service, setting
from forum.safeguarding.watch.forms import PlainForm, ShiftForm
from forum.safeguarding.watch.gate import Gate, gate
from forum.safeguarding.watch.setting import Setting
from forum.safeguarding.watch.words import REFUSALS, alarm_words
from forum.web import access
from forum.web.pages import error_page

WEEK = timedelta(days=7)


def install(app: Flask, given: Setting, its_gate: Gate) -> None:
    """Add the pages of the watch to the desk; every template may ask for `watch_signs()`."""
    setting.install(app, given)
    app.extensions["watch_gate"] = its_gate
    bp = Blueprint("watch", __name__)
    add: Callable[..., Any] = bp.add_url_rule
    add("/watch/heartbeat", "heartbeat", access.machine(heartbeat))
    add("/watch/alarms", "alarms", its_gate.worker(alarms))
    add("/watch/alarms/<alarm_id>/take", "take", its_gate.worker(take), methods=["POST"])
    add("/watch/state", "state", its_gate.supervisor(state))
    add("/watch/roster", "roster", its_gate.supervisor(roster))
    add("/watch/roster/add", "add_shift", its_gate.supervisor(add_shift), methods=["POST"])
    add("/watch/roster/copy", "copy_week", its_gate.supervisor(copy_week), methods=["POST"])
    add("/watch/roster/<int:shift_id>/drop", "drop_shift", its_gate.supervisor(drop_shift), methods=["POST"])
    app.register_blueprint(bp)
    app.jinja_env.globals["watch_signs"] = queries.present_signs
    app.jinja_env.filters["alarm_words"] = alarm_words
    app.jinja_env.filters["moment"] = _moment


def _moment(at: datetime) -> str:
    there = clock.local(at)
    return f"{there.month}月{there.day}日 {there.hour}:{there.minute:02d}"


def heartbeat() -> tuple[Response, int]:
    """For a watcher outside: 200 while alarms reach people, 503 when they may not. Names no case."""
    silent = [sign.kind for sign in queries.present_signs() if sign.silent]
    return jsonify(alive=not silent, signs=sorted(set(silent))), 503 if silent else 200


def alarms() -> ResponseReturnValue:
    """What rings now, for my groups, and what ended within a week."""
    return _alarms_page()


def _alarms_page(refused: str = "") -> str:
    groups = gate().me().groups
    return render_template(
        "safeguarding/watch/alarms.html",
        running=queries.open_alarms(groups),
        past=queries.past_alarms(groups),
        names={person.id: person.name for person in queries.people().values()},
        group_names=_group_names(),
        case_page=setting.current().case_page,
        form=PlainForm(),
        refused=refused,
    )


def take(alarm_id: str) -> ResponseReturnValue:
    """I take it on, by name."""
    form, me = PlainForm(), gate().me()
    if not form.validate():
        return _alarms_page(_first_fault(form)), 422
    people = queries.people()
    leads = me.id in people and people[me.id].supervisor
    try:
        with writing():
            service.acknowledge(alarm_id, me.id, me.groups, leads=leads)
            _record("take_alarm", alarm_id)
    except Refused as no:
        return _alarms_page(REFUSALS[no.code]), 409
    return redirect(url_for("watch.alarms"), 303)


def state() -> ResponseReturnValue:
    """Whether the watch itself is well: the worker, mail, clock, roster."""
    at = clock.now()
    return render_template(
        "safeguarding/watch/state.html",
        signs=queries.present_signs(),
        looked_at=queries.last_look(),
        on_duty=queries.on_duty_now(at),
        group_names=_group_names(),
        running=queries.open_alarms(),
        next_look=policies.current().next_look(at),
    )


def roster() -> ResponseReturnValue:
    """The week, with its gaps, and the form for one more shift."""
    return _roster_page(_chosen_week(request.args.get("week")), _shift_form())


def _roster_page(monday: datetime, form: ShiftForm) -> str:
    chosen = policies.current()
    shifts = queries.shifts(monday - timedelta(days=1), monday + WEEK + timedelta(days=1))
    if not form.is_submitted():
        form.first_day.data = form.last_day.data = monday.date()
    return render_template(
        "safeguarding/watch/roster.html",
        plans=plan.week_plan(shifts, queries.people(), _group_names(), chosen.reading, monday),
        monday=monday.date(),
        before=(monday - WEEK).date(),
        after=(monday + WEEK).date(),
        form=form,
        plain=PlainForm(),
    )


def _shift_form() -> ShiftForm:
    return ShiftForm().offer(queries.people().values(), _group_names())


def _group_names() -> dict[str, str]:
    return {group.id: group.name for group in policies.current().groups}


def _chosen_week(typed: str | None) -> datetime:
    try:
        day = date.fromisoformat(typed or "")
    except ValueError:
        day = clock.today()
    if not 2000 <= day.year <= 2200:  # a week that a calendar can count on from
        day = clock.today()
    return plan.monday_of(day)


def add_shift() -> ResponseReturnValue:
    """Enter one shift."""
    form = _shift_form()
    week = _chosen_week(request.form.get("first_day"))
    if not form.validate():
        form.renew()
        return _roster_page(week, form), 422
    try:
        with writing():
            service.add_shift(form.shift(), gate().me().id)
            _record("add_shift", f"{form.group.data} {form.staff_id.data}")
    except Refused as no:
        form.form_errors.append(REFUSALS[no.code])
        return _roster_page(week, form), 422
    return _to_week(week)


def copy_week() -> ResponseReturnValue:
    """Enter the week before once more."""
    week = _chosen_week(request.form.get("week"))
    form = PlainForm()
    if not form.validate():
        return error_page(422, _first_fault(form))
    with writing():
        service.copy_week(week, gate().me().id)
        _record("copy_week", week.date().isoformat())
    return _to_week(week)


def drop_shift(shift_id: int) -> ResponseReturnValue:
    """Take one shift off the roster."""
    form = PlainForm()
    if not form.validate():
        return error_page(422, _first_fault(form))
    with writing():
        service.drop_shift(shift_id)
        _record("drop_shift", str(shift_id))
    return _to_week(_chosen_week(request.form.get("week")))


def _record(verb: str, subject: str) -> None:
    me = gate().me()
    audit.record(verb, subject, staff_id=me.id, staff_name=me.name)


def _to_week(monday: datetime) -> ResponseReturnValue:
    return redirect(url_for("watch.roster", week=monday.date().isoformat()), 303)


def _first_fault(form: PlainForm) -> str:
    return next((str(words) for found in form.errors.values() for words in found), "")
