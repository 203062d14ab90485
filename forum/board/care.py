"""Who looks after the board, as its pages tell it: the promise before writing, and if somebody reads now.

Whoever reads is another room's; where none is installed there is nothing to promise.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol, cast

from flask import current_app

from forum import clock
from forum.board.blueprint import bp
from forum.safety.cards import all_cards
from forum.safety.types import Card


class Readers(Protocol):
    """What `app.extensions["moderation"]` can do."""

    @property
    def promise(self) -> tuple[str, ...]: ...

    def on_duty(self, at: datetime) -> Collection[object]: ...

    def next_reading(self, at: datetime) -> datetime | None: ...


def readers() -> Readers | None:
    """Who reads on this board; None where nobody is installed."""
    return cast(Readers | None, current_app.extensions.get("moderation"))


@bp.app_template_global("wall_promise")
def promise() -> tuple[str, ...]:
    """What is written before posting about what happens with a text."""
    who = readers()
    return tuple(who.promise) if who is not None else ()


@bp.app_template_global("watched_now")
def watched_now() -> bool:
    """True if somebody reads at this moment."""
    who = readers()
    return who is not None and bool(who.on_duty(clock.now()))


@bp.app_template_global("danger_cards_of")
def danger_cards_of(ids: Sequence[str]) -> tuple[Card, ...]:
    """The danger cards with these ids, as far as they are still on the list."""
    known = {card.id: card for card in all_cards()}
    return tuple(known[one] for one in ids if one in known)
