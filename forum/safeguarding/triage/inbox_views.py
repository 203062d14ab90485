"""The inbox: what is new, what is due, who holds what, who was seen when. Clear fields alone, until asked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum import clock
from forum.errors import Refused
from forum.safeguarding.cases import queries
from forum.safeguarding.cases.types import Actor, CaseLine
from forum.safeguarding.staff import access
from forum.safeguarding.staff import queries as staff
from forum.safeguarding.triage import drafts, readers
from forum.safeguarding.triage.people import everybody
from forum.safeguarding.triage.readers import Reader
from forum.safeguarding.triage.rules import TWO, SecondLook, second_look
from forum.safeguarding.triage.words import ENTRANCES, SECOND_LOOK, STATE_SIGNS, first_line, stamp
from forum.safeguarding.vault import audit, opening
from forum.safeguarding.vault import queries as vault
from forum.safeguarding.vault.db import writing
from forum.safeguarding.watch import rules as watch
from forum.safeguarding.watch.types import ClockState
from forum.sealing.envelope import Unopenable
from forum.web.forms import BaseForm

bp = Blueprint("inbox", __name__)

PAGE = 50
LIVE, OVER = ("new", "open"), ("closed",)


@dataclass(frozen=True)
class Row:
    """A line of the inbox with all that is shown of it."""

    line: CaseLine
    state: ClockState
    readers: tuple[Reader, ...] = ()
    second: SecondLook = ""

    def wants(self, me: Actor) -> bool:
        """True if I am the one who must still open it: nobody did, or only one did and not I."""
        mine = any(one.staff_id == me.id for one in self.readers)
        return self.line.status == "new" or (bool(self.second) and not mine)


Shown = Callable[[Row, Actor], bool]
FILTERS: dict[str, tuple[str, tuple[str, ...], Shown]] = {
    "all": ("すべて", LIVE, lambda row, me: True),
    "new": ("開くもの", LIVE, lambda row, me: row.wants(me)),
    "due": ("期限が近い・すぎた", LIVE, lambda row, me: row.state.level in ("soon", "pressing", "late")),
    "mine": (
        "わたしの担当",
        LIVE,
        lambda row, me: row.line.holder_id == me.id or row.line.offered_to == me.id,
    ),
    "running": ("まだ確認できていない", LIVE, lambda row, me: row.line.clock.running),
    "wrote": ("書き足しがある", LIVE, lambda row, me: row.line.wrote_at is not None),
    "over": ("終わったもの", OVER, lambda row, me: True),
}


class OpenForm(BaseForm):
    """One button: open."""


def actor() -> Actor:
    """Who is signed in, as the cases know them."""
    me = access.me()
    return Actor(me.id, me.name, me.groups, supervisor=me.role == "supervisor")


@dataclass(frozen=True)
class _Asked:
    """Which page of which list. A page begins after a case, so that none is skipped while others move."""

    show: str
    after: str
    start: int

    def of(self, rows: list[Row]) -> int:
        """Where the page begins: after that case; if it has left the list, a page earlier: none is missed."""
        place = next((n for n, row in enumerate(rows, 1) if row.line.id == self.after), None)
        return min(max(0, self.start - PAGE) if place is None else place, len(rows))


def _asked() -> _Asked:
    show, start = request.values.get("show", "all"), request.values.get("start", "")
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 0
    return _Asked(show if show in FILTERS else "all", request.values.get("after", ""), number)


def _rows(me: Actor, show: str) -> list[Row]:
    """The lines of a list, the most pressing first."""
    _, statuses, shown = FILTERS[show]
    lines, now = queries.inbox(me, statuses), clock.now()
    urgent = [line.id for line in lines if line.urgent and line.clock.running]
    seen = readers.of_cases(urgent) if urgent else {}
    rows = (_row(line, watch.state(line.watch_clock(), now), seen.get(line.id, ())) for line in lines)
    return [row for row in rows if shown(row, me)]


def _row(line: CaseLine, state: ClockState, these: tuple[Reader, ...]) -> Row:
    return Row(line, state, these, second_look(line.urgent, line.clock.running, len(these), TWO))


def _with_able(rows: list[Row]) -> list[Row]:
    """The lines of one page, with who could be the second pair of eyes."""
    people = everybody() if any(row.second for row in rows) else ()
    return [
        replace(
            row,
            second=second_look(
                row.line.urgent,
                row.line.clock.running,
                len(row.readers),
                readers.able(row.line.id, row.line.groups, people),
            ),
        )
        if row.second
        else row
        for row in rows
    ]


def _page(summaries: Mapping[str, str] | None = None) -> str:
    me, asked = actor(), _asked()
    rows = _rows(me, asked.show)
    first = asked.of(rows)
    part = _with_able(rows[first : first + PAGE])
    return render_template(
        "safeguarding/desk/inbox.html",
        rows=part,
        filters={name: label for name, (label, _, _) in FILTERS.items()},
        chosen=asked.show,
        asked=asked,
        first=first,
        more=len(rows) > first + PAGE,
        total=len(rows),
        names={one.id: one.name for one in staff.everybody(present=False)},
        entrances=ENTRANCES,
        signs=STATE_SIGNS,
        second=SECOND_LOOK,
        stamp=stamp,
        form=OpenForm(formdata=None),
        summaries=summaries or {},
        waiting=drafts.waiting(me.id),
        me=me,
    )


@access.signed_in
def home() -> ResponseReturnValue:
    """The inbox for those who read; the record for the auditor; one's account for the officers."""
    role = access.me().role
    if role == "auditor":
        return redirect(url_for("staff.audit_page"), 303)
    if role == "officer":
        return redirect(url_for("staff.account"), 303)
    return _page()


@bp.post("/first-lines")
@access.worker
def first_lines() -> ResponseReturnValue:
    """Open the first line of each case on this page; one line in the record for each opened case."""
    if not OpenForm().validate():
        return _page(), 422
    asked = _asked()
    rows = _rows(actor(), asked.show)
    first = asked.of(rows)
    return _page(_opened(row.line.id for row in rows[first : first + PAGE]))


def _opened(case_ids: Iterable[str]) -> Mapping[str, str]:
    wanted, me, ring = list(case_ids), access.me(), access.keyring()
    with writing():
        for case_id in wanted:
            audit.record("open_first_line", case_id, staff_id=me.id, staff_name=me.name)
    found: dict[str, str] = {}
    for report in vault.reports_of(wanted):
        if report.case_id in found:
            continue
        try:
            found[report.case_id] = first_line(opening.open_report(ring, report))
        except (Unopenable, Refused):
            found[report.case_id] = "（開けません）"
    return found


@bp.get("/note")
@access.signed_in
def hidden() -> str:
    """A page that shows nothing, for when somebody comes near."""
    return render_template("safeguarding/desk/hidden.html")
