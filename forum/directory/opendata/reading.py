"""A published file as header and rows, one row at a time: CSV, Excel and GeoJSON, however encoded."""

import codecs
import csv
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from forum.directory.opendata.columns import understood
from forum.directory.opendata.types import Table, Unreadable

MOST_GEOJSON = 50 * 1024 * 1024  # bytes: it is read whole, the others line by line
LONGEST_CELL = 1_000_000  # characters; a missing quotation mark swallows the rest of a file
_CHUNK = 1 << 20
_ABOVE = 15  # lines among which the header is looked for
_ENCODINGS = (("utf-8", "UTF-8"), ("cp932", "CP932"))

Row = tuple[int, tuple[str, ...]]


def open_table(path: Path) -> Table:
    """The table of a file. Raises Unreadable when it is none, OSError when it cannot be opened."""
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise Unreadable("ファイルが空です。")
    if head.startswith(b"PK\x03\x04"):
        return _with_header(_excel(path), "Excel")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("古い形式のExcel（.xls）です。.xlsx か CSV で保存しなおしてください。")
    if head.lstrip(codecs.BOM_UTF8 + b" \r\n\t").startswith((b"{", b"[")):
        return _geojson(path)
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding, name = _encoding(path, (("utf-16", "UTF-16"),) if wide else _ENCODINGS)
    return _with_header(_csv(path, encoding), name)


def _encoding(path: Path, tried: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The first encoding in which the whole file makes sense."""
    worst = 0
    for encoding, name in tried:
        decoder, at = codecs.getincrementaldecoder(encoding)(), 0
        try:
            with path.open("rb") as file:
                has_bom = file.read(3) == codecs.BOM_UTF8
                file.seek(0)
                while chunk := file.read(_CHUNK):
                    decoder.decode(chunk)
                    at += len(chunk)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError as fault:
            worst = max(worst, at + fault.start)
            continue
        return ("utf-8-sig", "UTF-8 BOM") if has_bom and encoding == "utf-8" else (encoding, name)
    raise Unreadable(f"UTF-8 でも Shift_JIS（CP932）でもありません（{worst + 1:,}バイト目）。")


def _csv(path: Path, encoding: str) -> Iterator[Row]:
    with path.open(encoding=encoding, newline="") as file:
        delimiter = _delimiter(file)
        csv.field_size_limit(LONGEST_CELL)
        reader = csv.reader(file, delimiter=delimiter)
        line = 1
        try:
            for cells in reader:
                yield line, tuple(cells)
                line = reader.line_num + 1
        except csv.Error as fault:
            raise Unreadable(
                f"{line}行目から、CSVとして読めません（引用符がとじていないことがあります）。"
            ) from fault


def _delimiter(file: IO[str]) -> str:
    first = file.readline(100_000)
    file.seek(0)
    return max(",\t;", key=first.count)


def _excel(path: Path) -> Iterator[Row]:
    """The first sheet in which a name of a known column stands; else the first with anything in it."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, KeyError, OSError, ValueError, SyntaxError) as fault:
        raise Unreadable("Excelのファイルとして開けません。") from fault
    try:
        sheets = [book[name] for name in book.sheetnames]
        best = max(sheets, key=lambda sheet: _known_names(islice(_lines(sheet), _ABOVE)), default=None)
        if best is not None:
            yield from _lines(best)
    finally:
        book.close()


def _lines(sheet: Any) -> Iterator[Row]:
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_excel_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        yield number, tuple(cells)


def _excel_text(value: Any) -> str:
    """A cell as a person sees it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _geojson(path: Path) -> Table:
    """Features as rows: properties, and the point as latitude and longitude."""
    if path.stat().st_size > MOST_GEOJSON:
        raise Unreadable("GeoJSONが大きすぎます（50MBまで）。")
    try:
        whole = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise Unreadable("JSONとして読めません。") from fault
    features = whole.get("features") if isinstance(whole, dict) else whole
    if not isinstance(features, list) or not all(isinstance(each, dict) for each in features):
        raise Unreadable("GeoJSONの FeatureCollection ではありません。")
    records = [_properties(each) for each in features]
    header = tuple(dict.fromkeys(chain.from_iterable(records)))
    rows = ((n, tuple(record.get(name, "") for name in header)) for n, record in enumerate(records, start=1))
    return Table(header, rows, "UTF-8")


def _properties(feature: dict[str, Any]) -> dict[str, str]:
    held = feature.get("properties", feature)
    found = {str(name): _json_text(value) for name, value in (held or {}).items()}
    geometry = feature.get("geometry")
    point = (
        geometry.get("coordinates")
        if isinstance(geometry, dict) and geometry.get("type") == "Point"
        else None
    )
    if isinstance(point, list) and len(point) >= 2:
        # RFC 7946: longitude first. A file's own columns of the same meaning are not overwritten.
        found.setdefault("longitude", _json_text(point[0]))
        found.setdefault("latitude", _json_text(point[1]))
    return found


def _json_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _with_header(lines: Iterator[Row], encoding: str) -> Table:
    """The header is the line among the first that names the most known columns; else the first with cells."""
    first = list(islice(lines, _ABOVE))
    filled = [row for row in first if any(cell.strip() for cell in row[1])]
    if not filled:
        raise Unreadable("行がありません。")
    header = max(filled, key=lambda row: len(_names(row[1])))
    if not _names(header[1]):
        header = filled[0]
    place = first.index(header)
    cells = tuple(cell.strip().lstrip("\ufeff") for cell in header[1])
    return Table(cells, chain(first[place + 1 :], lines), encoding, place)


def _known_names(rows: Iterator[Row]) -> tuple[int, int]:
    held = list(rows)
    return max((len(_names(cells)) for _, cells in held), default=0), len(held)


def _names(cells: Sequence[str]) -> set[str]:
    return {column.name for column in understood(cells).values()}
