"""The parts of a case's page that this room shows, each a function of the case, the keys and who looks.

The caller has written the audit line of the opening.
"""

from collections.abc import Mapping
from typing import Any

from flask import render_template
from markupsafe import Markup

from forum import clock
from forum.safeguarding import policy
from forum.safeguarding.cases import desk, forms, queries, reading, setting, words
from forum.safeguarding.cases.actions import ACTIONS
from forum.safeguarding.cases.rules import keeping
from forum.safeguarding.cases.types import Case
from forum.safeguarding.vault.opening import KeyRing

NOBODY = (("", "まだ決めない"),)


class Page:
    """What the templates of the blocks ask for: forms of this case, names, moments, words of kinds."""

    def __init__(self, case: Case, who: Any) -> None:
        self.case = case
        self.me = who
        self.supervisor = who.role == "supervisor"
        self.names = desk.names()
        self.now = clock.now()
        self.words = words
        self.stamp = desk.stamp

    def name(self, staff_id: int | None) -> str:
        """A member of staff; those who left have no name here."""
        return "—" if staff_id is None else self.names.get(staff_id, "前の職員")

    def form(self, action: str, target: str = "", **data: Any) -> forms.CaseForm:
        """The form of an action, as it was sent or fresh."""
        form = forms.made(ACTIONS[action].form, action, target, self.case.version, data)
        self._offer(form)
        return form

    def choose(self, form: forms.CaseForm, name: str, choices: list[tuple[str, str]]) -> None:
        """Give a field of a form what can be chosen."""
        forms.offered(form, name, choices)

    def was_shown(self) -> bool:
        """True if the form that was sent stands on this page again."""
        return forms.was_shown()

    def _offer(self, form: forms.CaseForm) -> None:
        groups = self.case.groups
        if isinstance(form, forms.OfferForm):
            away = {str(self.case.holder_id), *(str(one.staff_id) for one in queries.conflicts(self.case.id))}
            found = [one for one in desk.colleagues(groups) if one[0] not in away]
            forms.offered(form, "to", found)
        elif isinstance(form, forms.TaskForm):
            forms.offered(form, "holder", [*NOBODY, *desk.colleagues(groups)])
        elif isinstance(form, forms.ConflictForm):
            mine = (str(self.me.id), self.me.name)
            found = [one for one in desk.colleagues(groups) if one[0] != mine[0] and self.supervisor]
            forms.offered(form, "staff", [mine, *found])


def _block(name: str, case: Case, me: Any, **more: Any) -> Markup:
    template = f"safeguarding/cases/_{name}.html"
    return Markup(render_template(template, page=Page(case, me), case=case, **more))  # noqa: S704  (ours)


def chronology_block(case: Case, ring: KeyRing, me: Any) -> Markup:
    """What happened, line by line, with what corrects what."""
    return _block("chronology", case, me, entries=reading.chronology(case.id, ring))


def children_block(case: Case, ring: KeyRing, me: Any) -> Markup:
    """The children, who saw them when, and the ends of the clock."""
    children = reading.children(case.id, ring)
    labels = [(one.id, one.label) for one in children]
    return _block(
        "children",
        case,
        me,
        children=children,
        called={one.id: one.label for one in reading.children(case.id, ring, dropped=True)},
        sightings=reading.sightings(case.id, ring),
        unseen=frozenset(queries.unseen(case.id)),
        labels=labels,
    )


def people_block(case: Case, ring: KeyRing, me: Any) -> Markup:
    """The adults around the children."""
    return _block("people", case, me, people=reading.people(case.id, ring))


def tasks_block(case: Case, ring: KeyRing, me: Any) -> Markup:
    """What is to be done, and what was."""
    return _block("tasks", case, me, tasks=reading.tasks(case.id, ring))


def holding_block(case: Case, ring: KeyRing, me: Any) -> Markup:
    """Who holds the case, and a handover that waits."""
    offer = queries.offer(case.id)
    said = reading.reasons("offer", case.id, ring).get(offer.id, "") if offer else ""
    return _block("holding", case, me, offer=offer, said=said)


def conflict_block(case: Case, ring: KeyRing, me: Any) -> Markup:
    """For whom this case is not there; the supervisor sees who and why."""
    standing = queries.conflicts(case.id)
    reasons = reading.reasons("conflict", case.id, ring) if standing else {}
    return _block("conflict", case, me, conflicts=standing, reasons=reasons)


def merge_block(case: Case, ring: KeyRing, me: Any) -> Markup:
    """What was put into this case, cases that may concern the same house, and why; a person decides."""
    merges = queries.merges(case.id)
    reasons = reading.reasons("merge", case.id, ring) if merges else {}
    suggest = setting.current().suggest
    suggested = suggest(case) if suggest is not None and case.status != "merged" else ()
    return _block("merge", case, me, merges=merges, reasons=reasons, suggested=suggested)


def course_block(case: Case, ring: KeyRing, me: Any) -> Markup:
    """Ends and restarts of the clock, closing and reopening."""
    return _block("course", case, me, steps=reading.steps(case.id, ring))


def keeping_block(case: Case, ring: KeyRing, me: Any) -> Markup:
    """How long the case is kept, legal hold, and erasing by two people."""
    until = None
    if case.closed_at is not None:
        until = keeping.kept_until(case.closed_at, case.record_class, policy.current().retention)
    asked = queries.deletion(case.id)
    reason = reading.reasons("deletion", case.id, ring).get(asked.id, "") if asked else ""
    return _block("keeping", case, me, until=until, asked=asked, reason=reason, today=clock.today())


ALL: Mapping[str, setting.Block] = {
    "children": children_block,
    "chronology": chronology_block,
    "people": people_block,
    "tasks": tasks_block,
    "holding": holding_block,
    "merge": merge_block,
    "course": course_block,
    "conflict": conflict_block,
    "keeping": keeping_block,
}
