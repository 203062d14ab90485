"""What stands on a paper: sections of a template, filled from what may leave the desk. Pure.

Every time is given as its day: an hour that meets the hour of a call would tell who called.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from forum import clock
from forum.safeguarding.cases.papers import PaperChild, PapersView
from forum.safeguarding.cases.words import ENTRIES, ROLES, SIGHTINGS, TASKS
from forum.safeguarding.paper.dates import both
from forum.safeguarding.paper.types import Block, Composed, Section, Template

NOTHING = "（なし）"
UNKNOWN_CHILD = "名前の分からない子ども"


@dataclass(frozen=True)
class Facts:
    """What a paper needs beside the case. `codes`: what was decided in screening, in words."""

    office: str
    groups: Mapping[str, str]
    codes: tuple[tuple[str, str], ...]
    printed_by: str
    printed_on: date


def compose(template: Template, view: PapersView, facts: Facts) -> Composed:
    """The whole paper in words."""
    blocks = tuple(SOURCES[section.source](section, view, facts) for section in template.sections)
    footer = f"{facts.office}　{view.case_id}　{both(facts.printed_on)}　印刷：{facts.printed_by}"
    return Composed(template.heading, template.name, footer, blocks)


def _case(section: Section, view: PapersView, facts: Facts) -> Block:
    rows = (
        ("番号", view.case_id),
        ("受けた日", both(view.received_on)),
        ("受け取る担当", "、".join(facts.groups.get(one, one) for one in view.groups)),
        ("急ぎ", "急ぐ" if view.urgent else "ふつう"),
        ("連絡の数", f"{len(view.reports)}"),
    )
    return Block(section.heading, "facts", rows)


def _children(section: Section, view: PapersView, facts: Facts) -> Block:
    header = ("名前", "かな", "生年月日・年齢", "園・学校、からだのことなど", "職員が最後に会った日")
    rows = tuple(
        (_named(one), one.kana, one.birth, one.note, _day(one.last_seen_at) or "まだ会えていない")
        for one in view.children
    )
    return _table(section, header, rows)


def _children_only(section: Section, view: PapersView, facts: Facts) -> Block:
    rows = tuple((_named(one), one.kana, one.birth) for one in view.children)
    return _table(section, ("名前", "かな", "生年月日・年齢"), rows)


def _people(section: Section, view: PapersView, facts: Facts) -> Block:
    header = ("続柄", "名前", "かな", "生年月日・年齢", "電話", "住所", "そのほか")
    rows = tuple(
        (
            ROLES.get(one.role, one.role), one.name, one.kana, one.birth, one.phone, one.address, one.note
        )
        for one in view.people
    )  # fmt: skip
    return _table(section, header, rows)


def _family(section: Section, view: PapersView, facts: Facts) -> Block:
    rows = tuple(
        (ROLES.get(one.role, one.role), one.name, one.address)
        for one in view.people
        if one.role != "professional"
    )
    return _table(section, ("続柄", "名前", "住所"), rows)


def _told(section: Section, view: PapersView, facts: Facts) -> Block:
    rows = tuple(
        (both(report.received_on), piece.kind, piece.text, piece.said_by)
        for report in view.reports
        for piece in report.pieces
    )
    return _table(section, ("受けた日", "どのように知ったか", "内容", "だれの話か"), rows)


def _told_plain(section: Section, view: PapersView, facts: Facts) -> Block:
    rows = tuple((piece.text,) for report in view.reports for piece in report.pieces)
    return Block(section.heading, "words", rows or ((NOTHING,),))


def _clues(section: Section, view: PapersView, facts: Facts) -> Block:
    rows = tuple((report.clue,) for report in view.reports if report.clue)
    return Block(section.heading, "words", rows or ((NOTHING,),))


def _answers(section: Section, view: PapersView, facts: Facts) -> Block:
    rows = tuple(pair for report in view.reports for pair in report.answers)
    return Block(section.heading, "facts", rows or (("", NOTHING),))


def _codes(section: Section, view: PapersView, facts: Facts) -> Block:
    return Block(section.heading, "facts", facts.codes or (("", "まだ決めていません"),))


def _sightings(section: Section, view: PapersView, facts: Facts) -> Block:
    rows = tuple(
        (_day(one.seen_at), one.child or "—", SIGHTINGS.get(one.kind, one.kind), one.who, one.where, one.how)
        for one in view.sightings
    )
    return _table(section, ("日", "子ども", "会い方", "だれが", "どこで", "様子"), rows)


def _chronology(section: Section, view: PapersView, facts: Facts) -> Block:
    rows = tuple(
        (both(one.day), ENTRIES.get(one.kind, one.kind), one.text, one.said_by) for one in view.chronology
    )
    return _table(section, ("日", "種類", "内容", "だれの話か"), rows)


def _tasks(section: Section, view: PapersView, facts: Facts) -> Block:
    rows = tuple(
        (
            TASKS.get(one.kind, one.kind),
            one.text,
            both(one.due_on),
            both(one.done_on) if one.done_on else "まだ",
            one.result,
        )
        for one in view.tasks
    )
    return _table(section, ("すること", "内容", "いつまで", "終えた日", "結果"), rows)


def _words(section: Section, view: PapersView, facts: Facts) -> Block:
    return Block(section.heading, "words", ((section.text,),))


def _page(section: Section, view: PapersView, facts: Facts) -> Block:
    """What follows stands on a page of its own."""
    return Block(section.heading, "page", ((section.text,),))


def _stamps(section: Section, view: PapersView, facts: Facts) -> Block:
    return Block(section.heading, "stamps", (section.labels,))


def _blank(section: Section, view: PapersView, facts: Facts) -> Block:
    rows = tuple((label,) for label in section.labels)
    return Block(section.heading, "blank", rows, lines=max(1, section.lines))


def _blank_children(section: Section, view: PapersView, facts: Facts) -> Block:
    """A row for each child, and one for a child whom nobody knows of yet."""
    names = (*(_named(one) for one in view.children), "そのほかのお子さん")
    rows = tuple((name, *("" for _label in section.labels)) for name in names)
    return Block(section.heading, "table", rows, ("お子さん", *section.labels), lines=3)


def _named(child: PaperChild) -> str:
    return child.label or UNKNOWN_CHILD


def _table(section: Section, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Block:
    if not rows:
        return Block(section.heading, "words", ((NOTHING,),))
    return Block(section.heading, "table", rows, header)


def _day(moment: datetime | None) -> str:
    return both(clock.local(moment).date()) if moment else ""


Source = Callable[[Section, PapersView, Facts], Block]
SOURCES: Mapping[str, Source] = {
    "case": _case,
    "children": _children,
    "children_only": _children_only,
    "people": _people,
    "family": _family,
    "told": _told,
    "told_plain": _told_plain,
    "clues": _clues,
    "answers": _answers,
    "codes": _codes,
    "sightings": _sightings,
    "chronology": _chronology,
    "tasks": _tasks,
    "words": _words,
    "page": _page,
    "stamps": _stamps,
    "blank": _blank,
    "blank_children": _blank_children,
}
