"""From what the gate read in texts to what the board does with them; and help first, where that is due."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import cast

from flask import current_app, url_for
from flask.typing import ResponseReturnValue

from forum.board.types import Found, Visibility
from forum.visitors.gate import Reviewed


@dataclass(frozen=True)
class Admitted:
    """How a new text comes in. closed: only the city may answer it. kept: spans its writer may show."""

    visibility: Visibility
    found: Found
    closed: bool
    kept: tuple[int, ...]

    @property
    def held(self) -> bool:
        return self.visibility is Visibility.HELD


# A place is named and complained about: a person looks before strangers do.
COMPLAINT = "institution:complaint"


def admitted(*texts: Reviewed, kept: Collection[int] = (), first: bool = False) -> Admitted:
    """What the gate decided on a text and its title, taken together; the stricter one counts.

    kept: spans of the last text that its writer wants to show; of what waits for its danger all are hidden.
    first: this hand had never written here before.
    """
    held = any(text.held for text in texts)
    shown = () if held else tuple(kept)
    complains = any(text.complains(shown if text is texts[-1] else ()) for text in texts)
    found = Found(
        level=max(text.danger.level for text in texts),
        rules=(*_all(text.rules for text in texts), *((COMPLAINT,) if complains else ())),
        cards=_all(text.cards for text in texts),
        first=first,
    )
    closed = any(not text.handling.strangers_may_reply for text in texts)
    waits = held or complains
    return Admitted(Visibility.HELD if waits else Visibility.PUBLIC, found, closed, shown)


def _all(some: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for many in some for one in many))


def after_writing(visibility: Visibility, thread_id: str, place: str) -> str:
    """Where a writer goes on: to the text, or where they read why others do not see it yet."""
    return place if visibility is Visibility.PUBLIC else url_for("moderation.held", thread_id=thread_id)


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
