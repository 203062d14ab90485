"""city.toml, the national base and districts.csv."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from forum.city.documents import Entry, read_document
from forum.city.faults import Faults
from forum.city.tables import read_table
from forum.city.types import AgeBand, Board, Category, District

NATIONAL = Path(__file__).parent / "national.toml"
TIME_ZONE = "Asia/Tokyo"
TOP_KEYS = (
    "id", "name", "site_name", "prefecture", "time_zone", "domain_words", "blocks",
    "face_to_face_line", "notes",
)  # fmt: skip
ARRAYS = ("board", "age_band", "category")
AGE_LIMITS = (-1, 239)


@dataclass(frozen=True)
class CitySettings:
    """What city.toml says, joined with the national base."""

    id: str
    name: str
    site_name: str
    prefecture: str
    domain_words: tuple[str, ...]
    blocks: tuple[str, ...]
    face_to_face_line: str
    notes: str
    boards: tuple[Board, ...]
    age_bands: tuple[AgeBand, ...]
    categories: tuple[Category, ...]


def read_settings(path: Path, faults: Faults) -> CitySettings | None:
    """city.toml with the national base under it; None when the file itself cannot be read."""
    document = read_document(path, ARRAYS, faults)
    base = read_document(NATIONAL, ARRAYS, faults)
    if document is None or base is None:
        return None
    top = document.top
    top.only(TOP_KEYS)
    if top.text("time_zone") not in ("", TIME_ZONE):
        top.say("time_zone", f"「time_zone」は {TIME_ZONE} だけが使えます。")
    boards = _boards(document.tables.get("board", []), top)
    own = _categories(document.tables.get("category", []))
    national = _categories(base.tables["category"])
    return CitySettings(
        id=top.id(()),
        name=top.text("name", longest=40),
        site_name=top.text("site_name", longest=40),
        prefecture=top.text("prefecture", longest=10),
        domain_words=top.words("domain_words", empty=True),
        blocks=_distinct("blocks", top),
        face_to_face_line=top.text("face_to_face_line", longest=80),
        notes=top.text("notes", empty=True),
        boards=boards,
        age_bands=_age_bands(document.tables.get("age_band") or base.tables["age_band"]),
        categories=tuple({one.id: one for one in (*national, *own)}.values()),
    )


def _distinct(key: str, top: Entry) -> tuple[str, ...]:
    words = top.words(key)
    for word in set(words):
        if words.count(word) > 1:
            top.say(key, f"「{key}」に「{word}」が二度出てきます。")
    return words


def _boards(entries: Sequence[Entry], top: Entry) -> tuple[Board, ...]:
    boards: dict[str, Board] = {}
    for entry in entries:
        entry.only(("id", "label", "description", "sensitive", "to_city"))
        name = entry.id(boards)
        label, description = entry.text("label", longest=20), entry.text("description", longest=80)
        boards[name] = Board(name, label, description, entry.flag("sensitive"), entry.flag("to_city"))
    if sum(board.to_city for board in boards.values()) > 1:
        top.say("board", "市に伝える板（to_city）は一つだけです。")
    if not boards:
        top.say("board", "相談の板（[[board]]）が一つもありません。")
    return tuple(boards.values())


def _age_bands(entries: Sequence[Entry]) -> tuple[AgeBand, ...]:
    bands: dict[str, AgeBand] = {}
    for entry in entries:
        entry.only(("id", "label", "min_months", "max_months"))
        name = entry.id(bands)
        low, high = entry.whole("min_months", *AGE_LIMITS), entry.whole("max_months", *AGE_LIMITS)
        if low is None or high is None:
            entry.say("id", "「min_months」と「max_months」の両方がいります。")
            continue
        if low > high:
            entry.say("min_months", f"月齢の下限（{low}）が上限（{high}）より上です。")
        bands[name] = AgeBand(name, entry.text("label", longest=20), low, high)
    return tuple(bands.values())


def _categories(entries: Sequence[Entry]) -> tuple[Category, ...]:
    found: dict[str, Category] = {}
    for entry in entries:
        entry.only(("id", "label", "plain"))
        name = entry.id(found)
        found[name] = Category(name, entry.text("label", longest=20), entry.text("plain", longest=60))
    return tuple(found.values())


DISTRICT_COLUMNS = ("name", "name_kana", "block")
DISTRICT_EXTRAS = ("lat", "lon", "source_url", "name_verified", "block_verified", "coord_note")


def read_districts(path: Path, blocks: Collection[str], faults: Faults) -> tuple[District, ...]:
    """districts.csv, in its order."""
    districts: dict[str, District] = {}
    for row in read_table(path, DISTRICT_COLUMNS, DISTRICT_EXTRAS, faults):
        name, kana = row.required("name"), row.required("name_kana")
        if name in districts:
            row.say(f"学区「{name}」が二度出てきます。")
        if any(not "ぁ" <= sign <= "ー" or "ァ" <= sign <= "ヺ" for sign in kana):
            row.say(f"「name_kana」の「{kana}」は、ひらがなで書いてください。")
        row.web("source_url")
        districts[name] = District(
            name,
            kana,
            row.choice("block", blocks),
            row.decimal("lat", 20, 46),
            row.decimal("lon", 122, 154),
        )
    return tuple(districts.values())
