"""Searching all cases, and what is looked up unasked when a report arrives. Every look is audited.

What somebody typed goes into no table, log or address; the audit keeps that they searched.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app
from sqlalchemy import select

from forum import clock
from forum.city.current import current as current_city
from forum.safeguarding.cases import queries
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.lookup import rules, summaries
from forum.safeguarding.lookup.extract import part_of_content
from forum.safeguarding.lookup.memory import Holder, Shelf
from forum.safeguarding.lookup.types import Answer, Found, Line, Match, Reason, Suggestion, Summary
from forum.safeguarding.staff import queries as staff
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import CaseRow
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.content import Content

MOST_FOUND, MOST_SUGGESTED = 50, 12
MOST_MATCHES = 6  # reasons shown for one case


@dataclass(frozen=True, repr=False)
class Desk:
    """Who looks: the actor, their session, and the keys for this one request."""

    actor: Actor
    session: Holder
    ring: KeyRing


def install(app: Flask) -> None:
    """Give an app an empty shelf of its own."""
    app.extensions["lookup"] = Shelf(lambda session: _stands(app, session))


def shelf() -> Shelf:
    """What this process holds open for the running app."""
    return cast(Shelf, current_app.extensions["lookup"])


def _stands(app: Flask, session: Holder) -> bool:
    """True while somebody is signed in there: not signed out, idle, revoked, or gone."""
    staff_id, public_id = session
    with app.app_context():
        return any(one.id == public_id for one in staff.sessions_of(staff_id, ""))


def search(typed: str, desk: Desk) -> Answer:
    """The cases that fit what was typed and that exist for whoever typed it, latest first."""
    _audit("search", "all cases", desk)
    held = shelf()
    with held.lock:
        unread = _ready(held, desk)
        found, words = held.index.find(typed)
    whole = {case_id: groups for case_id, groups in found.items() if len(groups) == words}
    chosen = whole or found
    lines = _visible(chosen, desk)
    results = [Found(line, _flat(chosen[line.case_id])) for line in lines]
    results.sort(key=lambda one: one.near)  # stable: inside each half the latest stays first
    return Answer(
        tuple(results[:MOST_FOUND]), bool(whole) or not found, max(0, len(results) - MOST_FOUND), unread
    )


def history_for(case_id: str, desk: Desk) -> tuple[Found, ...]:
    """Our own earlier history: other cases, closed ones too, of the same people, rooms or telephones."""
    return tuple(
        Found(one.case, matches)
        for one in _others(case_id, "history", desk)
        if (
            matches := tuple(
                Match(rules.LABELS[reason.kind], reason.theirs, "")
                for reason in one.reasons
                if reason.kind in rules.IDENTITY
            )
        )
    )


def same_house(case_id: str, desk: Desk) -> tuple[Suggestion, ...]:
    """Other cases that may concern the same house, with reasons. Merges nothing."""
    return _others(case_id, "same_house", desk)[:MOST_SUGGESTED]


def alike(content: Content, desk: Desk) -> tuple[Suggestion, ...]:
    """The same for a report that is still being typed at the telephone."""
    _audit("same_house", "draft", desk)
    part = part_of_content("draft", content, clock.now(), towns())
    held = shelf()
    with held.lock:
        _ready(held, desk)
        found = held.index.alike(Summary("", 0, (part,)))
    return _suggested(found, desk)[:MOST_SUGGESTED]


def towns() -> tuple[str, ...]:
    """The names of the city's districts."""
    return tuple(district.name for district in current_city().districts)


def _others(case_id: str, verb: str, desk: Desk) -> tuple[Suggestion, ...]:
    _audit(verb, case_id, desk)
    root = queries.root_of(case_id)
    held = shelf()
    with held.lock:
        _ready(held, desk)
        summary = held.index.summaries.get(root)
        found = held.index.alike(summary) if summary else {}
    return _suggested(found, desk)


def _suggested(found: dict[str, tuple[Reason, ...]], desk: Desk) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(line, found[line.case_id]) for line in _visible(found, desk))


def _ready(held: Shelf, desk: Desk) -> int:
    """Hold the index for this session and bring it up to date; how many cases are not read yet."""
    held.hold(desk.session)
    return summaries.bring_up_to_date(held.index, desk.ring, desk.actor, towns())


def _audit(verb: str, subject: str, desk: Desk) -> None:
    """The line is committed before anything is looked up; if that fails, nothing is shown."""
    with writing():
        audit.record(verb, subject, staff_id=desk.actor.id, staff_name=desk.actor.name)


def _visible(case_ids: Iterable[str], desk: Desk) -> list[Line]:
    """Those of these cases that exist for somebody, latest first."""
    wanted = set(case_ids) - queries.hidden_from(desk.actor.id)
    rows = vault_db.session.execute(
        select(CaseRow.public_id, CaseRow.groups, CaseRow.status, CaseRow.opened_at, CaseRow.holder_id)
        .where(CaseRow.public_id.in_(wanted))
        .order_by(CaseRow.opened_at.desc(), CaseRow.id.desc())
    )
    return [
        Line(case_id, status, opened_at, holder_id)
        for case_id, groups, status, opened_at, holder_id in rows
        if not desk.actor.groups.isdisjoint(groups.split())
    ]


def _flat(groups: list[list[Match]]) -> tuple[Match, ...]:
    """One match of every word that was typed first, then the rest."""
    firsts = [group[0] for group in groups if group]
    return tuple(dict.fromkeys((*firsts, *(match for group in groups for match in group))))[:MOST_MATCHES]
