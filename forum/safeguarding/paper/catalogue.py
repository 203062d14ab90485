"""The papers that can be printed, read from templates: the city's own before those that come with the house.

A pack may hold a folder `papers`: its templates then stand in place of ours. Faults are told by file.
"""

import tomllib
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app

from forum.city.faults import Faults, PackError
from forum.city.places import pack_path
from forum.errors import NotFound
from forum.safeguarding.paper.composing import SOURCES
from forum.safeguarding.paper.types import Section, Template

OURS = Path(__file__).parent / "templates"
FOLDER = "papers"
_KEYS = {"id", "heading", "name", "about", "child_text", "section"}
_SECTION_KEYS = {"heading", "source", "text", "labels", "lines"}


def current() -> tuple[Template, ...]:
    """The papers of the running desk."""
    return cast(tuple[Template, ...], current_app.extensions["papers"])


def template(kind: str) -> Template:
    """The paper of that id. Raises NotFound."""
    for one in current():
        if one.id == kind:
            return one
    raise NotFound


def install(app: Flask) -> None:
    """Read the templates when the desk starts. Raises PackError."""
    app.extensions["papers"] = load(pack_path(app.extensions["settings"].city) / FOLDER)


def load(own: Path | None = None) -> tuple[Template, ...]:
    """All papers, by the name of their file. Raises PackError with every fault."""
    faults = Faults()
    folder = own if own is not None and any(own.glob("*.toml")) else OURS
    found = [_template(path, faults) for path in sorted(folder.glob("*.toml"))]
    whole = tuple(one for one in found if one is not None)
    ids = [one.id for one in whole]
    for doubled in {one for one in ids if ids.count(one) > 1}:
        faults.add(folder.name, 1, f"「id」の「{doubled}」を、二つの紙が使っています。")
    if faults.found:
        raise PackError(sorted(faults.found))
    return whole


def _template(path: Path, faults: Faults) -> Template | None:
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.add(path.name, 1, f"読めません：{error}")
        return None
    wrong = _wrong(read)
    for words in wrong:
        faults.add(path.name, 1, words)
    if wrong:
        return None
    sections = tuple(
        Section(
            str(one["heading"]),
            str(one["source"]),
            str(one.get("text", "")),
            tuple(str(label) for label in one.get("labels", ())),
            int(one.get("lines", 0)),
        )
        for one in read["section"]
    )
    return Template(
        str(read["id"]),
        str(read["heading"]),
        str(read["name"]),
        str(read["about"]),
        bool(read["child_text"]),
        sections,
    )


def _wrong(read: dict[str, Any]) -> list[str]:
    """What is missing from a template, or unknown in it."""
    wrong = [f"「{key}」がありません。" for key in sorted(_KEYS - read.keys())]
    wrong += [f"「{key}」は知らない項目です。" for key in sorted(read.keys() - _KEYS)]
    if not str(read.get("id", "")).isidentifier():
        wrong.append("「id」は、英字と _ で書いてください。")
    for number, one in enumerate(read.get("section", []), 1):
        if not {"heading", "source"} <= one.keys() or one.keys() - _SECTION_KEYS:
            wrong.append(f"{number}番目の欄の項目が正しくありません。")
        elif one["source"] not in SOURCES:
            wrong.append(f"「source」の「{one['source']}」は知らないものです。")
    return wrong
