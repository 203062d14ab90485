"""What the pages of the watch ask of whoever signs people in: marks for routes, and who is here."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

from flask import current_app

View = TypeVar("View", bound=Callable[..., Any])


class Me(Protocol):
    """Somebody signed in at the desk."""

    @property
    def id(self) -> int:
        """Their number."""

    @property
    def name(self) -> str:
        """Their name, for the record."""

    @property
    def groups(self) -> frozenset[str]:
        """The groups they belong to."""


class Gate(Protocol):
    """The room that signs people in; a module with these functions is one."""

    @property
    def worker(self) -> Callable[[Any], Any]:
        """The mark of pages for workers and those who lead."""

    @property
    def supervisor(self) -> Callable[[Any], Any]:
        """The mark of pages for those who lead."""

    @property
    def me(self) -> Callable[[], Me]:
        """Who is signed in."""


def gate() -> Gate:
    """The gate of the running door."""
    return cast(Gate, current_app.extensions["watch_gate"])
