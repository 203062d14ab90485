"""moderation.toml: who reads when, and the promise; every slip is told with its line."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from forum.city.faults import PackError
from forum.city.pack import check, load_pack
from forum.city.places import PACKS
from forum.clock import TOKYO
from tests.conftest import MINATO

FILE = "moderation.toml"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A sound pack in a folder of its own."""
    return Path(shutil.copytree(MINATO, tmp_path / "pack"))


def test_both_cities_say_who_reads_and_what_is_promised() -> None:
    for path in (PACKS / "otsu", MINATO):
        care = load_pack(path).moderation
        assert care.promise and care.readers and care.night_flags >= 2
        assert not care.reading.is_open(datetime(2026, 11, 22, 3, 0, tzinfo=TOKYO))


def test_the_city_that_decided_nothing_says_so_and_tells_nobody() -> None:
    care = load_pack(PACKS / "otsu").moderation
    assert not care.confirmed and not care.alarm_mail
    assert not [reader for reader in care.readers if reader.mail]


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ('reading = "Mo-Sa 09:00-18:00; PH off"', 'reading = "いつも"', 3, "「reading」が読めません"),
        ('reading = "Mo-Sa 09:00-18:00; PH off"', 'reading = "Mo-Su off"', 3, "開く日がありません"),
        ("night_flags = 2", "night_flags = 1", 10, "2から20まで"),
        ('mail = "reader@minato.example"', 'mail = "reader"', 20, "宛先として読めません"),
        ('word = "渡し船の会"', 'word = "会"', 28, "2字より長く"),
        ("claim_minutes = 15", "minutes = 15", 11, "決まりにありません"),
        ("confirmed = true", 'confirmed = "yes"', 2, "true か false"),
        ("promise = [", "promise = []\nbefore = [", 4, "「promise」が空です"),
    ],
)
def test_every_slip_is_told_with_its_line(pack: Path, before: str, after: str, line: int, words: str) -> None:
    path = pack / FILE
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    found = [fault for fault in check(pack) if words in fault.message]
    assert found and (found[0].file, found[0].line) == (FILE, line), check(pack)


def test_a_confirmed_city_has_somebody_to_tell(pack: Path) -> None:
    path = pack / FILE
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "@" not in line]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [fault for fault in check(pack) if "知らせの届く宛先" in fault.message]


def test_without_the_file_nothing_starts(pack: Path) -> None:
    (pack / FILE).unlink()
    with pytest.raises(PackError):
        load_pack(pack)


def test_another_promise_is_another_page(pack: Path) -> None:
    before = load_pack(pack).content_hash
    path = pack / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("二人の担当", "二人の見守り"), encoding="utf-8")
    assert load_pack(pack).content_hash != before
