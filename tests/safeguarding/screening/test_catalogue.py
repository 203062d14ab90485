"""Sheets are files that the city edits; a fault is told with its line, and never half read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from forum.city.faults import PackError
from forum.safeguarding.screening import catalogue
from forum.safeguarding.screening.types import AXES, LISTS

OURS = catalogue.OURS / "sheets"


def own_folder(tmp_path: Path) -> Path:
    """A city that took our sheets over to change them."""
    folder = tmp_path / "sheets"
    shutil.copytree(OURS, folder)
    return folder


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(PackError) as error:
        catalogue.load(folder)
    return [str(fault) for fault in error.value.faults]


def line_of(path: Path, text: str) -> int:
    return path.read_text().split("\n").index(text) + 1


def test_the_sheets_of_the_house_can_be_read() -> None:
    ours = catalogue.load()
    assert [one.id for one in ours.sheets] == ["urgency", "risk", "infant"]
    assert len(ours.sheet("urgency").items) == 8
    assert set(ours.axes) == set(AXES) and set(ours.codes) == set(LISTS)
    assert [one.id for one in ours.axes["severity"]] == ["worry", "mild", "moderate", "severe", "life"]
    assert "none" in [one.id for one in ours.codes["outcome"]]  # 該当なし


def test_every_item_and_step_says_what_it_means_and_where_it_comes_from() -> None:
    ours = catalogue.load()
    for level in [one for axis in ours.axes.values() for one in axis]:
        assert level.definition and level.source and level.status
    for sheet in ours.sheets:
        assert sheet.source and sheet.status
        assert all(item.definition for item in sheet.items)


def test_nobody_at_home_is_a_reason_to_be_calm() -> None:
    """After the death of a child whose brother at home was taken for a reassurance."""
    for sheet in catalogue.load().sheets:
        assert all(item.raises for item in sheet.items), "an item that cannot raise invites calm"


def test_a_city_with_its_own_folder_has_its_own_sheets(tmp_path: Path) -> None:
    folder = own_folder(tmp_path)
    (folder / "2-risk.toml").unlink()
    own = folder / "1-urgency.toml"
    own.write_text(own.read_text().replace("④ 重大な結果になる可能性がある", "④ 市の言葉"))
    read = catalogue.load(folder)
    assert [one.id for one in read.sheets] == ["urgency", "infant"]
    assert read.sheet("urgency").items[3].words == "④ 市の言葉"


def test_a_city_without_sheets_of_its_own_has_ours(tmp_path: Path) -> None:
    assert catalogue.load(tmp_path / "none") == catalogue.load()


@pytest.mark.parametrize(
    ("line", "changed", "told"),
    [
        ('group = "now"', 'group = "later"', "「group」の「later」はありません。"),
        ('raises = "protect"', 'raises = "panic"', "「raises」の「panic」はありません。"),
        ('id = "pressing"', 'id = "asks"', "「id」の「asks」が二度出てきます。"),
        ('id = "pressing"', 'id = "Pressing!"', "使えません"),
        ('raises = "protect"', "points = 5", "「points」は決まりにありません。"),
        ('status = "common"', 'status = "sure"', "「status」の「sure」はありません。"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, line: str, changed: str, told: str) -> None:
    folder = own_folder(tmp_path)
    path = folder / "1-urgency.toml"
    number = line_of(path, line)
    path.write_text(path.read_text().replace(line, changed, 1))
    found = faults_of(folder)
    assert any(one.startswith(f"1-urgency.toml:{number}: ") and told in one for one in found), found


def test_half_a_file_is_a_fault_and_not_a_short_sheet(tmp_path: Path) -> None:
    folder = own_folder(tmp_path)
    path = folder / "3-infant.toml"
    text = path.read_text()
    path.write_text(text[: text.index('words = "双子') + 12])
    assert any("TOMLとして読めません" in one for one in faults_of(folder))


def test_items_that_a_combination_names_must_be_there(tmp_path: Path) -> None:
    folder = own_folder(tmp_path)
    path = folder / "2-risk.toml"
    path.write_text(path.read_text().replace('all = ["age", "injury"]', 'all = ["age", "bruise"]'))
    assert any("「bruise」という項目は" in one for one in faults_of(folder))


def test_two_sheets_may_not_have_one_name(tmp_path: Path) -> None:
    folder = own_folder(tmp_path)
    shutil.copy(folder / "3-infant.toml", folder / "4-again.toml")
    assert any("ほかの様式も使っています" in one for one in faults_of(folder))


def test_an_axis_needs_steps_and_urgency_must_not_fall_again(tmp_path: Path) -> None:
    folder = own_folder(tmp_path)
    axes = (catalogue.OURS / "lists" / "axes.toml").read_text()
    top = '[[level]]\naxis = "urgency"\nid = "protect"\nurgent = true'
    assert top in axes
    (folder / "axes.toml").write_text(axes.replace(top, top.removesuffix("\nurgent = true")))
    assert any("より低い段が「urgent」" in one for one in faults_of(folder))
    (folder / "axes.toml").write_text(axes.replace('axis = "rank"', 'axis = "severity"'))
    assert any("「ケースランク」の段が2つ以上" in one for one in faults_of(folder))


def test_codes_point_only_to_codes_of_their_own_list(tmp_path: Path) -> None:
    folder = own_folder(tmp_path)
    codes = (catalogue.OURS / "lists" / "codes.toml").read_text()
    (folder / "codes.toml").write_text(codes.replace('under = "other"', 'under = "school"', 1))
    assert any("「under」の「school」が" in one for one in faults_of(folder))
