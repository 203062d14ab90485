"""From what the gate read in texts to what the board does with them; and help first, where that is due."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from flask import current_app
from flask.typing import ResponseReturnValue

from forum.board.types import Found, Visibility
from forum.visitors.gate import Reviewed


@dataclass(frozen=True)
class Admitted:
    """How a new text comes in. `closed`: only the city may answer it."""

    visibility: Visibility
    found: Found
    closed: bool

    @property
    def held(self) -> bool:
        return self.visibility is Visibility.HELD


def admitted(*texts: Reviewed, first: bool = False) -> Admitted:
    """What the gate decided on a text and its title, taken together; the stricter one counts.

    first: this hand had never written here before.
    """
    held = any(text.held for text in texts)
    found = Found(
        level=max(text.danger.level for text in texts),
        rules=_all(text.rules for text in texts),
        cards=_all(text.cards for text in texts),
        first=first,
    )
    closed = any(not text.handling.strangers_may_reply for text in texts)
    return Admitted(Visibility.HELD if held else Visibility.PUBLIC, found, closed)


def _all(some: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for many in some for one in many))


@dataclass(frozen=True)
class Stopped:
    """A text that waits for a person, and whose writer sees help now. Holds it whole: for this answer alone.

    thread_id None: nothing was stored, `reason` names the rule. post_id None: the worry itself.
    """

    texts: tuple[Reviewed, ...]
    thread_id: str | None = None
    post_id: str | None = None
    reason: str = ""


HelpPage = Callable[[Stopped], ResponseReturnValue]


def help_page(stopped: Stopped) -> ResponseReturnValue:
    """The next page of somebody whose text waits; another room brings it."""
    return cast(HelpPage, current_app.extensions["help"])(stopped)
