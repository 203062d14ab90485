"""The monthly report of what was decided and why: a page and a table file for everybody."""

from flask import Response, render_template

from forum import clock
from forum.moderation import report
from forum.moderation.blueprint import bp
from forum.web import access
from forum.web.caching import cached_page
from forum.web.forms import settings


def _today(**kwargs: object) -> list[object]:
    return [clock.today()]


@bp.app_template_filter("month_words")
def month_words(month: str) -> str:
    """2026年10月."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


@bp.get("/watching")
@access.public
@cached_page(_today)
def reports() -> str:
    """The months there are."""
    return render_template("moderation/reports.html", months=report.months())


@bp.get("/watching/<month>")
@access.public
@cached_page(_today)
def report_month(month: str) -> str:
    """One month in numbers."""
    least = settings().publish_least
    return render_template("moderation/report.html", report=report.month(month, least), least=least)


@bp.get("/watching/<month>/numbers.csv")
@access.machine
def report_csv(month: str) -> Response:
    """The same numbers to take along."""
    found = report.month(month, settings().publish_least)
    response = Response(report.as_csv(found), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="watching-{found.month}.csv"'
    response.headers["Cache-Control"] = "public, no-cache"
    return response
