"""Rows as records, and the account of a file in which every row, column and cell has its place."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any

from forum.directory.opendata.ages import read_age, read_ages, read_last_age
from forum.directory.opendata.cells import READERS, is_empty, tidy
from forum.directory.opendata.columns import folded, understood
from forum.directory.opendata.kinds import kind_of
from forum.directory.opendata.reading import Row, open_table
from forum.directory.opendata.types import (
    JAPAN,
    Account,
    Box,
    Column,
    Complaint,
    Hours,
    NotUnderstood,
    Record,
    Table,
)  # fmt: skip
from forum.directory.opendata.waste import read_days

_SAMPLE = 50  # rows that are looked at before the first is read
_LONGEST_VALUE = 200  # characters of a cell in a complaint
_IDENTITY = {"waste_days": ("name", "district"), "waste_kinds": ("label", "name")}  # first filled one counts


class Reader:
    """One file, read once from begin to end. The account is whole when `records` is used up."""

    def __init__(self, path: Path, box: Box = JAPAN, mapping: Mapping[str, str] | None = None) -> None:
        """`box`: within which degrees the city lies. Raises Unreadable, OSError."""
        table = open_table(path)
        sample: list[Row] = list(islice(table.rows, _SAMPLE))
        self.header = table.header
        self._rows = chain(sample, table.rows)
        self._box = box
        self.columns = understood(table.header, mapping)
        kind, self._days = kind_of(table.header, self.columns, [cells for _, cells in sample])
        self._label_is_name = not any(column.name == "name" for column in self.columns.values())
        self.account = _account(path, table, kind, self.columns, self._days, mapping or {})
        self._seen: dict[str, int] = {}
        self._ids: dict[str, str] = {}

    def records(self) -> Iterator[Record]:
        """The records, one at a time."""
        account = self.account
        for row, cells in self._rows:
            account.rows += 1
            tidied = [tidy(cell) for cell in cells]
            if not any(tidied):
                account.empty += 1
            elif self._repeats_header(tidied):
                account.repeated_headers += 1
            elif record := self._record(row, cells, tidied):
                account.imported += 1
                yield record

    def _repeats_header(self, tidied: list[str]) -> bool:
        """Whether a line says the header once more."""
        same = sum(
            folded(cell) == folded(name) for cell, name in zip(tidied, self.header, strict=False) if cell
        )
        return same >= 2 and same * 2 > sum(map(bool, tidied))

    def _record(self, row: int, cells: tuple[str, ...], tidied: list[str]) -> Record | None:
        values: dict[str, Any] = {}
        raw: dict[str, str] = {}
        if len(cells) > len(self.header) and any(tidied[len(self.header) :]):
            extra = " / ".join(cell for cell in tidied[len(self.header) :] if cell)
            raw["（見出しのない列）"] = extra
            self._keep(row, "", extra, "見出しより列が多い行です")
        for place, (name, cell, plain) in enumerate(zip(self.header, cells, tidied, strict=False)):
            column = self.columns.get(place)
            if place in self._days and plain:
                self._take(row, name, cell, values, f"days:{name}", lambda said=plain: read_days(said))  # type: ignore[misc]
            elif column is None:
                if plain:
                    raw[name or f"（{place + 1}列目）"] = cell
            elif not is_empty(plain):
                self._read(row, name, cell, plain, column, values, raw)
        self._join_address(values)
        self._check_place(row, values, raw)
        return self._identified(row, values, raw)

    def _read(
        self,
        row: int,
        name: str,
        cell: str,
        plain: str,
        column: Column,
        values: dict[str, Any],
        raw: dict[str, str],
    ) -> None:
        reader = _READERS[column.type if column.name != "age_to" else "last_age"]
        before = values.get(column.name)
        if before is not None and column.type in ("text", "flag"):
            # Several columns of one meaning: each keeps its own name, as 授乳室 and おむつ替え do.
            raw[name] = cell
            return
        if not self._take(row, name, cell, values, column.name, lambda: reader(plain)):
            raw[name] = cell
            return
        hours = values.get(column.name)
        if isinstance(hours, Hours) and hours.until is not None and column.name == "opens_at":
            values.setdefault("closes_at", Hours(hours.until, None, hours.next_day))

    def _take(
        self, row: int, name: str, cell: str, values: dict[str, Any], into: str, read: Callable[[], Any]
    ) -> bool:
        try:
            values.setdefault(into, read())
        except NotUnderstood as fault:
            self._keep(row, name, cell, str(fault))
            return False
        return True

    def _keep(self, row: int, column: str, value: str, reason: str) -> None:
        self.account.kept_raw.append(Complaint(row, column, value[:_LONGEST_VALUE], reason))

    def _join_address(self, values: dict[str, Any]) -> None:
        """One line of address where a file has only its parts."""
        if values.get("address"):
            return
        parts = [str(values.get(f"address_{part}", "")) for part in ("prefecture", "city", "town", "block")]
        joined = ""
        for part in parts:
            if part and part not in joined:
                joined = part if joined and part.startswith(joined) else joined + part
        if joined:
            values["address"] = joined

    def _check_place(self, row: int, values: dict[str, Any], raw: dict[str, str]) -> None:
        """Both degrees or none, swapped ones put right, and within the city."""
        names = {c.name: self.header[place] for place, c in self.columns.items()}
        latitude, longitude = values.get("latitude"), values.get("longitude")
        if latitude is None and longitude is None:
            return
        reason = ""
        if latitude is None or longitude is None:
            reason = "緯度と経度の片方がありません"
        elif latitude == 0 and longitude == 0:
            reason = "緯度・経度が 0 です"
        elif self._box.holds(longitude, latitude):
            values["latitude"], values["longitude"] = longitude, latitude
            said = Complaint(
                row,
                names["latitude"],
                f"{latitude}, {longitude}",
                "緯度と経度が入れかわっていたので、なおしました",
            )
            self.account.noticed.append(said)
        elif not self._box.holds(latitude, longitude):
            reason = "この市の範囲の外です"
        if reason:
            for name in ("latitude", "longitude"):
                if name in values:
                    raw[names[name]] = str(values.pop(name))
            self._keep(row, names.get("latitude", ""), f"{latitude}, {longitude}", reason)

    def _identified(self, row: int, values: dict[str, Any], raw: dict[str, str]) -> Record | None:
        names = _IDENTITY.get(self.account.kind, ("name", "label"))
        name = next((str(values[each]) for each in names if values.get(each)), "")
        if not name and self.account.kind in ("waste_days", "list"):
            name = next(iter(raw.values()), "")
        if not name:
            self._refuse(row, "名称", "", "名称がないので、何の行か分かりません")
            return None
        values.setdefault("name", name)
        key = self._key(name, values)
        if key in self._seen:
            self._refuse(row, "名称", name, f"{self._seen[key]}行目と同じものです")
            return None
        self._seen[key] = row
        return Record(row, key, values, raw)

    def _key(self, name: str, values: dict[str, Any]) -> str:
        """Code and number where the number is this row's alone; else name, place and what it is."""
        said = folded(
            f"{name}|{values.get('address', '')}|{values.get('kind', '')}|{values.get('starts_on', '')}"
        )
        number = str(values.get("id", ""))
        if number and self._ids.setdefault(number, said) == said:
            return f"{values.get('city_code', '')}:{number}|{said}"
        return said

    def _refuse(self, row: int, column: str, value: str, reason: str) -> None:
        self.account.refused.append(Complaint(row, column, value[:_LONGEST_VALUE], reason))


_READERS: dict[str, Callable[[str], Any]] = {
    **READERS,
    "ages": read_ages,
    "age": read_age,
    "last_age": read_last_age,
}


def _account(
    path: Path,
    table: Table,
    kind: str,
    columns: Mapping[int, Column],
    days: tuple[int, ...],
    mapping: Mapping[str, str],
) -> Account:
    known = {table.header[place]: column.label for place, column in columns.items()}
    known |= {table.header[place]: "収集日" for place in days}
    unknown = [
        cell or f"（{place + 1}列目・見出しなし）"
        for place, cell in enumerate(table.header)
        if place not in columns and place not in days and mapping.get(cell) != ""
    ]
    return Account(path.name, kind, table.encoding, columns=known, not_understood=unknown)
