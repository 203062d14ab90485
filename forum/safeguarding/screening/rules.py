"""What answers come to, and who may decide; pure.

Only 「いいえ」 keeps an item from raising. 「不明」 and an item left empty raise as 「はい」 does, so that
taking an answer away never lowers anything, and nobody becomes calmer by knowing less.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from forum.errors import Refused
from forum.safeguarding.screening.types import (
    ACCEPTANCE,
    ANSWERS,
    AXES,
    COUNTED,
    FINDING,
    Authority,
    Catalogue,
    Codes,
    Level,
    Outcome,
    Raise,
    Record,
    Sheet,
)

_SAYS_YES = ("yes", "rather")
NO_LEVEL = -1
REASON_MOST = 4000
FISCAL_MONTH = 4
_NEEDS_REASON = ("information", "out_of_scope", "not_found")


def outcome(sheet: Sheet, answers: Mapping[str, str], ladder: Sequence[Level]) -> Outcome:
    """What raises, why, and what is still unknown. `ladder`: steps of urgency from low to high."""
    raises = [
        Raise(item.id, item.words, item.raises, answers.get(item.id) in _SAYS_YES)
        for item in sheet.items
        if item.raises and answers.get(item.id) != "no"
    ]
    for one in sheet.combinations:
        if all(answers.get(item) != "no" for item in one.items):
            known = all(answers.get(item) in _SAYS_YES for item in one.items)
            raises.append(Raise(one.id, one.words, one.to, known))
    raises.sort(key=lambda one: (not one.known, -height(one.to, ladder)))
    level = max((one.to for one in raises), key=lambda to: height(to, ladder), default=None)
    return Outcome(
        level=level,
        urgent=is_urgent(level, ladder),
        raises=tuple(raises),
        unknown=tuple(item.words for item in sheet.items if answers.get(item.id) not in (*_SAYS_YES, "no")),
    )


def height(level: str | None, ladder: Sequence[Level]) -> int:
    """The place of a step on its ladder. A step that the city took off counts as the highest.

    A sheet keeps the steps of its own day; not knowing what one meant must not make it low.
    """
    if level is None:
        return NO_LEVEL
    steps = [one.id for one in ladder]
    return steps.index(level) if level in steps else len(steps)


def is_urgent(level: str | None, ladder: Sequence[Level]) -> bool:
    """True if a case on this step has the shorter clock."""
    place = height(level, ladder)
    return any(one.urgent for one in ladder[: place + 1])


def joined(outcomes: Iterable[Outcome], ladder: Sequence[Level]) -> Outcome:
    """The latest sheets of a case together: the highest step, all reasons, all that is unknown."""
    every = tuple(outcomes)
    return Outcome(
        level=max((one.level for one in every), key=lambda to: height(to, ladder), default=None),
        urgent=any(one.urgent for one in every),
        raises=tuple(reason for one in every for reason in one.raises),
        unknown=tuple(words for one in every for words in one.unknown),
    )


def clean_answers(sheet: Sheet, given: Mapping[str, str]) -> dict[str, str]:
    """The answers that the sheet asks for. Raises Refused nothing_answered, unknown_answer."""
    kept = {}
    for item in sheet.items:
        answer = given.get(item.id, "")
        if answer and answer not in ANSWERS:
            raise Refused("unknown_answer")
        if answer:
            kept[item.id] = answer
    if not kept:
        raise Refused("nothing_answered")
    return kept


def in_force(history: Sequence[Record]) -> dict[str, Record]:
    """The record in force of each kind: the newest."""
    return {record.kind: record for record in history}


def fiscal_year(day: date) -> int:
    """The year of accounts that a day belongs to: April to March."""
    return day.year if day.month >= FISCAL_MONTH else day.year - 1


def summarised(codes: Codes, changed: Mapping[str, Any], today: date) -> Codes:
    """The summary after a change; the present year, if a response was decided in it, stands as it is now."""
    codes = replace(codes, **changed)
    if codes.accepted_on is None and codes.acceptance:
        codes = replace(codes, accepted_on=today)
    if codes.decided_on is None or fiscal_year(codes.decided_on) != fiscal_year(today):
        return codes
    standing = {name: value for name in COUNTED if (value := getattr(codes, name))}
    return replace(codes, years={**codes.years, str(fiscal_year(today)): standing})


def choices(kind: str, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """(value, words) of everything that may be recorded for a kind. Raises Refused unknown_value."""
    if kind == "acceptance":
        return tuple(ACCEPTANCE.items())
    if kind == "finding":
        return tuple(FINDING.items())
    if kind in AXES:
        return tuple((one.id, one.name) for one in catalogue.axes[kind])
    raise Refused("unknown_value")


def check_record(
    kind: str,
    value: str,
    reason: str,
    *,
    before: Record | None,
    sheets_say: str | None,
    authority: Authority,
    catalogue: Catalogue,
) -> None:
    """Whether this may be recorded by this authority. `sheets_say`: the step that the sheets came to.

    Anybody at the desk may raise an axis at once. Lowering one, and every 受理 and 判定, needs a
    supervisor or a meeting: nobody decides alone that a child is safer than was thought.
    Raises Refused unknown_value, too_long, needs_reason, needs_second.
    """
    if value not in dict(choices(kind, catalogue)):
        raise Refused("unknown_value")
    if len(reason) > REASON_MOST:
        raise Refused("too_long", limit=REASON_MOST, length=len(reason))
    lowers = kind in AXES and _lowers(kind, value, before, sheets_say, catalogue)
    changes = kind not in AXES and before is not None and before.value != value
    if (lowers or changes or value in _NEEDS_REASON) and not reason.strip():
        raise Refused("needs_reason")
    if (lowers or kind not in AXES) and authority.kind == "worker":
        raise Refused("needs_second")


def _lowers(
    kind: str, value: str, before: Record | None, sheets_say: str | None, catalogue: Catalogue
) -> bool:
    ladder = catalogue.axes[kind]
    known = [before.value] if before is not None else []
    if kind == "urgency" and sheets_say is not None:
        known.append(sheets_say)
    return any(height(value, ladder) < height(one, ladder) for one in known)
