"""Values of the safety room."""

from dataclasses import dataclass
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
