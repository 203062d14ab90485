"""Sentences with marks on what they tell, and ordinary ones; *_held_out were kept aside while writing."""

import re
from pathlib import Path
from typing import NamedTuple

KINDS = {
    "n": "person_name",
    "s": "school_name",
    "i": "institution",
    "p": "plate",
    "a": "address",
    "t": "phone",
    "m": "email",
    "l": "line_id",
}


class Told(NamedTuple):
    """A sentence and its details: kind, start, end."""

    text: str
    details: tuple[tuple[str, int, int], ...]


def lines(name: str) -> list[str]:
    """The sentences of a file."""
    text = Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def told(name: str) -> list[Told]:
    """The marked sentences of a file, without their marks: {n|山岸}先生 is a name and a word."""
    return [_parsed(line) for line in lines(name)]


def _parsed(line: str) -> Told:
    text, details = "", []
    for part in re.split(r"(\{[a-z]\|[^}]*\})", line):
        mark = re.fullmatch(r"\{([a-z])\|([^}]*)\}", part)
        inner = mark[2] if mark else part
        if mark:
            details.append((KINDS[mark[1]], len(text), len(text) + len(inner)))
        text += inner
    return Told(text, tuple(details))
