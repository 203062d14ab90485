"""What holds for kinds of services in every city: read once from data/categories.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "categories.toml"


@dataclass(frozen=True)
class Kind:
    """A kind of service: who helps in its place, which themes ask for it, whether it is offered
    to those alone, its usual ages in months."""

    passes_to: tuple[str, ...] = ()
    asked_by: frozenset[str] = frozenset()
    guarded: bool = False
    ages: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True)
class Taxonomy:
    """All kinds that need a word, and whom one can turn to with anything."""

    kinds: Mapping[str, Kind]
    general: tuple[str, ...]
    stages: tuple[tuple[str, int, int], ...]  # a word, youngest and oldest age in months; longest words first

    def kind(self, category: str) -> Kind:
        """What is said about a category; an empty kind where nothing needs saying."""
        return self.kinds.get(category, Kind())


@cache
def national() -> Taxonomy:
    """The table of the whole country."""
    with FILE.open("rb") as file:
        table = tomllib.load(file)
    kinds = {
        name: Kind(
            tuple(entry.get("passes_to", ())),
            frozenset(entry.get("asked_by", ())),
            entry.get("guarded", False),
            tuple(entry.get("ages", (None, None))),
        )
        for name, entry in table["category"].items()
    }
    stages = [(word, *stage["ages"]) for stage in table["stage"] for word in stage["words"]]
    return Taxonomy(kinds, tuple(table["general"]), tuple(sorted(stages, key=lambda stage: -len(stage[0]))))
