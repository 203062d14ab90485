"""What a file is about, by the columns it has. Pure."""

from collections.abc import Collection, Sequence

from forum.directory.opendata.cells import tidy
from forum.directory.opendata.types import Column, NotUnderstood
from forum.directory.opendata.waste import read_days

# kind -> columns that only this kind has, in the order in which they are tried; all of one row must be there
_MARKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("medical", ("departments",)),
    ("event", ("starts_on", "ends_on")),
    ("event", ("starts_on", "place")),
    ("waste_kinds", ("label", "sublabel")),
    ("waste_items", ("kind", "furigana")),
    ("support", ("name", "eligibility", "topics")),
    ("support", ("name", "required_documents")),
    ("childcare", ("temporary_care",)),
    ("childcare", ("age_from", "age_to")),
    ("childcare", ("ages",)),
    ("childcare", ("capacity",)),
    ("place", ("name", "address")),
    ("place", ("name", "latitude", "longitude")),
    ("place", ("name", "phone")),
)
WORDS = {
    "childcare": "子育て施設一覧",
    "place": "施設一覧",
    "medical": "医療機関一覧",
    "event": "イベント一覧",
    "support": "支援制度一覧",
    "waste_days": "ごみの収集日",
    "waste_kinds": "ごみの区分",
    "waste_items": "ごみの品目",
    "list": "そのほかの一覧",
}
_ENOUGH_DAYS = 0.6  # of the filled cells of a column


def kind_of(
    header: Sequence[str], columns: dict[int, Column], sample: Collection[Sequence[str]]
) -> tuple[str, tuple[int, ...]]:
    """One of WORDS, and for collection days the columns that hold them."""
    names = {column.name for column in columns.values()}
    days = tuple(place for place in range(len(header)) if place not in columns and _holds_days(place, sample))
    if days and not names & {"phone", "address", "capacity"}:
        return "waste_days", days
    for kind, marks in _MARKS:
        if names.issuperset(marks):
            return kind, ()
    return "list", ()


def _holds_days(place: int, sample: Collection[Sequence[str]]) -> bool:
    filled = [cells[place] for cells in sample if place < len(cells) and cells[place].strip()]
    return bool(filled) and sum(map(_is_days, filled)) >= _ENOUGH_DAYS * len(filled)


def _is_days(cell: str) -> bool:
    try:
        read_days(tidy(cell))
    except NotUnderstood:
        return False
    return True
