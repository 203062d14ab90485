"""Tables as files that people open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet would take for a formula, also after spaces and in full width.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def cell(value: object) -> object:
    """A value as it may stand in a file: a text that looks like a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.lstrip(" \u3000").startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV: byte order mark, CRLF line ends, no cell that a spreadsheet would run."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return "\ufeff" + text.getvalue()
