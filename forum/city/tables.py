"""CSV files with a fixed set of columns: rows that know their line and tell their own faults."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from forum.city.faults import Faults
from forum.city.files import read_text
from forum.doors.hours import HoursError, Schedule

ID_RULE = "半角の小文字と数字、「-」「_」で書いてください。"
ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
ABOUT = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
NUMBER_RULE = "半角で、市外局番から「-」で区切って書いてください。"
SHORT_NUMBER = re.compile(r"#\d{4}|1\d\d")
LONG_NUMBER = re.compile(r"0\d{1,4}-\d{1,4}-\d{3,5}")
WEB = re.compile(r"https?://[^\s/]+\.[^\s]+")


@dataclass(frozen=True)
class Row:
    """One record: cells by column, stripped; columns that the file does not have are empty."""

    file: str
    line: int
    cells: Mapping[str, str]
    faults: Faults

    def say(self, message: str) -> None:
        """Note a fault of this record."""
        self.faults.add(self.file, self.line, message)

    def text(self, column: str) -> str:
        """A cell that may be empty."""
        return self.cells.get(column, "")

    def required(self, column: str) -> str:
        """A cell that must not be empty."""
        value = self.text(column)
        if not value and column in self.cells:
            self.say(f"「{column}」が空です。")
        return value

    def id(self, column: str, known: Collection[str]) -> str:
        """A name for machines that none of `known` has yet."""
        value = self.required(column)
        if value and not ID.fullmatch(value):
            self.say(f"「{column}」の「{value}」は使えません。{ID_RULE}")
        if value and value in known:
            self.say(f"「{column}」の「{value}」が二度出てきます。")
        return value

    def choice(self, column: str, allowed: Collection[str], *, empty: bool = False) -> str:
        """One of the allowed words."""
        value = self.text(column) if empty else self.required(column)
        if value and value not in allowed:
            self.say(f"「{column}」の「{value}」はありません。{_listed(allowed)}")
        return value

    def choices(self, column: str, allowed: Collection[str]) -> tuple[str, ...]:
        """One or several of the allowed words, divided by semicolons."""
        values = tuple(part.strip() for part in self.required(column).split(";") if part.strip())
        for value in values:
            if value not in allowed:
                self.say(f"「{column}」の「{value}」はありません。{_listed(allowed)}")
        return values

    def months(self, column: str) -> int | None:
        """An age in months, up to the end of the school year in which one turns eighteen."""
        value = self.text(column)
        if not value:
            return None
        if not re.fullmatch(r"\d{1,3}", value) or not value.isascii() or int(value) > 239:
            self.say(f"「{column}」の「{value}」は月齢として読めません。0から239までの数で書いてください。")
            return None
        return int(value)

    def decimal(self, column: str, low: float, high: float) -> float | None:
        """A coordinate inside the country."""
        value = self.text(column)
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            number = high + 1
        if not low <= number <= high:
            self.say(f"「{column}」の「{value}」は座標として読めません。")
            return None
        return number

    def about(self, column: str) -> str:
        """A date as coarse as its source: 2024, 2024-07 or 2024-07-10."""
        value = self.text(column)
        if value and not _is_date(value):
            self.say(f"「{column}」の「{value}」は日付として読めません。2026-01-31 か 2026-01 か 2026 です。")
        return value

    def day(self, column: str) -> date | None:
        """A day: 2024-07-10."""
        value = self.text(column)
        if not value:
            return None
        if len(value) != 10 or not _is_date(value):
            self.say(f"「{column}」の「{value}」は日付として読めません。2026-01-31 のように書いてください。")
            return None
        return date.fromisoformat(value)

    def number(self, column: str) -> str:
        """One telephone number, or several divided by " / "."""
        value = self.text(column)
        for part in value.split("/") if value else ():
            if not _is_number(part.strip()):
                self.say(f"「{column}」の「{part.strip()}」は電話番号として読めません。{NUMBER_RULE}")
        return value

    def web(self, column: str) -> str:
        """An address of a page."""
        value = self.text(column)
        if value and not WEB.fullmatch(value):
            self.say(f"「{column}」の「{value}」はアドレスとして読めません。https:// から書いてください。")
        return value

    def hours(self, column: str) -> Schedule | None:
        """Opening hours in notation."""
        value = self.text(column)
        if not value:
            return None
        try:
            return Schedule.parse(value)
        except HoursError as error:
            self.say(f"「{column}」が読めません。{error.position}文字目、{error.message}。")
            return None


def read_table(path: Path, required: Collection[str], optional: Collection[str], faults: Faults) -> list[Row]:
    """The records of a CSV file; its faults of form are noted."""
    text = read_text(path, faults)
    if text is None:
        return []
    records = _records(path.name, text, faults)
    header = next(records, None)
    if header is None:
        return []
    columns = [name.strip() for name in header[1]]
    for name in required:
        if name not in columns:
            faults.add(path.name, header[0], f"列「{name}」がありません。")
    for name in columns:
        if name not in required and name not in optional:
            faults.add(path.name, header[0], f"列「{name}」は決まりにありません。")
        if columns.count(name) > 1:
            faults.add(path.name, header[0], f"列「{name}」が二つあります。")
    rows = []
    for line, cells in records:
        if len(cells) != len(columns):
            faults.add(path.name, line, f"列の数が{len(cells)}です。見出しは{len(columns)}です。")
            continue
        values = {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
        rows.append(Row(path.name, line, values, faults))
    if not rows:
        faults.add(path.name, header[0], "見出しだけで、中身がありません。")
    return rows


def _records(file: str, text: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            faults.add(file, line, '引用符（"）の閉じ忘れなど、CSVとして読めないところがあります。')
            return
        if cells:
            yield line, cells
        line = reader.line_num + 1


def _listed(allowed: Collection[str]) -> str:
    return f"使えるのは {'、'.join(allowed)} です。" if 0 < len(allowed) <= 20 else ""


def _is_date(value: str) -> bool:
    if not ABOUT.fullmatch(value) or not value.isascii():
        return False
    year, month, day = (value.split("-") + ["01", "01"])[:3]
    try:
        return date(int(year), int(month), int(day)).year >= 2000
    except ValueError:
        return False


def _is_number(value: str) -> bool:
    digits = sum(sign.isdigit() for sign in value)
    return value.isascii() and (
        bool(SHORT_NUMBER.fullmatch(value)) or (bool(LONG_NUMBER.fullmatch(value)) and digits in (10, 11))
    )
