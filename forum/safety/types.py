"""Values of the safety room."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Theme(NamedTuple):
    """One kind of trouble a text speaks of, with the words that showed it.

    `start` and `end` count characters of the text as typed; `rule` is the id of the rule that fired.
    The words are evidence for choosing a door and shown to nobody.
    """

    id: str
    matched: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class Signs:
    """Themes of a text, each once, in the order in which their doors come; empty for most texts."""

    themes: tuple[Theme, ...] = ()

    def has(self, *ids: str) -> bool:
        """Whether any of these themes was read."""
        return any(theme.id in ids for theme in self.themes)


class Category(StrEnum):
    """Kinds of danger a text may speak of. Who reads it first and what help comes first hang on it."""

    SELF_HARM = "self_harm"
    POSTNATAL_DEPRESSION = "postnatal_depression"
    ADMITS_HARM = "admits_harm"
    SUSPECTED_ABUSE = "suspected_abuse"
    DV = "dv"
    IMMEDIATE_DANGER = "immediate_danger"
    CHILD_SPEAKING = "child_speaking"


class FoundSign(NamedTuple):
    """A rule that holds for a text. `start` and `end` count characters of the text as typed.

    level: 0 noted only, 1 a card of support, 2 read by a person the same day, 3 waits for a person.
    Words and explanation are for the person who reads the queue, never for the writer or the public.
    """

    rule: str
    category: Category
    level: int
    matched: str
    start: int
    end: int
    explanation: str


@dataclass(frozen=True)
class Danger:
    """What was read in a text; level is the highest of all that was found."""

    level: int = 0
    found: tuple[FoundSign, ...] = ()

    @property
    def categories(self) -> tuple[Category, ...]:
        """Each category that was found, once, in the order of `Category`."""
        seen = {sign.category for sign in self.found}
        return tuple(category for category in Category if category in seen)

    def level_of(self, category: Category) -> int | None:
        """The highest level found in a category; None if there is nothing of it."""
        return max((sign.level for sign in self.found if sign.category is category), default=None)


class Handling(NamedTuple):
    """What happens to a text. reason is a code: "life", "child", "other_child", "read_today" or ""."""

    action: str  # "publish", "queue" (public, and read the same day) or "hold" (waits for a person)
    help_first: bool  # the next page is help, nothing else
    strangers_may_reply: bool
    reason: str


@dataclass(frozen=True)
class RuleChange:
    """What a city changed about one rule. None or empty: as delivered. Phrases in the grammar of the data."""

    rule_id: str
    enabled: bool = True
    level: int | None = None
    more_says: tuple[str, ...] = ()
    more_unless: tuple[str, ...] = ()


class Changed(NamedTuple):
    """A text (its place in the given order) that would be read otherwise, and how it was handled before."""

    place: int
    before: Handling
    after: Handling
    rules_before: tuple[str, ...]
    rules_after: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """What an authority says on a matter of safety; laid beside a text that says the contrary.

    matched, start and end: the words of the text as typed; empty in a card that stands alone.
    """

    id: str
    title: str
    text: str
    source_name: str
    source_url: str
    checked_on: date | None  # None until a person has compared the card with its source
    matched: str = field(default="")
    start: int = 0
    end: int = 0
