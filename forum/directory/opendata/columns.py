"""Which known column each header cell is: by its name, never by its place. Pure but for its own table."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from forum.directory.opendata.types import Column

_PATH = Path(__file__).parent / "data" / "columns.toml"
_REMARK = re.compile(r"[(（\[【<].*?[)）\]】>]")
_SIGNS = re.compile(r"[\s_・:：/／\"'*※●○■]")


@dataclass(frozen=True)
class Columns:
    """The known columns by name, and every name that publishers give them."""

    by_name: Mapping[str, Column]
    aliases: Mapping[str, str]

    def column_of(self, cell: str) -> Column | None:
        """What a header cell means; remarks in brackets count only where the name needs them."""
        for name in (folded(cell), folded(_REMARK.sub("", unicodedata.normalize("NFKC", cell)))):
            if name in self.aliases:
                return self.by_name[self.aliases[name]]
        return None


def folded(cell: str) -> str:
    """A header cell without what publishers write differently: width, case, spaces, signs, brackets."""
    said = unicodedata.normalize("NFKC", cell).lower()
    return _SIGNS.sub("", re.sub(r"[()\[\]「」]", "", said))


@cache
def known() -> Columns:
    """The table that every city starts from."""
    table = tomllib.loads(_PATH.read_text(encoding="utf-8"))
    by_name = {name: Column(name, entry["label"], entry["type"]) for name, entry in table.items()}
    aliases: dict[str, str] = {}
    for name, entry in table.items():
        for alias in (*entry["names"], entry["label"]):
            aliases.setdefault(folded(alias), name)
    return Columns(by_name, aliases)


def understood(header: Sequence[str], mapping: Mapping[str, str] | None = None) -> dict[int, Column]:
    """Known columns by their place in the header. `mapping`: what somebody said about this source before,
    header cell -> known column, "" to leave it aside. Raises KeyError on an unknown column in it."""
    columns = known()
    found: dict[int, Column] = {}
    for place, cell in enumerate(header):
        if mapping and cell in mapping:
            if mapping[cell]:
                found[place] = columns.by_name[mapping[cell]]
        elif column := columns.column_of(cell):
            found[place] = column
    return found
