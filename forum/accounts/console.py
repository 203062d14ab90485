"""The console's navigation: each room names its pages and what waits on them."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for

from forum.accounts import presence, rules
from forum.accounts.types import Me, Role


@dataclass(frozen=True)
class Entry:
    """A page in the navigation, for whoever holds one of the roles; `count` says how many things wait."""

    label: str
    endpoint: str
    roles: frozenset[Role]
    count: Callable[[], int] | None = None


@dataclass(frozen=True)
class Way:
    """An entry as it stands on the present page."""

    label: str
    url: str
    current: bool
    count: int | None


ENTRIES: dict[str, Entry] = {}


def register(
    label: str, endpoint: str, roles: tuple[Role, ...], count: Callable[[], int] | None = None
) -> None:
    """Add a page (its endpoint takes no arguments) to the navigation, at import; later ones stand later.

    `roles`: who sees it, nobody named: all staff. `count` runs with every page of theirs: one cheap query.
    """
    ENTRIES[endpoint] = Entry(label, endpoint, frozenset(roles), count)


def ways() -> tuple[Way, ...]:
    """The pages of whoever is signed in; nobody sees the name of a page that is not theirs."""
    if not presence.here():
        return ()
    held = presence.me().roles
    return tuple(
        Way(
            str(entry.label),
            url_for(entry.endpoint),
            request.endpoint == entry.endpoint,
            entry.count() if entry.count else None,
        )
        for entry in ENTRIES.values()
        if entry.endpoint in current_app.view_functions and rules.allows(held, entry.roles)
    )


def who() -> Me | None:
    """Who is signed in, for templates."""
    return presence.me() if presence.here() else None


def install(app: Flask) -> None:
    """Give navigation and person to the templates."""
    app.jinja_env.globals.update(console_ways=ways, console_me=who)
