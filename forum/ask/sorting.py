"""うまく書けないとき: cards instead of sentences. Every sentence that comes out was chosen or typed."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LAST_SCREEN = 3


@dataclass(frozen=True)
class Choice:
    """One card. A card without a sentence says nothing (わからない)."""

    id: str
    label: str
    sentence: str = ""
    age_months: int | None = None


@dataclass(frozen=True)
class Question:
    """One question with its cards; `screen` counts from 1."""

    id: str
    screen: int
    several: bool
    label: str
    choices: tuple[Choice, ...]

    def chosen(self, ids: Sequence[str]) -> tuple[Choice, ...]:
        """The cards among `ids`; unknown ids are passed over."""
        found = tuple(c for c in self.choices if c.id in ids)
        return found if self.several else found[:1]


@cache
def questions() -> tuple[Question, ...]:
    """All questions, in the order in which they are asked."""
    raw = tomllib.loads(Path(__file__).with_name("sorting.toml").read_text(encoding="utf-8"))
    return tuple(
        Question(q["id"], q["screen"], q["several"], q["label"], tuple(Choice(**c) for c in q["choice"]))
        for q in raw["question"]
    )


def on_screen(screen: int) -> tuple[Question, ...]:
    """The questions of one screen."""
    return tuple(q for q in questions() if q.screen == screen)


def sentences_of(picked: Mapping[str, Sequence[str]], own_words: str) -> tuple[str, ...]:
    """The lines of the worry and of the memo, in the order of the questions, her own words last."""
    lines = [c.sentence for q in questions() for c in q.chosen(picked.get(q.id, ())) if c.sentence]
    lines.extend(line.strip() for line in own_words.splitlines() if line.strip())
    return tuple(lines)


def age_of(picked: Mapping[str, Sequence[str]]) -> int | None:
    """The child's age in months that the chosen card stands for, None if it names no child."""
    ages = [c.age_months for q in questions() for c in q.chosen(picked.get(q.id, ()))]
    return next((age for age in ages if age is not None), None)
