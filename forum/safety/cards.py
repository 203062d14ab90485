"""Danger cards: what an authority says, laid beside a text that advises the contrary.

The text stays; nobody is blamed. The cards are data (data/cards.toml) with source, and day of checking once
somebody compared them with it.
"""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from forum.safety.folding import fold
from forum.safety.reading import Prepared
from forum.safety.types import Card
from forum.safety.wording import Phrase, phrase, word_list

CARDS = Path(__file__).parent / "data" / "cards.toml"
_LISTS = ("says", "beside", "unless", "never")


@dataclass(frozen=True)
class CardRule:
    """When a card is laid beside a text.

    says: advice or practice against the card. beside: in the same sentence. unless: not with one of these
    in the same sentence (a warning says the same words); never: anywhere.
    positive and trap: sentences that must and must not bring the card; they are tests.
    """

    card: Card
    says: tuple[Phrase, ...]
    beside: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    never: tuple[Phrase, ...]
    positive: tuple[str, ...]
    trap: tuple[str, ...]


@cache
def card_rules() -> tuple[CardRule, ...]:
    """All cards with their rules, in the order of the file. Raises ValueError naming a faulty card."""
    with CARDS.open("rb") as file:
        data = tomllib.load(file)
    lists = {name: word_list(entries) for name, entries in data["words"].items()}
    warnings = tuple(phrase(entry, lists) for entry in data["warnings"])
    rules = []
    for table in data["card"]:
        try:
            phrases = {
                key: tuple(phrase(entry, lists, kana=key != "unless") for entry in table.get(key, ()))
                for key in _LISTS
            }
        except ValueError as fault:
            raise ValueError(f"card {table['id']}: {fault}") from fault
        if table.get("warned", True):
            phrases["unless"] += warnings
        rules.append(
            CardRule(_card(table), **phrases, positive=tuple(table["positive"]), trap=tuple(table["trap"]))
        )
    return tuple(rules)


def _card(table: dict[str, Any]) -> Card:
    return Card(
        table["id"],
        table["title"],
        table["text"],
        table["source_name"],
        table["source_url"],
        table.get("checked_on"),
    )


def all_cards() -> tuple[Card, ...]:
    """Every card, in the order of the file."""
    return tuple(rule.card for rule in card_rules())


def card(card_id: str) -> Card:
    """One card. Raises KeyError for an id that no card has (any more)."""
    return {one.id: one for one in all_cards()}[card_id]


def cards_for(text: str) -> tuple[Card, ...]:
    """The cards that a text contradicts, each once with its first words. Pure, a few milliseconds."""
    ready = Prepared(fold(text))
    found = []
    for rule in card_rules():
        place = ready.first(rule.says, rule.beside, rule.unless, rule.never)
        if place is not None:
            first, last = ready.typed(*place)
            found.append(replace(rule.card, matched=text[first:last], start=first, end=last))
    return tuple(found)
