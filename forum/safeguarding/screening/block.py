"""Screening on the page of a case: what raised and why, what nobody knows, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from forum.safeguarding.cases.types import Case
from forum.safeguarding.screening import catalogue, queries
from forum.safeguarding.screening.types import Assessment, Level, Outcome, Screening
from forum.safeguarding.vault.opening import KeyRing


@dataclass(frozen=True)
class Picture:
    """What is known from screening a case. `level`: the step that the sheets came to."""

    outcome: Outcome
    level: Level | None
    filled: tuple[Assessment, ...]
    screening: Screening


def picture(case_ids: Sequence[str], ring: KeyRing) -> Picture:
    """Read it all. The caller has written the audit line. Raises Unopenable."""
    ladder = catalogue.current().ladder
    every = queries.assessments(case_ids, ring)
    outcome = queries.standing(every, ladder)
    return Picture(
        outcome=outcome,
        level=next((one for one in ladder if one.id == outcome.level), None),
        filled=queries.latest(every),
        screening=queries.screening_of(case_ids, ring),
    )


def assessment_block(case: Case, ring: KeyRing, me: object) -> Markup:
    """The part of a case's page that this room shows."""
    return Markup(  # noqa: S704  (a template of ours, escaped by itself)
        render_template(
            "safeguarding/screening/_block.html",
            case=case,
            picture=picture(case.ids, ring),
            catalogue=catalogue.current(),
        )
    )
