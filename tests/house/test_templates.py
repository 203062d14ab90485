"""Templates: neutral titles, addresses by url_for, no facts of a city, nothing inline."""

import re
from pathlib import Path

import pytest

from config import ROOT
from tests.pages import SENSITIVE

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SHARED = {"web/_styles.html", "web/_forms.html"}  # looks and form fields alone are common to all doors
PAGES = [p for p in TEMPLATES if not p.name.startswith("_") and p.name != "base.html"]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_page_has_a_neutral_title(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = re.search(r"{% block title %}(.*?){% endblock %}", text)
    assert found and found[1].strip(), "no title"
    assert not [word for word in SENSITIVE if word in found[1]]


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_addresses_are_made_by_url_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    fixed = re.findall(r"(?:href|action|src)=\"(?!{{|#|tel:|mailto:)([^\"]*)\"", text)
    assert fixed == [], "a fixed address would not carry the language of the path"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_is_inline_and_nothing_is_marked_safe_by_hand(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "|safe" not in text.replace(" ", ""), "HTML is made in privacy/html.py alone"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_room_renders_its_own_templates_and_those_below(path: Path) -> None:
    """The wing's templates stay on their side of the wall, in both directions."""
    wing = path.relative_to(ROOT / "templates").parts[0] == "safeguarding"
    for target in re.findall(
        r"(?:extends|include|from|import)\s+\"([^\"]+)\"", path.read_text(encoding="utf-8")
    ):
        if target not in SHARED:
            assert target.startswith("safeguarding/") == wing


def test_nothing_of_one_city_stands_in_code_or_templates() -> None:
    """The city is data: its names are read from the pack's own list of districts."""
    import csv

    pack = ROOT / "forum" / "city" / "packs" / "otsu"
    with (pack / "districts.csv").open(encoding="utf-8-sig") as file:
        names = {row["name"] for row in csv.DictReader(file) if len(row["name"]) > 2}
    names |= {"大津", "滋賀", "びわ湖", "琵琶湖", "すこやか相談所", "ゆめっこ"}
    found = []
    for path in [*TEMPLATES, *(ROOT / "static").rglob("*.js"), *(ROOT / "forum").rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        found.extend(f"{path.relative_to(ROOT)}: {n}" for n in names if n in text)
    assert found == []
