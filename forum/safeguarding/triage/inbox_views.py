"""The inbox: what is new, what is due, who holds what, who was seen when. Clear fields alone, until asked."""

from collections.abc import Callable, Iterable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum import clock
from forum.errors import Refused
from forum.safeguarding.cases import queries
from forum.safeguarding.cases.types import Actor, CaseLine
from forum.safeguarding.staff import access
from forum.safeguarding.staff import queries as staff
from forum.safeguarding.triage.words import ENTRANCES, first_line, stamp
from forum.safeguarding.vault import audit, opening
from forum.safeguarding.vault import queries as vault
from forum.safeguarding.vault.db import writing
from forum.safeguarding.watch import rules as watch
from forum.sealing.envelope import Unopenable
from forum.web.forms import BaseForm

bp = Blueprint("inbox", __name__)

PAGE = 50
LIVE, OVER = ("new", "open"), ("closed",)
Shown = Callable[[CaseLine, Actor], bool]
FILTERS: dict[str, tuple[str, tuple[str, ...], Shown]] = {
    "all": ("すべて", LIVE, lambda line, me: True),
    "new": ("新しいもの", LIVE, lambda line, me: line.status == "new"),
    "mine": ("わたしの担当", LIVE, lambda line, me: line.holder_id == me.id or line.offered_to == me.id),
    "running": ("まだ確認できていない", LIVE, lambda line, me: line.clock.running),
    "wrote": ("書き足しがある", LIVE, lambda line, me: line.wrote_at is not None),
    "over": ("終わったもの", OVER, lambda line, me: True),
}


class OpenForm(BaseForm):
    """One button: open."""


def actor() -> Actor:
    """Who is signed in, as the cases know them."""
    me = access.me()
    return Actor(me.id, me.name, me.groups, supervisor=me.role == "supervisor")


def _chosen() -> str:
    wanted = request.values.get("show", "all")
    return wanted if wanted in FILTERS else "all"


def _page_number() -> int:
    number = request.values.get("page", "1")
    return max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 5 else 1


def _page(summaries: dict[str, str] | None = None) -> str:
    me, chosen, number = actor(), _chosen(), _page_number()
    _, statuses, shown = FILTERS[chosen]
    lines = [line for line in queries.inbox(me, statuses) if shown(line, me)]
    now = clock.now()
    part = lines[(number - 1) * PAGE : number * PAGE]
    return render_template(
        "safeguarding/desk/inbox.html",
        rows=[(line, watch.state(line.watch_clock(), now)) for line in part],
        filters={name: label for name, (label, _, _) in FILTERS.items()},
        chosen=chosen,
        number=number,
        more=len(lines) > number * PAGE,
        total=len(lines),
        names={one.id: one.name for one in staff.everybody(present=False)},
        entrances=ENTRANCES,
        stamp=stamp,
        form=OpenForm(formdata=None),
        summaries=summaries or {},
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
    me, chosen, number = actor(), _chosen(), _page_number()
    _, statuses, shown = FILTERS[chosen]
    lines = [line for line in queries.inbox(me, statuses) if shown(line, me)]
    return _page(_opened(line.id for line in lines[(number - 1) * PAGE : number * PAGE]))


def _opened(case_ids: Iterable[str]) -> dict[str, str]:
    wanted, me, ring = list(case_ids), access.me(), access.keyring()
    with writing():
        for case_id in wanted:
            audit.record("open_first_line", case_id, staff_id=me.id, staff_name=me.name)
    found: dict[str, str] = {}
    for report in vault.reports_of(wanted):
        try:
            found.setdefault(report.case_id, first_line(opening.open_report(ring, report)))
        except (Unopenable, Refused):
            found.setdefault(report.case_id, "（開けません）")
    return found


@bp.get("/note")
@access.signed_in
def hidden() -> str:
    """A page that shows nothing, for when somebody comes near."""
    return render_template("safeguarding/desk/hidden.html")
