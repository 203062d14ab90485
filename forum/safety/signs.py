"""Reading the signs of a text."""

from functools import cache
from pathlib import Path

from forum.language.tokens import Token
from forum.safety.phrases import RuleBook, Text
from forum.safety.types import Signs, Theme

RULES = Path(__file__).parent / "data" / "signs.toml"


@cache
def national_rules() -> RuleBook:
    """The reviewed rules that every city starts from."""
    return RuleBook.load(RULES)


def read_signs(text: str, tokens: tuple[Token, ...] | None = None, rules: RuleBook | None = None) -> Signs:
    """The themes of `text`, each once with its first evidence, in the order of their doors.

    Pure. `tokens` is `analyse(text)` if the caller has it; the analysis takes most of the time.
    """
    book = rules or national_rules()
    ready = Text.read(text, tokens)
    found: dict[str, Theme] = {}
    for rule in book.rules:
        if rule.theme in found or not ready.steps:
            continue
        place = rule.find(ready)
        if place:
            matched = text[place.start : place.end]
            found[rule.theme] = Theme(rule.theme, matched, place.start, place.end, rule.id)
    return Signs(tuple(found[theme] for theme in book.themes if theme in found))
