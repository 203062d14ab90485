"""Reads axes, codes and sheets from files, the city's own before those that come with the house.

A pack may hold a folder `sheets`: its sheets then stand in place of ours, and its `axes.toml` and
`codes.toml`, if there, in place of ours. Every fault is told with file and line.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from flask import Flask, current_app

from forum.city.documents import Entry, read_document
from forum.city.faults import Faults, PackError
from forum.city.places import pack_path
from forum.safeguarding.screening.types import (
    AXES,
    LISTS,
    STATUSES,
    Catalogue,
    Code,
    Combination,
    Item,
    Level,
    Sheet,
)

OURS = Path(__file__).parent
FOLDER = "sheets"
LEAST_LEVELS = 2
SHEET_KEYS = ("id", "name", "version", "source", "status")


def current() -> Catalogue:
    """The catalogue of the running desk."""
    return cast(Catalogue, current_app.extensions["catalogue"])


def install(app: Flask) -> None:
    """Read the catalogue when the desk starts. Raises PackError: a faulty sheet does not open the desk."""
    app.extensions["catalogue"] = load(pack_path(app.extensions["settings"].city) / FOLDER)


def load(own: Path | None = None) -> Catalogue:
    """Everything from the city's folder `own` and, where it has nothing, from ours. Raises PackError."""
    faults = Faults()
    axes = _axes(_file("axes.toml", own), faults)
    codes = _codes(_file("codes.toml", own), faults)
    ladder = tuple(level.id for level in axes["urgency"])
    sheets = tuple(_sheet(path, ladder, faults) for path in _sheet_files(own))
    found = [sheet.id for sheet in sheets]
    for path, sheet in zip(_sheet_files(own), sheets, strict=True):
        if found.count(sheet.id) > 1:
            faults.add(path.name, 1, f"「id」の「{sheet.id}」を、ほかの様式も使っています。")
    if faults.found:
        raise PackError(sorted(faults.found))
    return Catalogue(axes, codes, sheets)


def _sheet_files(own: Path | None) -> list[Path]:
    theirs = sorted(own.glob("*.toml")) if own is not None and own.is_dir() else []
    theirs = [path for path in theirs if path.name not in ("axes.toml", "codes.toml")]
    return theirs or sorted((OURS / FOLDER).glob("*.toml"))


def _file(name: str, own: Path | None) -> Path:
    theirs = own / name if own is not None else None
    return theirs if theirs is not None and theirs.is_file() else OURS / "lists" / name


def _axes(path: Path, faults: Faults) -> Mapping[str, tuple[Level, ...]]:
    document = read_document(path, ("level",), faults)
    axes: dict[str, list[Level]] = {name: [] for name in AXES}
    if document is None:
        return dict.fromkeys(AXES, ())
    document.top.only(("version",))
    for entry in document.tables.get("level", []):
        entry.only(("axis", "id", "name", "definition", "source", "status", "urgent"))
        axis = entry.choice("axis", AXES)
        steps = axes.get(axis, [])
        level = Level(
            id=entry.id([one.id for one in steps]),
            name=entry.text("name", longest=40),
            definition=entry.text("definition", longest=400),
            source=entry.text("source", longest=200),
            status=entry.choice("status", STATUSES),
            urgent=entry.flag("urgent"),
        )
        if level.urgent and axis != "urgency":
            entry.say("urgent", "「urgent」は、緊急度の段だけに書けます。")
        if not level.urgent and any(one.urgent for one in steps):
            entry.say("id", f"「{level.name}」より低い段が「urgent」なので、この段にも書いてください。")
        steps.append(level)
    for name, words in AXES.items():
        if len(axes[name]) < LEAST_LEVELS:
            document.top.say("version", f'「{words}」の段が{LEAST_LEVELS}つ以上いります（axis = "{name}"）。')
    return {name: tuple(steps) for name, steps in axes.items()}


def _codes(path: Path, faults: Faults) -> Mapping[str, tuple[Code, ...]]:
    document = read_document(path, ("code",), faults)
    codes: dict[str, list[Code]] = {name: [] for name in LISTS}
    if document is None:
        return dict.fromkeys(LISTS, ())
    document.top.only(("version",))
    entries = document.tables.get("code", [])
    for entry in entries:
        entry.only(("list", "id", "name", "under"))
        known = codes.get(entry.choice("list", LISTS), [])
        known.append(
            Code(
                id=entry.id([one.id for one in known]),
                name=entry.text("name", longest=40),
                under=entry.text("under", empty=True),
            )
        )
    for entry in entries:
        heads = {one.id for one in codes.get(str(entry.values.get("list")), []) if not one.under}
        if (under := entry.values.get("under")) is not None and under not in heads:
            entry.say("under", f"「under」の「{under}」が、同じ list にありません。")
    for name in LISTS:
        if not codes[name]:
            document.top.say("version", f'「{LISTS[name]}」の区分がありません（list = "{name}"）。')
    return {name: tuple(known) for name, known in codes.items()}


def _sheet(path: Path, ladder: tuple[str, ...], faults: Faults) -> Sheet:
    document = read_document(path, ("group", "item", "raise"), faults)
    if document is None:
        return Sheet(path.stem, "", "", "", "", (), (), ())
    top, tables = document.top, document.tables
    top.only(SHEET_KEYS)
    groups = _groups(tables.get("group", []))
    items: list[Item] = []
    for entry in tables.get("item", []):
        items.append(_item(entry, items, dict(groups), ladder))
    for group, name in groups:
        if not any(item.group == group for item in items):
            top.say("id", f"「{name}」に項目がありません。")
    if not items:
        top.say("id", "項目がありません。[[item]] を書いてください。")
    named = [item.id for item in items]
    return Sheet(
        id=top.id(()),
        name=top.text("name", longest=60),
        version=top.text("version", longest=20),
        source=top.text("source", longest=400),
        status=top.choice("status", STATUSES),
        groups=groups,
        items=tuple(items),
        combinations=_combinations(tables.get("raise", []), named, ladder),
    )


def _groups(entries: list[Entry]) -> tuple[tuple[str, str], ...]:
    groups: list[tuple[str, str]] = []
    for entry in entries:
        entry.only(("id", "name"))
        groups.append((entry.id([one for one, _ in groups]), entry.text("name", longest=40)))
    return tuple(groups)


def _item(entry: Entry, before: list[Item], groups: Mapping[str, str], ladder: tuple[str, ...]) -> Item:
    entry.only(("id", "group", "words", "definition", "raises"))
    return Item(
        id=entry.id([one.id for one in before]),
        group=entry.choice("group", groups),
        words=entry.text("words", longest=120),
        definition=entry.text("definition", longest=400),
        raises=entry.choice("raises", ladder, empty=True),
    )


def _combinations(entries: list[Entry], items: list[str], ladder: tuple[str, ...]) -> tuple[Combination, ...]:
    found: list[Combination] = []
    for entry in entries:
        entry.only(("id", "words", "all", "to"))
        one = Combination(
            id=entry.id([*items, *(before.id for before in found)]),
            words=entry.text("words", longest=120),
            items=entry.words("all"),
            to=entry.choice("to", ladder),
        )
        for item in one.items:
            if item not in items:
                entry.say("all", f"「{item}」という項目は、この様式にありません。")
        found.append(one)
    return tuple(found)
