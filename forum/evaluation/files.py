"""Examples with their labels: files of one JSON object a line, UTF-8."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from forum.safety.types import Category


class BadFile(click.ClickException):
    """A file that cannot be measured with; says where. Exit code 2."""

    exit_code = 2

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")


@dataclass(frozen=True)
class LabelledThread:
    """A thread of a need. relevance 2: about this need; 0: near it in words only. Age in months."""

    id: str
    need: str
    relevance: int
    title: str
    body: str
    board: str | None
    child_age_months: int | None
    needs: tuple[str, ...]
    replies: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """What somebody with this need typed."""

    id: str
    need: str
    text: str


@dataclass(frozen=True)
class LabelledPost:
    """A text and what in it tells who the writer is: (kind, text)."""

    id: str
    text: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LabelledDanger:
    """A text with the kinds of danger it speaks of, or `none` alone, and how grave it is: 0 to 3."""

    id: str
    text: str
    labels: tuple[str, ...]
    severity: int


def read_threads(paths: Sequence[Path]) -> list[LabelledThread]:
    """All threads of the files. Raises BadFile."""
    threads = []
    for row in _rows(paths):
        relevance = row.take("relevance", int)
        if relevance not in (0, 1, 2):
            raise row.fault(f'"relevance" is {relevance}, not 0, 1 or 2')
        replies = tuple(row.inner(reply, "replies").take("body", str) for reply in row.take("replies", list))
        threads.append(
            LabelledThread(
                id=row.take("id", str),
                need=row.take("need", str),
                relevance=relevance,
                title=row.take("title", str),
                body=row.take("body", str),
                board=row.maybe("board", str),
                child_age_months=row.maybe("child_age_months", int),
                needs=tuple(row.words("needs")),
                replies=replies,
            )
        )
    return threads


def read_queries(paths: Sequence[Path]) -> list[Query]:
    """All queries of the files. Raises BadFile."""
    return [Query(row.take("id", str), row.take("need", str), row.take("text", str)) for row in _rows(paths)]


def read_posts(paths: Sequence[Path]) -> list[LabelledPost]:
    """All labelled posts of the files. Raises BadFile."""
    posts = []
    for row in _rows(paths):
        text = row.take("text", str)
        details = []
        for entry in row.take("pii", list):
            detail = row.inner(entry, "pii")
            kind, labelled = detail.take("kind", str), detail.take("text", str)
            if not labelled or labelled not in text:
                raise row.fault(f'"pii" names {labelled!r}, which is not in the text')
            details.append((kind, labelled))
        posts.append(LabelledPost(row.take("id", str), text, tuple(details)))
    return posts


def read_dangers(paths: Sequence[Path]) -> list[LabelledDanger]:
    """All posts of the files with their kinds of danger. Raises BadFile."""
    known = {"none", *Category}
    posts = []
    for row in _rows(paths):
        labels, severity = row.words("labels"), row.take("severity", int)
        if not labels or not known.issuperset(labels) or ("none" in labels and len(labels) > 1):
            raise row.fault(f'"labels" must be "none" alone or some of {", ".join(sorted(known))}')
        if severity not in (0, 1, 2, 3):
            raise row.fault(f'"severity" is {severity}, not 0, 1, 2 or 3')
        posts.append(LabelledDanger(row.take("id", str), row.take("text", str), tuple(labels), severity))
    return posts


@dataclass(frozen=True)
class _Row:
    """One line of a file."""

    path: Path
    line: int
    fields: dict[str, Any]

    def fault(self, message: str) -> BadFile:
        return BadFile(self.path, self.line, message)

    def take(self, name: str, kind: type) -> Any:
        """A field that must be there and of this kind."""
        if name not in self.fields:
            raise self.fault(f'the field "{name}" is missing')
        value = self.fields[name]
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.fault(f'"{name}" must be {_KINDS[kind]}')
        return value

    def maybe(self, name: str, kind: type) -> Any:
        """A field that may be missing or null."""
        return None if self.fields.get(name) is None else self.take(name, kind)

    def words(self, name: str) -> list[str]:
        """A list of words."""
        values = self.take(name, list)
        if not all(isinstance(value, str) for value in values):
            raise self.fault(f'"{name}" must be a list of words')
        return list(values)

    def inner(self, value: object, name: str) -> "_Row":
        """An object inside a list of this line."""
        if not isinstance(value, dict):
            raise self.fault(f'"{name}" must be a list of objects')
        return _Row(self.path, self.line, value)


_KINDS: dict[type, str] = {str: "a text", int: "a whole number", list: "a list"}


def _rows(paths: Sequence[Path]) -> Iterator[_Row]:
    """Every line of every file; blank ones are passed over. An id may stand only once."""
    seen: dict[str, str] = {}
    for path in paths:
        count = 0
        for number, line in enumerate(_lines(path), 1):
            if not line.strip():
                continue
            row = _Row(path, number, _object(path, number, line))
            identifier = row.take("id", str)
            if identifier in seen:
                raise row.fault(f'the id "{identifier}" stands already at {seen[identifier]}')
            seen[identifier] = f"{path}:{number}"
            count += 1
            yield row
        if not count:
            raise BadFile(path, 1, "the file is empty")


def _lines(path: Path) -> list[str]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadFile(path, 1, f"cannot be read: {error.strerror}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadFile(path, line, "is not UTF-8") from error
    return text.split("\n")


def _object(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        where = f" at character {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise BadFile(path, number, f"is not JSON{where}") from error
    if not isinstance(found, dict):
        raise BadFile(path, number, "must be a JSON object")
    return found
