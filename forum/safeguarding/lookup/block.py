"""What the page of a case shows unasked: our own earlier history, and cases that may be the same house."""

from typing import Any

from flask import render_template
from markupsafe import Markup

from forum.safeguarding.cases import desk as cases_desk
from forum.safeguarding.cases import queries
from forum.safeguarding.cases.setting import Suggested
from forum.safeguarding.cases.types import Case
from forum.safeguarding.cases.words import STATUSES
from forum.safeguarding.lookup import service
from forum.safeguarding.lookup.rules import LABELS
from forum.safeguarding.lookup.types import Reason
from forum.safeguarding.lookup.views import present
from forum.safeguarding.vault.opening import KeyRing


def known(case: Case, ring: KeyRing, me: Any) -> Markup:
    """A part of the page: the same people, rooms or telephones in other cases, closed ones too."""
    page = render_template(
        "safeguarding/lookup/_known.html",
        history=service.history_for(case.id, present()),
        statuses=STATUSES,
        names=cases_desk.names(),
        stamp=cases_desk.stamp,
    )
    return Markup(page)  # noqa: S704  (ours)


def suggest(case: Case) -> tuple[Suggested, ...]:
    """Other cases that may concern the same house, latest first, with the reasons in words."""
    return tuple(
        Suggested(
            one.case.case_id,
            queries.case(one.case.case_id).version,
            tuple(dict.fromkeys(in_words(reason) for reason in one.reasons)),
        )
        for one in service.same_house(case.id, present())
    )


def in_words(reason: Reason) -> str:
    """A reason as a sentence: both sides as they were written."""
    both = f"「{reason.ours}」" if reason.ours == reason.theirs else f"「{reason.ours}」と「{reason.theirs}」"
    return f"{LABELS[reason.kind]}：{both}"
