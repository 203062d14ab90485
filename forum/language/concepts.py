"""Concepts: groups of words in which parents, families and offices say the same thing.

A group's word fires where its run of base forms occurs (particles and auxiliaries dropped, the
negation, たい and しまう kept, spaces skipped, no run across a symbol; not where dropping leaves
a single word of several), or where it is written as such and has three or more characters, or in
hiragana, four or more. A word all in kana must begin where a word of the text begins, a latin word
or number must stand alone: つわり is not in まつわり, nor rs in nurse.
"""

import hashlib
import json
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from forum.language.normalise import Spelled, normalise, spelled, to_hiragana
from forum.language.tokens import Token, analyse, analyser_stamp

NATIONAL = Path(__file__).parent / "data" / "thesaurus.toml"

_SHORTEST_AS_WRITTEN = 3
_SHORTEST_IN_KANA = 4
_KANA = re.compile(r"[\u3041-\u309f\u30a1-\u30ff]+")
_ALNUM = re.compile(r"[0-9a-z]")
_NEGATIONS = ("ない", "ぬ", "ん", "へん")
_KEPT_HELPERS = {"しまう": "しまう", "ちゃう": "しまう", "じゃう": "しまう", "ちまう": "しまう"}
_DROPPED = ("助詞", "接続詞", "フィラー", "記号,空白", "動詞,非自立")
_BREAK = ""  # stands in a run where a symbol ends the phrase; no word contains it


@dataclass(frozen=True)
class Group:
    """One concept. `weight` 1.0 the same thing, 0.7 near, 0.4 related.

    `needs` are service categories, best first.
    """

    id: str
    weight: float
    words: tuple[str, ...]
    needs: tuple[str, ...]
    owner: str


class ConceptHit(NamedTuple):
    """Where a concept shows: `surface` is the text as typed between `start` and `end`."""

    group: str
    weight: float
    needs: tuple[str, ...]
    surface: str
    start: int
    end: int


class _Step(NamedTuple):
    """One base form of a text with its place."""

    base: str
    start: int
    end: int


@dataclass
class _Node:
    groups: set[str] = field(default_factory=set)
    after: dict[str, "_Node"] = field(default_factory=dict)


class Thesaurus:
    """All groups of the national file and of a city's additions; frozen after loading, safe to share."""

    def __init__(self, groups: Iterable[Group], read: Callable[[str], "_Reading"] | None = None) -> None:
        """Groups with one id are merged: words and needs are added, weight and owner stay the first's.

        `read` says how a word is read; the default asks Janome each time.
        """
        merged: dict[str, Group] = {}
        for group in groups:
            first = merged.get(group.id, group)
            merged[group.id] = Group(
                group.id,
                first.weight,
                tuple(dict.fromkeys(first.words + group.words)),
                tuple(dict.fromkeys(first.needs + group.needs)),
                first.owner,
            )
        self._groups: Mapping[str, Group] = merged
        self._runs = _Node()
        self._written: dict[str, list[tuple[str, str]]] = {}
        read = read or _read_word
        for group in merged.values():
            for word in group.words:
                self._learn(read(word), group.id)

    @classmethod
    def load(cls, *paths: Path, kept: Path | None = None) -> "Thesaurus":
        """The national base and the `[[group]]` tables of `paths` (TOML).

        A table has id and words; weight, needs and owner are optional. Janome takes about 1.5 s for
        them all; with `kept`, a file in which the readings are kept, only new words are read again.
        Raises ValueError with file and group on a faulty table, OSError on a missing one.
        """
        groups = [group for path in (NATIONAL, *paths) for group in _read(path)]
        if kept is None:
            return cls(groups)
        readings = Readings(kept)
        thesaurus = cls(groups, readings.of)
        readings.keep()
        return thesaurus

    @property
    def groups(self) -> Mapping[str, Group]:
        """Groups by id, in the order of the files."""
        return self._groups

    @property
    def stamp(self) -> str:
        """12 hex digits of the content: the same groups give the same stamp on every machine."""
        content = [[g.id, g.weight, g.words, g.needs] for g in self._groups.values()]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:12]

    def find(self, text: str, tokens: tuple[Token, ...] | None = None) -> tuple[ConceptHit, ...]:
        """Every concept in `text`, in order of place; one group's overlapping matches count as its longest.

        `tokens` spares a second analysis when the caller has `analyse(text)` at hand. Beyond
        Janome about 1 ms for 300 characters.
        """
        steps = _steps(analyse(text) if tokens is None else tokens)
        found = self._by_run(steps)
        found |= self._as_written(spelled(text), {step.start for step in steps})
        hits: list[ConceptHit] = []
        reached: dict[str, int] = {}
        for start, minus_end, group_id in sorted((s, -e, g) for s, e, g in found):
            if start < reached.get(group_id, 0):
                continue
            reached[group_id] = -minus_end
            group = self._groups[group_id]
            hits.append(
                ConceptHit(group_id, group.weight, group.needs, text[start:-minus_end], start, -minus_end)
            )
        return tuple(hits)

    def _learn(self, reading: "_Reading", group_id: str) -> None:
        if reading.bases:
            node = self._runs
            for base in reading.bases:
                node = node.after.setdefault(base, _Node())
            node.groups.add(group_id)
        for written in reading.written:
            self._written.setdefault(written[:_SHORTEST_AS_WRITTEN], []).append((written, group_id))

    def _by_run(self, steps: list[_Step]) -> set[tuple[int, int, str]]:
        found = set()
        for i, first in enumerate(steps):
            node = self._runs.after.get(first.base)
            last = i
            while node:
                for group_id in node.groups:
                    found.add((first.start, steps[last].end, group_id))
                last += 1
                node = node.after.get(steps[last].base) if last < len(steps) else None
        return found

    def _as_written(self, spelling: Spelled, word_starts: set[int]) -> set[tuple[int, int, str]]:
        text = spelling.text
        found = set()
        for i in range(len(text) - _SHORTEST_AS_WRITTEN + 1):
            for word, group_id in self._written.get(text[i : i + _SHORTEST_AS_WRITTEN], ()):
                if text.startswith(word, i) and _stands(text, i, word, spelling.starts[i] in word_starts):
                    found.add((spelling.starts[i], spelling.ends[i + len(word) - 1], group_id))
        return found


