"""The record, for the auditor and whoever leads: filtered by day, case and person, and as a file."""

import csv
import io
from datetime import date, datetime, time, timedelta

from flask import Response, render_template, request

from forum.clock import TOKYO
from forum.safeguarding.staff import access, service
from forum.safeguarding.staff.views import bp
from forum.safeguarding.vault import audit

FORMULA = ("=", "+", "-", "@", "\t", "\r")
EVERYTHING = 1_000_000


@bp.get("/record")
@access.records
def audit_page() -> str:
    """The newest lines, and whether the chain holds."""
    day, who = _day(request.args.get("day", "")), request.args.get("who", "")
    subject = request.args.get("subject", "").strip()[:40]
    start = datetime.combine(day, time(), TOKYO) if day else None
    staff_id = int(who) if who.isascii() and who.isdigit() else None
    return render_template(
        "safeguarding/staff/audit.html",
        state=audit.verify(),
        lines=audit.lines(
            start=start, end=start + timedelta(days=1) if start else None, staff_id=staff_id, subject=subject
        ),
        people=service.everybody(present=False),
        day=day.isoformat() if day else "",
        subject=subject,
        who=staff_id,
    )


@bp.get("/record.csv")
@access.records
def audit_csv() -> Response:
    """The whole record; no cell can be read as a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(("number", "at", "staff_id", "staff_name", "verb", "subject", "reason"))
    for line in audit.lines(most=EVERYTHING):
        cells = (
            line.number,
            line.at.isoformat(),
            line.staff_id,
            line.staff_name,
            line.verb,
            line.subject,
            line.reason,
        )
        writer.writerow([_cell(cell) for cell in cells])
    response = Response("\ufeff" + file.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=record.csv"
    return response


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
