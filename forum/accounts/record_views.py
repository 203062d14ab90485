"""The record, for whoever leads: filtered by day, person, act and thing, and as a file."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum import clock
from forum.accounts import access, audit, queries, rules
from forum.accounts.access import Role
from forum.accounts.blueprint import bp
from forum.accounts.forms import PressForm
from forum.accounts.types import AuditLine
from forum.accounts.words import ROLES, VERBS
from forum.db import writing
from forum.web import spreadsheets

PAGE = 100
EVERYTHING = 1_000_000
COLUMNS = ("番号", "日時", "職員番号", "だれ", "何を", "何に", "わけ", "何を（記号）", "わけ（記号）")


@bp.app_template_filter("record_time")
def record_time(at: datetime) -> str:
    """To the second, on a clock in Japan."""
    return f"{clock.local(at):%Y-%m-%d %H:%M:%S}"


@bp.get("/record")
@access.staff(Role.LEAD)
def record() -> str:
    """The newest lines that fit."""
    chosen, before = _chosen(request.args), _number(request.args.get("before", ""))
    found = queries.audit_lines(**chosen, before=before, most=PAGE + 1)
    people = queries.everybody(present=False)
    names = _names()
    return render_template(
        "accounts/record.html",
        lines=[(line, *_told(line, names)) for line in found[:PAGE]],
        older=found[PAGE - 1].number if len(found) > PAGE else None,
        people=people,
        verbs=audit.words(),
        asked={name: request.args.get(name, "")[:60] for name in ("day", "who", "verb", "subject")},
        press=PressForm(formdata=None),
    )


@bp.post("/record.csv")
@access.staff(Role.LEAD)
def record_csv() -> ResponseReturnValue:
    """The lines that fit as a file; no cell can be read as a formula. That it was taken is a line, too."""
    if not PressForm().validate():
        return redirect(url_for("accounts.record"), 303)
    with writing():
        audit.record("export_record", "record")
    names = _names()
    rows = (
        (line.number, record_time(line.at), line.staff_id, *_told(line, names), line.verb, line.reason)
        for line in queries.audit_lines(**_chosen(request.form), most=EVERYTHING)
    )
    response = Response(spreadsheets.as_csv(COLUMNS, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=record.csv"
    return response


def _names() -> dict[str, str]:
    return {str(one.id): one.name for one in queries.everybody(present=False)}


def _told(line: AuditLine, names: dict[str, str]) -> tuple[str, str, str, str]:
    """Who, what, with what and why, in words; this room's own lines are about people."""
    about = names.get(line.subject, line.subject) if line.verb in VERBS else line.subject
    roles = rules.roles_of(line.reason)
    why = "、".join(ROLES[role] for role in sorted(roles)) if roles else audit.word_of(line.reason)
    return line.staff_name or "（機械）", audit.word_of(line.verb), about, why


def _chosen(asked: Any) -> dict[str, Any]:
    day = _day(asked.get("day", ""))
    start = datetime.combine(day, time(), clock.TOKYO) if day else None
    return {
        "start": start,
        "end": start + timedelta(days=1) if start else None,
        "staff_id": _number(asked.get("who", "")),
        "verb": asked.get("verb", "").strip()[:60],
        "subject": asked.get("subject", "").strip()[:60],
    }


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 3000 else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
