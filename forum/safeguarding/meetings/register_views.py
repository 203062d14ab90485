"""Registers and statistics, to read and to print."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from forum import clock
from forum.errors import NotFound, Refused
from forum.privacy.suppression import TOTAL
from forum.safeguarding import policy
from forum.safeguarding.cases import desk, lists, reading
from forum.safeguarding.cases.refusals import status
from forum.safeguarding.meetings import gathering, words, yearbook
from forum.safeguarding.meetings.forms import CellForm
from forum.safeguarding.meetings.types import ENTRANCES
from forum.safeguarding.meetings.views import bp, hub_page
from forum.safeguarding.screening import catalogue
from forum.safeguarding.screening.forms import OpenForm, as_choices
from forum.safeguarding.screening.types import STATUSES
from forum.safeguarding.staff import access
from forum.safeguarding.vault import store
from forum.safeguarding.vault.db import writing
from forum.web import spreadsheets

EARLIEST, LATEST = 2000, 2199  # years that a register can be asked for


@bp.post("/meetings/registers/intake/<int:year>/<int:month>")
@access.worker
def intake_register(year: int, month: int) -> ResponseReturnValue:
    """受理台帳: every case that arrived in a month, by arrival."""
    if not (EARLIEST <= year <= LATEST and 1 <= month <= 12):
        raise NotFound
    if not OpenForm().validate():
        return hub_page(), 422
    desk.note_opening("open_register", f"intake-{year}-{month:02d}")
    arrived = [
        line
        for line in lists.inbox(desk.actor(), ("new", "open", "closed"))
        if (clock.local(line.opened_at).year, clock.local(line.opened_at).month) == (year, month)
    ]
    arrived.sort(key=lambda line: (line.opened_at, line.id))
    found = gathering.register(arrived, access.keyring())
    return _register_page("intake", found, month=date(year, month, 1))


@bp.post("/meetings/registers/progress")
@access.worker
def progress_register() -> ResponseReturnValue:
    """進行管理台帳: every case in hand, what is overdue first."""
    if not OpenForm().validate():
        return hub_page(), 422
    desk.note_opening("open_register", "progress")
    lines = lists.inbox(desk.actor(), ("open",))
    found = gathering.by_next_day(gathering.register(lines, access.keyring()))
    return _register_page("progress", found)


def _register_page(which: str, found: tuple[gathering.RegisterLine, ...], **more: Any) -> str:
    ring = access.keyring()
    return render_template(
        f"safeguarding/meetings/{which}_register.html",
        lines=[(one, reading.children(one.case.id, ring)) for one in found],
        catalogue=catalogue.current(),
        entrances=ENTRANCES,
        today=clock.today(),
        **more,
    )


def _year(year: int) -> int:
    if not EARLIEST <= year <= LATEST:
        raise NotFound
    return year


def _statistics_page(year: int, form: CellForm | None = None, chosen: str = "") -> str:
    found = yearbook.pages(year, access.keyring(), catalogue.current())
    return render_template(
        "safeguarding/meetings/statistics.html",
        year=year,
        pages=found,
        forms={one.table.id: _cell_form(one, form if one.table.id == chosen else None) for one in found},
        chosen=chosen,
        statuses=STATUSES,
        total=TOTAL,
        open_form=OpenForm(),
    )


def _file(name: str, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Response:
    response = Response(spreadsheets.as_csv(header, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename={name}.csv"
    return response


def _cell_form(page: yearbook.Page, typed: CellForm | None) -> CellForm:
    form = typed or CellForm(formdata=None)
    form.row.choices, form.column.choices = as_choices(page.rows), as_choices(page.columns)
    form.see(len(page.changes))
    return form


@bp.post("/meetings/statistics/<int:year>")
@access.supervisor
def open_statistics(year: int) -> ResponseReturnValue:
    """The tables of a year, counted now, with what was changed by hand."""
    _year(year)
    if not OpenForm().validate():
        return hub_page(), 422
    desk.note_opening("open_statistics", str(year))
    return _statistics_page(year)


@bp.post("/meetings/statistics/<int:year>/<table_id>")
@access.supervisor
def change_cell(year: int, table_id: str) -> ResponseReturnValue:
    """Change one cell; the counted number and the reason stay beside it."""
    form, who = CellForm(), desk.actor()
    desk.note_opening("open_statistics", str(_year(year)))
    pages = {one.table.id: one for one in yearbook.pages(year, access.keyring(), catalogue.current())}
    if table_id not in pages:
        raise NotFound
    if not form.validate():
        return _statistics_page(year, form, table_id), 422
    new = yearbook.NewChange(
        year=year,
        table_id=table_id,
        row=form.row.data or "",
        column=form.column.data or "",
        value=form.value.data or 0,
        reason=form.reason.data or "",
        number=form.seen(),
    )
    try:
        box = yearbook.prepare_change(new, pages[table_id], desk=store.desk_key(), actor=who)
        with writing():
            yearbook.keep_change(new, box, who, once=form.once_key)
    except Refused as no:
        form.form_errors.append(words.sentence(no))
        return _statistics_page(year, form, table_id), status(no)
    return _statistics_page(year)


@bp.post("/meetings/statistics/<int:year>/public")
@access.supervisor
def public_statistics(year: int) -> ResponseReturnValue:
    """The tables as they may be published: small numbers hidden, with what would give them back."""
    _year(year)
    if not OpenForm().validate():
        return hub_page(), 422
    desk.note_opening("open_statistics", str(year))
    threshold = policy.current().small_number
    found = yearbook.pages(year, access.keyring(), catalogue.current())
    return render_template(
        "safeguarding/meetings/public_statistics.html",
        year=year,
        pages=yearbook.to_publish(found, threshold),
        threshold=threshold,
        total=TOTAL,
        open_form=OpenForm(formdata=None),
    )


@bp.post("/meetings/statistics/<int:year>/file")
@access.supervisor
def statistics_file(year: int) -> ResponseReturnValue:
    """The tables of a year as CSV, a line for each number: as it stands, as it was counted, and why."""
    _year(year)
    if not OpenForm().validate():
        return hub_page(), 422
    desk.note_opening("export_statistics", str(year))
    found = yearbook.pages(year, access.keyring(), catalogue.current())
    header = ("年度", "表", "区分", "列", "数", "数えた数", "直したわけ")
    return _file(f"statistics-{year}", header, yearbook.lines(year, found))


@bp.post("/meetings/statistics/<int:year>/public/file")
@access.supervisor
def public_statistics_file(year: int) -> ResponseReturnValue:
    """The tables as they may be published, as CSV."""
    _year(year)
    if not OpenForm().validate():
        return hub_page(), 422
    desk.note_opening("export_statistics", str(year))
    found = yearbook.pages(year, access.keyring(), catalogue.current())
    shown = yearbook.to_publish(found, policy.current().small_number)
    return _file(
        f"statistics-{year}-public", ("年度", "表", "区分", "列", "数"), yearbook.public_lines(year, shown)
    )