class _Reading(NamedTuple):
    """How a word of the thesaurus is met: as a run of base forms (empty: not so), and as written."""

    bases: tuple[str, ...]
    written: tuple[str, ...]


def _read_word(word: str) -> _Reading:
    tokens = analyse(word)
    bases = tuple(step.base for step in _steps(tokens))
    # 何から would be left with 何, 寝てばかり with 寝る: such a word counts only as written.
    telling = _BREAK not in bases and (
        len(bases) > 1 or (len(bases) == len(tokens) == 1 and not _one_kana(bases[0]))
    )
    forms = {normalise(word).replace(" ", ""), _in_kana(tokens)}
    written = sorted(form for form in forms if len(form) >= _SHORTEST_AS_WRITTEN)
    return _Reading(bases if telling else (), tuple(written))


class Readings:
    """Readings of words kept in a file, which may be missing, old or broken at any time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = analyser_stamp()
        self._used: dict[str, _Reading] = {}
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            kept = found["words"] if found["analyser"] == self._stamp else {}
            self._kept = {word: _Reading(tuple(b), tuple(w)) for word, (b, w) in kept.items()}
        except (OSError, ValueError, KeyError, TypeError):
            self._kept = {}

    def of(self, word: str) -> _Reading:
        """How the word is read."""
        if word not in self._used:
            self._used[word] = self._kept.get(word) or _read_word(word)
        return self._used[word]

    def keep(self) -> None:
        """Write the file if a word was new. A folder that cannot be written costs time, nothing else."""
        if self._used.keys() <= self._kept.keys():
            return
        content = {"analyser": self._stamp, "words": self._used}
        fresh = self._path.with_suffix(f".{os.getpid()}")
        try:
            fresh.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
            fresh.replace(self._path)
        except OSError:
            fresh.unlink(missing_ok=True)


def _in_kana(tokens: tuple[Token, ...]) -> str:
    """A word as who is in haste or new to Japanese may type it; empty when too short to be sure."""
    if not all(token.reading for token in tokens):
        return ""
    kana = to_hiragana("".join(token.reading for token in tokens))
    return kana if len(kana) >= _SHORTEST_IN_KANA else ""


def _one_kana(base: str) -> bool:
    return len(base) == 1 and bool(_KANA.match(base))


def _stands(text: str, at: int, word: str, begins_word: bool) -> bool:
    """Whether `word`, written at `at`, may be meant and is not just a piece of another word."""
    if _KANA.fullmatch(word) and not begins_word:
        return False
    end = at + len(word)
    if at and _ALNUM.match(word[0]) and _ALNUM.match(text[at - 1]):
        return False
    return not (end < len(text) and _ALNUM.match(word[-1]) and _ALNUM.match(text[end]))


def _steps(tokens: tuple[Token, ...]) -> list[_Step]:
    """The base forms that words are compared by, with their places."""
    steps = []
    for token in tokens:
        base: str | None = token.base
        if token.pos.startswith("助動詞"):
            base = "ない" if token.base in _NEGATIONS else "たい" if token.base == "たい" else None
        elif token.base in _KEPT_HELPERS:
            base = _KEPT_HELPERS[token.base]
        elif token.pos.startswith(_DROPPED) or (token.pos.startswith("接頭詞") and token.surface in "お御ご"):
            base = None
        elif token.pos.startswith("記号"):
            base = _BREAK
        if base is not None:
            steps.append(_Step(base, token.start, token.end))
    return steps


def _read(path: Path) -> list[Group]:
    """The groups of one file, checked."""
    with path.open("rb") as file:
        tables = tomllib.load(file).get("group", [])
    return [_group(path, number, table) for number, table in enumerate(tables, 1)]


def _group(path: Path, number: int, table: Mapping[str, Any]) -> Group:
    where = f"{path.name}: group {number} ({table.get('id', 'without id')})"
    unknown = set(table) - {"id", "weight", "words", "needs", "owner"}
    if unknown:
        raise ValueError(f"{where}: unknown field {', '.join(sorted(unknown))}")
    for name in ("words", "needs"):
        if not all(isinstance(entry, str) and entry.strip() for entry in table.get(name, [])):
            raise ValueError(f"{where}: {name} must be a list of non-empty strings")
    identifier, weight = table.get("id"), table.get("weight", 1.0)
    if not isinstance(identifier, str) or not identifier or any(letter.isspace() for letter in identifier):
        raise ValueError(f"{where}: id must be one word")
    if not isinstance(weight, int | float) or not 0 < weight <= 1:
        raise ValueError(f"{where}: weight must be above 0 and at most 1")
    if not table.get("words"):
        raise ValueError(f"{where}: words are missing")
    return Group(
        identifier,
        float(weight),
        tuple(table["words"]),
        tuple(table.get("needs", [])),
        table.get("owner", ""),
    )
