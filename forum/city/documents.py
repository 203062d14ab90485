"""TOML and JSON Lines files: tables that know the line of each key and tell their own faults."""

import json
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forum.city.faults import Faults
from forum.city.files import read_text
from forum.city.tables import ID, ID_RULE

_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_PLACE = re.compile(r"line (\d+)")


@dataclass(frozen=True)
class Entry:
    """One table of a document, or one line of JSON. `lines` gives the line of each key."""

    file: str
    line: int
    values: Mapping[str, Any]
    lines: Mapping[str, int]
    faults: Faults

    def say(self, key: str, message: str) -> None:
        """Note a fault at a key, or at the table's head where the key is missing."""
        self.faults.add(self.file, self.lines.get(key, self.line), message)

    def only(self, allowed: Collection[str]) -> None:
        """Note every key that the format does not know."""
        for key in self.values:
            if key not in allowed:
                self.say(key, f"「{key}」は決まりにありません。")

    def text(self, key: str, *, empty: bool = False, longest: int = 4000) -> str:
        """A text; blank ones are faults unless `empty`."""
        value = self.values.get(key)
        if value is None and empty:
            return ""
        if value is None:
            self.say(key, f"「{key}」がありません。")
            return ""
        if not isinstance(value, str):
            self.say(key, f"「{key}」は文字で書いてください。")
            return ""
        if not value.strip() and not empty:
            self.say(key, f"「{key}」が空です。")
        if len(value) > longest:
            self.say(key, f"「{key}」が長すぎます（{len(value)}字）。{longest}字までです。")
        return value.strip()

    def id(self, known: Collection[str], pattern: re.Pattern[str] = ID) -> str:
        """The table's own name, that none of `known` has yet."""
        value = self.text("id")
        if value and not pattern.fullmatch(value):
            self.say("id", f"「id」の「{value}」は使えません。{ID_RULE}")
        if value and value in known:
            self.say("id", f"「id」の「{value}」が二度出てきます。")
        return value

    def choice(self, key: str, allowed: Collection[str], *, empty: bool = False) -> str:
        """One of the allowed words."""
        value = self.text(key, empty=empty)
        if value and value not in allowed:
            self.say(key, f"「{key}」の「{value}」はありません。")
        return value

    def flag(self, key: str) -> bool:
        """true or false; false when absent."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.say(key, f"「{key}」は true か false で書いてください。")
        return value is True

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float | None:
        """A number between two bounds; the default when absent."""
        value = self.values.get(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            self.say(key, f"「{key}」は{low:g}から{high:g}までの数で書いてください。")
            return default
        return float(value)

    def whole(self, key: str, low: int, high: int) -> int | None:
        """A whole number between two bounds, or None."""
        value = self.number(key, low, high)
        if value is not None and value != int(value):
            self.say(key, f"「{key}」は整数で書いてください。")
        return None if value is None else int(value)

    def words(self, key: str, *, empty: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        value = self.values.get(key, [] if empty else None)
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self.say(key, f"「{key}」は文字の並びで書いてください。")
            return ()
        if not value and not empty:
            self.say(key, f"「{key}」が空です。")
        return tuple(one.strip() for one in value)

    def parts(self, key: str) -> list["Entry"]:
        """The tables inside this one (replies of a sample), all on its line."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.say(key, f"「{key}」は表の並びで書いてください。")
            return []
        return [Entry(self.file, self.line, one, {}, self.faults) for one in value]


@dataclass(frozen=True)
class Document:
    """A TOML file: the values before the first table, and its arrays of tables by name."""

    top: Entry
    tables: Mapping[str, list[Entry]]


def read_document(path: Path, arrays: Collection[str], faults: Faults) -> Document | None:
    """A TOML file whose tables are the named arrays; None, with a fault, when it cannot be read."""
    text = read_text(path, faults)
    if text is None:
        return None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        faults.add(path.name, line, "TOMLとして読めません。引用符やかっこの閉じ忘れがないか見てください。")
        return None
    heads = list(_heads(text))
    top = Entry(path.name, 1, {k: v for k, v in data.items() if k not in arrays}, heads[0][2], faults)
    tables: dict[str, list[Entry]] = {}
    for name in arrays:
        values = data.get(name, [])
        if not isinstance(values, list) or not all(isinstance(one, dict) for one in values):
            faults.add(path.name, 1, f"「{name}」は [[{name}]] の形で書いてください。")
            continue
        places = [(line, keys) for head, line, keys in heads if head == name]
        tables[name] = [
            Entry(path.name, line, one, keys, faults)
            for one, (line, keys) in zip(values, places or [(1, {})] * len(values), strict=False)
        ]
    return Document(top, tables)


def read_lines(path: Path, faults: Faults) -> Iterator[Entry]:
    """The objects of a JSON Lines file; faulty lines are noted and left out."""
    text = read_text(path, faults)
    for number, line in enumerate((text or "").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        if isinstance(value, dict):
            yield Entry(path.name, number, value, {}, faults)
        else:
            faults.add(path.name, number, "JSONとして読めません。1行に1件で書いてください。")


def _heads(text: str) -> Iterator[tuple[str, int, dict[str, int]]]:
    """Each table head with its line and the lines of its keys; the lines before the first head are ""."""
    head, start, keys = "", 1, dict[str, int]()
    inside = ""  # the quotes of a text over several lines
    for number, line in enumerate(text.split("\n"), start=1):
        if not inside and (found := _HEADER.match(line)):
            yield head, start, keys
            head, start, keys = found[1], number, {}
        elif not inside and (key := _KEY.match(line)):
            keys.setdefault(key[1], number)
        for quotes in ('"""', "'''"):
            if inside in ("", quotes) and line.count(quotes) % 2:
                inside = "" if inside else quotes
                break
    yield head, start, keys
