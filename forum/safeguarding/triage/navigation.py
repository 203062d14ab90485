"""Where one can go at the desk, by role: only what is there."""

from dataclasses import dataclass

from flask import Flask, current_app

from forum.safeguarding.staff import access
from forum.safeguarding.staff.types import Me

READERS = frozenset({"worker", "supervisor"})
LEADS = frozenset({"supervisor"})
ANYONE = frozenset({"worker", "supervisor", "officer", "auditor"})


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
    Way("watch.alarms", "知らせ", READERS),
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
    return tuple(way for way in WAYS if here.role in way.roles and way.endpoint in current_app.view_functions)


def present() -> Me | None:
    """Who is signed in, None on the pages before that."""
    return access.me() if access.here() else None


def install(app: Flask) -> None:
    """Let every template of the desk ask for them."""
    app.jinja_env.globals["desk_ways"] = ways
    app.jinja_env.globals["desk_me"] = present
