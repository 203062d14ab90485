"""The words of data/clues.toml: what few families share, with words that say less."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_FILE = Path(__file__).parent / "data" / "clues.toml"


class Coarser(NamedTuple):
    """Words that say less, and how few families share what they stand for: 1 some, 2 a handful."""

    words: str
    weight: int


@cache
def _data() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def listed_clues(kind: str) -> dict[str, Coarser]:
    """Word -> coarser words, for "health", "family", "siblings", "event" and "work"."""
    return {
        word: Coarser(group["coarser"], group["weight"])
        for group in _data()[kind]
        for word in group["words"].split()
    }


def nations() -> list[str]:
    """Countries from which families come."""
    return str(_data()["places"]["nations"]).split()


def elsewhere() -> list[str]:
    """Countries and parts of this one from which families move here."""
    return [*nations(), *str(_data()["places"]["regions"]).split()]


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
