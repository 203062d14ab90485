"""All that stands in a database, and what two of them have in common by which rows could be joined."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import inspect

WINDOW = 16  # bytes that nobody has by chance
LETTERS = 8  # an id has ten; shorter are the words of lists such as "open" or "family"
KANA = 8  # letters of a sentence that nobody writes twice by chance
# Row numbers and counters from 1 on are in every database; a larger number is a value.
COUNTERS_BELOW = 10_000
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d")
_CODED = re.compile(r"[A-Za-z0-9+/_=-]{16,}")
KEY_SIZES = 100  # keys, digests and wrapped keys have the same few sizes everywhere
Key = tuple[str, object]


@dataclass(frozen=True)
class Cell:
    """One value where it stands. `row` counts within the table."""

    table: str
    column: str
    row: int
    value: Any


def dump(handle: SQLAlchemy) -> list[Cell]:
    """Every value of every table, whoever made the table. Needs the app's context."""
    found = []
    inspector = inspect(handle.engine)
    with handle.engine.connect() as connection:
        for name in inspector.get_table_names():
            columns = [str(one["name"]) for one in inspector.get_columns(name)]
            for number, row in enumerate(connection.exec_driver_sql(f'SELECT * FROM "{name}"')):  # noqa: S608
                found += [
                    Cell(name, column, number, value) for column, value in zip(columns, row, strict=True)
                ]
        connection.rollback()
    return [cell for cell in found if cell.value is not None]


def as_bytes(value: object) -> bytes:
    """A value as a file would hold it."""
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def second_of(value: object) -> datetime | None:
    """The second that a value tells, in whatever form; None if it tells none."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    if isinstance(value, str) and _MOMENT.match(value):
        return second_of(datetime.fromisoformat(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        for unit in (1, 1_000, 1_000_000):
            if 1.5e9 < value / unit < 4e9:
                return datetime.fromtimestamp(value // unit, UTC)
    return None


def keys(cell: Cell) -> Iterator[Key]:
    """Everything by which this value could be found in another database. Times stand apart."""
    value = cell.value
    if isinstance(value, bool | date) or second_of(value) is not None:
        return
    if isinstance(value, memoryview):
        value = bytes(value)
    if isinstance(value, int | float):
        if abs(value) >= COUNTERS_BELOW:
            yield "number", value
    elif isinstance(value, bytes):
        yield from _windows(value)
        if len(value) > KEY_SIZES:
            yield "size", len(value)
    else:
        yield from _of_text(str(value))


def _of_text(text: str) -> Iterator[Key]:
    if len(text) >= LETTERS:
        yield "text", text
    for piece in re.split(r"[^\w-]+", text):
        if not piece.isascii():
            for start in range(len(piece) - KANA + 1):
                yield "words", piece[start : start + KANA]
        elif len(piece) >= LETTERS:
            yield "text", piece
    for piece in _CODED.findall(text):
        for raw in _decoded(piece):
            yield from _windows(raw)
    if len(text) >= LETTERS:  # an id that was only hashed is the id again to whoever hashes all ids
        for name in ("md5", "sha1", "sha256", "blake2b"):
            yield from _windows(hashlib.new(name, text.encode()).digest()[:WINDOW])
        yield from _windows(hashlib.blake2b(text.encode(), digest_size=32).digest()[:WINDOW])


def _decoded(piece: str) -> Iterator[bytes]:
    """The bytes that a piece of text may stand for."""
    with suppress(ValueError):
        yield bytes.fromhex(piece)
    with suppress(binascii.Error):
        yield base64.b64decode(piece.replace("-", "+").replace("_", "/") + "=" * (-len(piece) % 4))


def _windows(raw: bytes) -> Iterator[Key]:
    for start in range(len(raw) - WINDOW + 1):
        window = raw[start : start + WINDOW]
        if len(set(window)) > 4:  # not a row of zeros
            yield "bytes", window


def common(one: Iterable[Cell], other: Iterable[Cell]) -> dict[Key, tuple[set[str], set[str]]]:
    """What stands in both: each with the columns (table.column) of the one and of the other side."""
    left: dict[Key, set[str]] = {}
    for cell in one:
        for key in keys(cell):
            left.setdefault(key, set()).add(f"{cell.table}.{cell.column}")
    found: dict[Key, tuple[set[str], set[str]]] = {}
    for cell in other:
        for key in keys(cell):
            if key in left:
                found.setdefault(key, (left[key], set()))[1].add(f"{cell.table}.{cell.column}")
    return found


def places(shared: dict[Key, tuple[set[str], set[str]]]) -> set[tuple[str, str, str]]:
    """The same, short: (kind, column of the one, column of the other)."""
    return {
        (str(kind), left, right)
        for (kind, _), (lefts, rights) in shared.items()
        for left in lefts
        for right in rights
    }
