"""What the page of a case is given by the desk it stands in: parts and pages of other rooms, suggestions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, current_app
from markupsafe import Markup

from forum.safeguarding.cases.types import Case
from forum.safeguarding.vault.opening import KeyRing

Block = Callable[[Case, KeyRing, Any], Markup]


@dataclass(frozen=True)
class Suggested:
    """Another case that may concern the same house, and why. A person decides."""

    case_id: str
    version: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Setting:
    """`blocks`: parts of other rooms. `links`: (endpoint with case_id, words). `suggest`: the same house."""

    blocks: tuple[Block, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    suggest: Callable[[Case], tuple[Suggested, ...]] | None = None


def install(app: Flask, setting: Setting) -> None:
    """Give the desk's app what stands around the cases."""
    app.extensions["cases"] = setting


def current() -> Setting:
    """What the running desk was given; nothing, where it was given nothing."""
    return cast(Setting, current_app.extensions.get("cases", Setting()))
