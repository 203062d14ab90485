"""What was decided in a month, in numbers, for everybody: from logs that do not change any more."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from forum import clock
from forum.db import db
from forum.errors import NotFound
from forum.moderation import queries, rules, words
from forum.moderation.models import AppealRow, DecisionRow, FlagRow, NoticeRow
from forum.moderation.types import FlagReason
from forum.web import spreadsheets

Line = tuple[str, int | None]


@dataclass(frozen=True)
class Report:
    """One month. Hidden numbers are None. Tables: by act, by reason, what was told, other counts."""

    month: str
    total: int | None
    actions: tuple[Line, ...]
    reasons: tuple[Line, ...]
    flags: tuple[Line, ...]
    others: tuple[Line, ...]


def months() -> tuple[str, ...]:
    """The whole months since something was first decided or told, newest first."""
    firsts = [
        db.session.scalar(select(func.min(column))) for column in (DecisionRow.at, FlagRow.at, NoticeRow.at)
    ]
    known = [one for one in firsts if one is not None]
    return rules.months_between(min(known), clock.now()) if known else ()


def month(name: str, least: int) -> Report:
    """The report of a month that is over. Raises NotFound."""
    if name not in months():
        raise NotFound(name)
    begin, end = rules.month_bounds(name)
    decided = queries.decided(begin, end)
    actions = Counter(str(words.ACTIONS[action]) for action, _ in decided)
    reasons = Counter(str(words.REASONS[reason]) for _, reason in decided)
    flags = Counter(
        str(words.FLAG_REASONS[FlagReason(reason)])
        for reason in db.session.scalars(select(FlagRow.reason).where(FlagRow.at >= begin, FlagRow.at < end))
    )
    others = {
        "もう一人に読んでもらう申し出": _number(AppealRow.at >= begin, AppealRow.at < end),
        "名前を書かれた人の申し出": _number(NoticeRow.at >= begin, NoticeRow.at < end),
    }
    return Report(
        month=name,
        total=rules.shown(len(decided), least),
        actions=rules.published(actions, least),
        reasons=rules.published(reasons, least),
        flags=rules.published(flags, least),
        others=tuple((label, rules.shown(number, least)) for label, number in others.items()),
    )


def _number(*conditions: object) -> int:
    return db.session.scalar(select(func.count()).where(*conditions)) or 0  # type: ignore[arg-type]


def as_csv(report: Report) -> str:
    """All tables of a month as one list, hidden numbers as "x"."""
    rows = [(report.month, "total", "", _cell(report.total))]
    for table in ("actions", "reasons", "flags", "others"):
        rows += [(report.month, table, name, _cell(number)) for name, number in getattr(report, table)]
    return spreadsheets.as_csv(("month", "table", "name", "number"), rows)


def _cell(number: int | None) -> str:
    return "x" if number is None else str(number)
