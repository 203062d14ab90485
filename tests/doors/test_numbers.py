"""Numbers and hours come from the reviewed data alone: no page and no catalogue knows one by itself."""

import re
from pathlib import Path

import pytest

from config import ROOT
from forum.city.pack import load_pack
from forum.city.places import pack_path
from forum.doors.rules import numbers_in, tells_hours

PACK = load_pack(pack_path("otsu"))
READ = (".html", ".txt", ".po", ".pot", ".xml", ".toml")
WORDS = [
    path
    for folder in ("templates", "translations", "forum")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in READ and not {"packs", "font"} & set(path.parts)
]
_CODE = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
_ATTRIBUTE = re.compile(
    r'\s(?:class|id|for|rows|cols|width|height|maxlength|viewbox|d|points)="[^"]*"', re.IGNORECASE
)


def words_of(path: Path) -> str:
    """What a reader may see: a template without its code but with the sentences in it."""
    text = path.read_text(encoding="utf-8")
    sentences = re.findall(r"_\(\s*([\"'])(.*?)\1", text, re.DOTALL)
    return _ATTRIBUTE.sub(" ", _CODE.sub(" ", text)) + " ".join(sentence for _, sentence in sentences)


@pytest.mark.parametrize("path", WORDS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_and_no_catalogue_knows_a_number(path: Path) -> None:
    known = frozenset[str]().union(*(numbers_in(number) for number in PACK.service_numbers))
    unknown = numbers_in(words_of(path)) - known
    assert not unknown, "a number that the reviewed data does not have"


@pytest.mark.parametrize(
    "path", [path for path in WORDS if path.suffix == ".html"], ids=lambda path: str(path.relative_to(ROOT))
)
def test_no_template_tells_hours_or_a_citys_number(path: Path) -> None:
    words = words_of(path)
    assert not tells_hours(words), "hours stand in the data, with their source"
    assert numbers_in(words) <= {"110", "119", "189"}, "a template is for every city"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("電話は 077-511-9182 へ", {"0775119182"}),
        ("０７７－５１１－９１８２", {"0775119182"}),
        ("0120-0-78310と0120-99-7777", {"0120078310", "0120997777"}),
        ("#8000 か 119", {"#8000", "119"}),
        ("いそぐときは110番", {"110"}),
        ("2026-01-16、1,110円、第1110号、0.110", set()),
    ],
)
def test_numbers_are_seen_however_they_are_written(text: str, found: set[str]) -> None:
    assert numbers_in(text) == found


@pytest.mark.parametrize(
    ("text", "hours"), [("9時から", True), ("０９：００", True), ("時間がない", False), ("3人", False)]
)
def test_hours_are_seen(text: str, hours: bool) -> None:
    assert tells_hours(text) is hours
