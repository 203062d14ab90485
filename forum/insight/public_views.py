"""What the city answered, and what worries were about, for everybody."""

from flask import Response, render_template, request

from forum.city.current import current
from forum.insight import queries, words
from forum.insight.blueprint import bp
from forum.insight.types import Digest, Table
from forum.privacy.suppression import TOTAL
from forum.web import access, spreadsheets
from forum.web.caching import cached_page
from forum.web.forms import settings


@bp.get("/voices")
@access.public
@cached_page()
def voices() -> str:
    """What was written to the city, with what the city said."""
    pack = current()
    page = queries.voices(pack, request.args.get("after"), settings().page_size)
    board = next((one for one in pack.boards if one.to_city), None)
    return render_template(
        "insight/voices.html",
        page=page,
        board=board,
        months=queries.months(),
        status_word=words.status_word,
        month_word=words.month_word,
    )


@bp.get("/voices/<month>")
@access.public
@cached_page()
def month(month: str) -> str:
    """One month in numbers."""
    digest = queries.month(month)
    pack = current()
    return render_template(
        "insight/month.html",
        digest=digest,
        named=month,
        tables=[(words.axis_word(table.id), header(table), lines(table)) for table in digest.tables],
        month_word=words.month_word,
        pack=pack,
    )


@bp.get("/voices/<month>/numbers.csv")
@access.machine
def month_csv(month: str) -> Response:
    """The same numbers to take along."""
    response = Response(as_csv(queries.month(month)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="voices-{month}.csv"'
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def header(table: Table) -> list[str]:
    """The names of a table's columns."""
    return [words.column_word(table.id, name, current()) for name in (*table.columns, TOTAL)]


def lines(table: Table) -> list[tuple[str, tuple[int | None, ...]]]:
    """The rows of a table with their names."""
    names = [words.theme_word(name, current()) for name in (*table.rows, TOTAL)]
    return list(zip(names, table.cells, strict=True))


def as_csv(digest: Digest) -> str:
    """All tables of a month as one list of cells, hidden ones as "x"."""
    rows = (
        (digest.month, table.id, theme, name, "x" if number is None else number)
        for table in digest.tables
        for theme, numbers in lines(table)
        for name, number in zip(header(table), numbers, strict=True)
    )
    return spreadsheets.as_csv(("month", "table", "theme", "column", "number"), rows)
