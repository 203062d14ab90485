"""Children by age and district, as a city's statistics give them, to say how few families a text tells of.

A city that has no such table has no file; nothing is filled in between the rows that are there.
"""

from collections.abc import Collection
from pathlib import Path

from forum.city.faults import Faults
from forum.city.tables import Row, read_table
from forum.city.types import ChildCounts

FILE = "counts.csv"
_COLUMNS = ("district", "age", "children", "source", "as_of")
OLDEST = 17


def read_counts(path: Path, districts: Collection[str], faults: Faults) -> ChildCounts | None:
    """The table of the pack in the folder `path`; None where the city has registered none.

    Columns: district as in districts.csv, age in full years (0 to 17), children, source, as_of. One source
    and one date hold for the whole table: rows of two days cannot be added up.
    """
    if not (path / FILE).exists():
        return None
    children: dict[tuple[str, int], int] = {}
    origins: set[tuple[str, str]] = set()
    for row in read_table(path / FILE, _COLUMNS, (), faults):
        place = row.choice("district", districts), _whole(row, "age", OLDEST)
        number = _whole(row, "children", None)
        origins.add((row.required("source"), row.about("as_of") or row.required("as_of")))
        if place[1] is None or number is None:
            continue
        key = (place[0], place[1])
        if key in children:
            row.say(f"「{key[0]}」の{key[1]}歳が二度出てきます。")
        children[key] = number
    if len(origins) > 1:
        faults.add(FILE, 1, "出典か日付が行によってちがいます。一つの表だけを書いてください。")
    source, as_of = min(origins, default=("", ""))
    return ChildCounts(source=source, as_of=as_of, children=children)


def _whole(row: Row, column: str, most: int | None) -> int | None:
    value = row.required(column)
    if not value:
        return None
    if not (value.isascii() and value.isdigit()) or (most is not None and int(value) > most):
        limit = f"0から{most}までの" if most is not None else "0以上の"
        row.say(f"「{column}」の「{value}」は数として読めません。半角の{limit}数で書いてください。")
        return None
    return int(value)
