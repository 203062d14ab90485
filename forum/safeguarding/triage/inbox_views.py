"""The inbox: what is new, what is due, who holds what, who was seen when. Clear fields alone, until asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum import clock
from forum.errors import Refused
from forum.safeguarding.cases import queries
from forum.safeguarding.cases.queries import Show
from forum.safeguarding.cases.types import Actor, CaseLine
from forum.safeguarding.staff import access
from forum.safeguarding.staff import queries as staff
from forum.safeguarding.triage import drafts, readers
from forum.safeguarding.triage.people import everybody
from forum.safeguarding.triage.readers import Look
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


@dataclass(frozen=True)
class Row:
    """A line of the inbox with all that is shown of it."""

    line: CaseLine
    state: ClockState
    look: Look


FILTERS: Mapping[Show, str] = {
    "all": "すべて",
    "new": "開くもの",
    "due": "期限が近い・すぎた",
    "mine": "わたしの担当",
    "running": "まだ確認できていない",
    "wrote": "書き足しがある",
    "over": "終わったもの",
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

    show: Show
    after: str
    start: int

    def of(self, case_ids: Sequence[str]) -> int:
        """Where the page begins: after that case; if it has left the list, a page earlier: none is missed."""
        if self.after in case_ids:
            return case_ids.index(self.after) + 1
        return min(max(0, self.start - PAGE), len(case_ids))


def _asked() -> _Asked:
    show, start = request.values.get("show", "all"), request.values.get("start", "")
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 0
    shown: Show = next((one for one in FILTERS if one == show), "all")
    return _Asked(shown, request.values.get("after", ""), number)


def _listed(me: Actor, show: Show) -> tuple[str, ...]:
    """The cases of a list, the most pressing first."""
    if show != "new":
        return queries.order(me, show)
    urgent = readers.looks(queries.lines(queries.order(me, "urgent")), everybody())
    return queries.order(me, show, [case_id for case_id, look in urgent.items() if me.id in look.wanted])


def _rows(case_ids: Sequence[str]) -> list[Row]:
    """The lines of one page."""
    lines, now = queries.lines(case_ids), clock.now()
    looks = readers.looks(lines, everybody())
    return [Row(line, watch.state(line.watch_clock(), now), looks.get(line.id, Look())) for line in lines]


def _page(summaries: Mapping[str, str] | None = None) -> str:
    me, asked = actor(), _asked()
    listed = _listed(me, asked.show)
    first = asked.of(listed)
    return render_template(
        "safeguarding/desk/inbox.html",
        rows=_rows(listed[first : first + PAGE]),
        filters=FILTERS,
        chosen=asked.show,
        asked=asked,
        first=first,
        more=len(listed) > first + PAGE,
        total=len(listed),
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
    listed = _listed(actor(), asked.show)
    first = asked.of(listed)
    return _page(_opened(listed[first : first + PAGE]))


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
