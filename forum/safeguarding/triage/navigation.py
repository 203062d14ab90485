"""Where one can go at the desk, by role: only what is there."""

from dataclasses import dataclass, replace

from flask import Flask, current_app

from forum.safeguarding.cases import queries as cases
from forum.safeguarding.staff import access
from forum.safeguarding.staff.types import Me
from forum.safeguarding.watch import queries as watch

READERS = frozenset({"worker", "supervisor"})
LEADS = frozenset({"supervisor"})
ANYONE = frozenset({"worker", "supervisor", "officer", "auditor"})

ALARMS = "watch.alarms"


@dataclass(frozen=True)
class Way:
    """A link of the navigation."""

    endpoint: str
    label: str
    roles: frozenset[str]


WAYS = (
    Way("home", "受付", READERS),
    Way("lookup.page", "さがす", READERS),
    Way("phone.drafts_page", "電話・来所", READERS),
    Way("cases.tasks", "予定", READERS),
    Way("cases.unseen", "まだ会えていない", READERS),
    Way("meetings.hub", "会議", READERS),
    Way(ALARMS, "知らせ", READERS),
    Way("watch.roster", "当番", LEADS),
    Way("watch.state", "見守りの状態", LEADS),
    Way("staff.people", "職員", LEADS),
    Way("staff.audit_page", "記録", frozenset({"supervisor", "auditor"})),
    Way("staff.account", "わたしの設定", ANYONE),
)


def ways() -> tuple[Way, ...]:
    """The links for whoever is signed in; none for the others."""
    here = present()
    if here is None:
        return ()
    found = (way for way in WAYS if here.role in way.roles and way.endpoint in current_app.view_functions)
    return tuple(_counted(way, here) if way.endpoint == ALARMS else way for way in found)


def _counted(way: Way, me: Me) -> Way:
    """The alarms that nobody has taken on, as words beside the link."""
    hidden = cases.hidden_from(me.id)
    open_ones = [
        one
        for one in watch.open_alarms(me.groups)
        if one.acknowledged_at is None and one.subject not in hidden
    ]
    return replace(way, label=f"{way.label} {len(open_ones)}件") if open_ones else way


def present() -> Me | None:
    """Who is signed in, None on the pages before that."""
    return access.me() if access.here() else None


def install(app: Flask) -> None:
    """Let every template of the desk ask for them."""
    app.jinja_env.globals["desk_ways"] = ways
    app.jinja_env.globals["desk_me"] = present
