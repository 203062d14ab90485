"""Counts of children: from the city's statistics or not at all."""

import shutil
from pathlib import Path

import pytest

from forum.city.pack import check, load_pack
from forum.city.places import PACKS
from tests.conftest import MINATO


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A sound pack in a folder of its own."""
    return Path(shutil.copytree(MINATO, tmp_path / "pack"))


def test_the_invented_city_marks_its_counts_as_invented() -> None:
    counts = load_pack(MINATO).counts
    assert counts is not None
    assert "架空" in counts.source and counts.as_of == "2026-04-01"
    assert counts.children["潮鳴", 3] == 7
    assert not any(district == "帆風" for district, _ in counts.children), "a district without rows stays so"


def test_a_city_without_the_file_has_no_counts(pack: Path) -> None:
    assert load_pack(PACKS / "otsu").counts is None
    before = load_pack(pack).content_hash
    (pack / "counts.csv").unlink()
    assert check(pack) == [] and load_pack(pack).counts is None
    assert load_pack(pack).content_hash != before


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("潮鳴,0,9,", "汐鳴,0,9,", 2, "「汐鳴」はありません"),
        ("潮鳴,0,9,", "潮鳴,18,9,", 2, "0から17まで"),
        ("潮鳴,0,9,", "潮鳴,0,約9,", 2, "数として読めません"),
        ("潮鳴,0,9,", "潮鳴,1,9,", 3, "二度出てきます"),
        ("潮鳴,0,9,架空の表（試験用の作り物）", "潮鳴,0,9,", 2, "「source」が空です"),
        ("2026-04-01\n", "2025-04-01\n", 1, "出典か日付が行によってちがいます"),
        ("2026-04-01\n", "\n", 2, "「as_of」が空です"),
        ("district,age", "district,years", 1, "「age」がありません"),
    ],
)
def test_a_slip_is_told_with_its_line(pack: Path, before: str, after: str, line: int, words: str) -> None:
    file = pack / "counts.csv"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    found = [fault for fault in check(pack) if fault.file == "counts.csv"]
    assert any(fault.line == line and words in fault.message for fault in found), found
