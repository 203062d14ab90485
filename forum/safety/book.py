"""The rules of danger, read from reviewed data, and what a city changed about them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from forum.safety.types import Category, RuleChange
from forum.safety.wording import Lists, Phrase, phrase, word_list

DATA = Path(__file__).parent / "data"
COMMON = DATA / "danger.toml"
_NEEDED = ("id", "category", "level", "explanation", "positive", "says")
HIGHEST = 3
_LISTS = ("says", "together", "near", "beside", "unless", "never")
_BARRING = frozenset(("unless", "never"))  # compared as written: a bar must not grow by a reading
_FIELDS = frozenset(
    (
        "id",
        "category",
        "level",
        "explanation",
        "positive",
        "trap",
        "after",
        "denied",
        "through",
        "several",
        *_LISTS,
    )
)


@dataclass(frozen=True)
class Frame:
    """A way of speaking that takes words out of their danger: a play, the news, a joke, long ago.

    lowers: levels taken off, 3 all; in the categories of `gently` only one, because who wants to die may
    say it with a laugh. anywhere: in the whole text, not only in the same sentence.
    despite: phrases of the same sentence that show it is meant all the same.
    """

    id: str
    lowers: int
    says: tuple[Phrase, ...]
    despite: tuple[Phrase, ...]
    anywhere: bool
    gently: frozenset[Category]


@dataclass(frozen=True)
class DangerRule:
    """When a sign is read. The lists are phrases (forum/safety/wording.py).

    says: any of these, not denied. beside: only with one of these in the same sentence; together:
    anywhere in the text; near: within a few sentences. unless: not with one of these in the same
    sentence; never: anywhere.
    after: (category, level) of which something must have been found by the rules before.
    several: how many different rules `after` must have found in each category.
    denied: level if the words are denied at once (死にたいわけじゃない); 0 lets the rule go.
    through: frames that do not touch this rule.
    """

    id: str
    category: Category
    level: int
    explanation: str
    says: tuple[Phrase, ...]
    beside: tuple[Phrase, ...]
    together: tuple[Phrase, ...]
    near: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    never: tuple[Phrase, ...]
    after: tuple[tuple[Category, int], ...]
    several: int
    denied: int
    through: frozenset[str]
    positive: tuple[str, ...]
    trap: tuple[str, ...]


@dataclass(frozen=True)
class DangerBook:
    """All rules in the order in which they are read. Frozen, safe to share."""

    frames: tuple[Frame, ...]
    rules: tuple[DangerRule, ...]

    @classmethod
    def load(cls, changes: Sequence[RuleChange] = ()) -> "DangerBook":
        """The delivered rules with a city's changes. Pure but for reading the data once; a rule that
        is switched off is left out. Raises ValueError for an unknown rule, level or phrase."""
        lists, frames, rules = _delivered()
        by_id = {change.rule_id: change for change in changes}
        unknown = set(by_id) - {rule.id for rule in rules}
        if unknown:
            raise ValueError(f"no rule {', '.join(sorted(unknown))}")
        changed = [_changed(rule, by_id.get(rule.id), lists) for rule in rules]
        return cls(frames, tuple(rule for rule in changed if rule is not None))

    def rule(self, rule_id: str) -> DangerRule:
        """One rule. Raises KeyError."""
        return {rule.id: rule for rule in self.rules}[rule_id]


def _changed(rule: DangerRule, change: RuleChange | None, lists: Lists) -> DangerRule | None:
    if change is None:
        return rule
    if not change.enabled:
        return None
    level = rule.level if change.level is None else change.level
    if not 0 <= level <= HIGHEST:
        raise ValueError(f"rule {rule.id}: the level is 0 to {HIGHEST}")
    says = tuple(phrase(entry, lists) for entry in change.more_says)
    unless = tuple(phrase(entry, lists) for entry in change.more_unless)
    return replace(rule, level=level, says=rule.says + says, unless=rule.unless + unless)


@cache
def _delivered() -> tuple[Lists, tuple[Frame, ...], tuple[DangerRule, ...]]:
    """The reviewed data: danger.toml first (lists and frames), then the categories, in name order."""
    common = _toml(COMMON)
    lists = {name: word_list(entries) for name, entries in common["words"].items()}
    frames = tuple(_frame(table, lists) for table in common["frame"])
    known = frozenset(frame.id for frame in frames)
    # Rules that raise what others found are read last.
    paths = sorted(DATA.glob("danger-*.toml"), key=lambda path: (path.stem == "danger-raise", path.stem))
    tables = [table for path in paths for table in _toml(path)["rule"]]
    rules = tuple(_rule(table, lists, known) for table in tables)
    if len({rule.id for rule in rules}) < len(rules):
        raise ValueError("two rules have the same id")
    return lists, frames, rules


def _toml(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _frame(table: Mapping[str, Any], lists: Lists) -> Frame:
    return Frame(
        table["id"],
        table["lowers"],
        tuple(phrase(entry, lists) for entry in table["says"]),
        tuple(phrase(entry, lists) for entry in table.get("despite", ())),
        table.get("anywhere", False),
        frozenset(Category(name) for name in table.get("gently", ())),
    )


def _rule(table: Mapping[str, Any], lists: Lists, frames: frozenset[str]) -> DangerRule:
    name = table.get("id", "without id")
    unknown = set(table) - _FIELDS
    if unknown:
        raise ValueError(f"rule {name}: unknown field {', '.join(sorted(unknown))}")
    through = frozenset(table.get("through", ()))
    missing = [key for key in _NEEDED if not table.get(key)]
    if missing or not 1 <= table["level"] <= HIGHEST or not through <= frames:
        raise ValueError(f"rule {name}: lacks {', '.join(missing) or 'a known level or frame'}")
    try:
        phrases = {
            key: tuple(phrase(entry, lists, kana=key not in _BARRING) for entry in table.get(key, ()))
            for key in _LISTS
        }
        return DangerRule(
            id=table["id"],
            category=Category(table["category"]),
            level=table["level"],
            explanation=table["explanation"],
            after=tuple((Category(kind), level) for kind, level in table.get("after", ())),
            several=table.get("several", 1),
            denied=table.get("denied", 0),
            through=through,
            positive=tuple(table["positive"]),
            trap=tuple(table.get("trap", ())),
            **phrases,
        )
    except ValueError as fault:
        raise ValueError(f"rule {name}: {fault}") from fault
