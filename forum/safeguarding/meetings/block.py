"""Decisions on the page of a case: what is in force, who decided, when it is looked at next."""

from flask import render_template
from markupsafe import Markup

from forum.safeguarding.cases.types import Case
from forum.safeguarding.meetings import queries
from forum.safeguarding.meetings.types import KINDS
from forum.safeguarding.screening import catalogue
from forum.safeguarding.vault.opening import KeyRing


def decisions_block(case: Case, ring: KeyRing, me: object) -> Markup:
    """The part of a case's page that this room shows."""
    every = queries.decisions(case.ids, ring)
    wanted = {one.meeting_id for one in every if one.meeting_id}
    held = {one: queries.get_meeting(one, ring) for one in wanted}
    return Markup(  # noqa: S704  (a template of ours, escaped by itself)
        render_template(
            "safeguarding/meetings/_block.html",
            case=case,
            decisions=every,
            meetings=held,
            kinds=KINDS,
            catalogue=catalogue.current(),
        )
    )
