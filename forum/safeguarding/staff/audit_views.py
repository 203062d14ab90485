"""The record, for the auditor and whoever leads: filtered by day, case and person, and as a file."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum import clock
from forum.safeguarding.staff import access, queries
from forum.safeguarding.staff.blueprint import bp
from forum.safeguarding.staff.forms import PressForm
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import writing
from forum.safeguarding.vault.verbs import VERBS
from forum.web import spreadsheets

COLUMNS = ("number", "at", "staff_id", "staff_name", "verb", "what", "subject", "reason")
PAGE = 100
EVERYTHING = 1_000_000


@bp.app_template_filter("record_time")
def record_time(at: datetime) -> str:
    """To the second, on a clock in Japan."""
    return f"{clock.local(at):%Y-%m-%d %H:%M:%S}"


@bp.get("/record")
@access.records
def audit_page() -> str:
    """The newest lines that fit, and, on the first page, whether the chain holds."""
    chosen, before = _chosen(request.args), _number(request.args.get("before", ""))
    found = audit.lines(**chosen, before=before, most=PAGE + 1)
    asked = {name: request.args.get(name, "")[:40] for name in ("day", "who", "subject")}
    return render_template(
        "safeguarding/staff/audit.html",
        state=audit.verify() if before is None else None,
        lines=found[:PAGE],
        older=found[PAGE - 1].number if len(found) > PAGE else None,
        people=queries.everybody(present=False),
        asked=asked,
        press=PressForm(formdata=None),
        verbs=VERBS,
    )


@bp.post("/record.csv")
@access.records
def audit_csv() -> ResponseReturnValue:
    """The lines that fit as a file; no cell can be read as a formula. That it was taken is a line, too."""
    if not PressForm().validate():
        return redirect(url_for("staff.audit_page"), 303)
    me = access.me()
    with writing():
        audit.record("export_record", "record", staff_id=me.id, staff_name=me.name)
    rows = (
        (
            line.number,
            line.at.isoformat(),
            line.staff_id,
            line.staff_name,
            line.verb,
            VERBS.get(line.verb, ""),
            line.subject,
            line.reason,
        )
        for line in audit.lines(**_chosen(request.form), most=EVERYTHING)
    )
    response = Response(spreadsheets.as_csv(COLUMNS, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=record.csv"
    return response


def _chosen(asked: Any) -> dict[str, Any]:
    day = _day(asked.get("day", ""))
    start = datetime.combine(day, time(), clock.TOKYO) if day else None
    return {
        "start": start,
        "end": start + timedelta(days=1) if start else None,
        "staff_id": _number(asked.get("who", "")),
        "subject": asked.get("subject", "").strip()[:40],
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
