"""A faulty pack tells every fault with file and line. Each case is one small slip in a sound pack."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from forum.city.faults import PackError
from forum.city.pack import check, load_pack
from tests.conftest import MINATO

Slip = tuple[
    str, str, str, int, str
]  # file, what stands there, what is written instead, line, words of the fault


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A sound pack in a folder of its own."""
    return Path(shutil.copytree(MINATO, tmp_path / "pack"))


def write(path: Path, before: str, after: str) -> None:
    """Replace the first place where `before` stands."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


SETTINGS: list[Slip] = [
    ("city.toml", 'name = "みなと市（架空）"', "", 1, "「name」がありません"),
    ("city.toml", 'name = "みなと市（架空）"', 'name = " "', 3, "「name」が空です"),
    ("city.toml", 'id = "minato"', 'id = "みなと"', 2, "半角の小文字"),
    ("city.toml", "Asia/Tokyo", "Asia/Seoul", 6, "Asia/Tokyo だけ"),
    ("city.toml", 'blocks = ["東浜", "西浜"]', "blocks = []", 8, "「blocks」が空です"),
    ("city.toml", 'blocks = ["東浜", "西浜"]', 'blocks = ["東浜", "西浜", "東浜"]', 8, "二度出てきます"),
    ("city.toml", 'prefecture = "架空県"', 'prefecture = "架空県', 5, "TOMLとして読めません"),
    ("city.toml", 'notes = "架空', 'note = "架空', 10, "「note」は決まりにありません"),
    ("city.toml", 'id = "daily-life"', 'id = "ourselves"', 26, "二度出てきます"),
    ("city.toml", "sensitive = true", 'sensitive = "yes"', 24, "true か false"),
    ("city.toml", 'label = "毎日のくらし"\n', "", 25, "「label」がありません"),
    (
        "city.toml",
        'plain = "子どもと渡し船に乗るお金を助けてもらう"',
        'plane = "船"',
        38,
        "決まりにありません",
    ),
    ("districts.csv", "しおなり", "シオナリ", 2, "ひらがな"),
    ("districts.csv", "とうだいまえ,東浜", "とうだいまえ,北浜", 3, "「北浜」はありません"),
    ("districts.csv", "帆風,ほかぜ", "磯の里,ほかぜ", 5, "二度出てきます"),
    ("districts.csv", "133.00001", "13300001", 2, "座標として読めません"),
    ("districts.csv", "name_kana", "kana", 1, "列「name_kana」がありません"),
    ("synonyms.toml", 'needs = ["temporary_care"]', 'needs = ["temporary"]', 5, "「temporary」はありません"),
    ("synonyms.toml", "weight = 0.8", "weight = 8", 3, "0から1まで"),
]

DOORS: list[Slip] = [
    ("doors.csv", "id,name,purpose", "id,name,aim", 1, "列「purpose」がありません"),
    ("doors.csv", "status,note", "status,remark", 1, "列「remark」は決まりにありません"),
    ("doors.csv", "ambulance,", "police,", 3, "「police」が二度出てきます"),
    ("doors.csv", "night-nurse,", "Night Nurse,", 8, "半角の小文字"),
    ("doors.csv", "099-000-0202", "099000020", 8, "電話番号として読めません"),
    ("doors.csv", "099-000-0202", "０９９-000-0202", 8, "電話番号として読めません"),
    ("doors.csv", "099-000-0202", "099-000-0202/099-000-0203", 8, "一つだけ"),
    ("doors.csv", "099-000-0202", "", 8, "「number」がありません"),
    ("doors.csv", "Mo-Su 19:00-31:00", "Mo-Su 19:00-07:00", 8, "7文字目"),
    ("doors.csv", "Tu-Sa 10:00-18:00; PH off", "Tu-Sa 10:00-18:00; 祝日 off", 9, "20文字目"),
    ("doors.csv", "毎日19時から翌7時", "", 8, "「hours_text」に書いてください"),
    ("doors.csv", "phone,parent,illness", "fax,parent,illness", 8, "「fax」はありません"),
    ("doors.csv", "phone,parent,illness", "phone,father,illness", 8, "「father」はありません"),
    ("doors.csv", "illness;injury,Mo", "illness;wound,Mo", 8, "「wound」はありません"),
    ("doors.csv", "2026,,,reviewed,", "2026,,,checked,", 2, "「checked」はありません"),
    ("doors.csv", "架空,2026-04,2026-04-01,,reviewed", ",2026-04,2026-04-01,,reviewed", 8, "出典"),
    ("doors.csv", "2026-04,2026-04-01", "2026-13,2026-04-01", 8, "「2026-13」は日付として"),
    ("doors.csv", "2026-04,2026-04-01", "2026-04,2026-02-30", 8, "「2026-02-30」は日付として"),
    ("doors.csv", "2026-04-01,,", "2026-04-01,2026-03-01,", 8, "より前の日"),
    ("doors.csv", "child_safety,24/7", "child_safety;parenting,24/7", 4, "ふつうの悩みの窓口にできません"),
    ("doors.csv", "みなと市灯台前1-1", "", 9, "場所「place」がありません"),
    ("doors.csv", "phone;counter,parent;child", "phone,parent;child", 1, "会って話せる"),
    ("doors.csv", "dv-plus,DV", "dv-plus,余分,DV", 6, "列の数が19です"),
    ("doors.csv", "child;bullying;despair;school,24/7,24時", "child,Mo-Fr 09:00-17:00,平", 1, "「child」"),
]  # fmt: skip

SERVICES: list[Slip] = [
    ("services.csv", "minato-8,", "minato-7,", 9, "「minato-7」が二度出てきます"),
    ("services.csv", "boat_bus", "boat_buss", 9, "「boat_buss」はありません"),
    ("services.csv", "72,155,灯台前", "72,155,灯台", 7, "「灯台」はありません"),
    ("services.csv", ",0,12,", ",12,0,", 2, "より大きく"),
    ("services.csv", ",6,83,", ",半年,83,", 3, "月齢として読めません"),
    ("services.csv", ",6,83,", ",6,999,", 3, "月齢として読めません"),
    ("services.csv", "099-000-0111", "099-000-111a", 2, "電話番号として読めません"),
    ("services.csv", "https://minato.example/sango", "minato.example/sango", 2, "https://"),
    ("services.csv", "https://minato.example/sango", "", 2, "出典「source_url」"),
    ("services.csv", "2026-04,yes,,\n", "2026-04,はい,,\n", 2, "「はい」はありません"),
    ("services.csv", "yes,plaza,", "yes,plazza,", 5, "「plazza」はありません"),
    ("services.csv", "yes,,Tu-Sa 10:00-18:00", "yes,,Tu-Sa 10-18", 3, "「opening_hours」が読めません"),
    ("services.csv", "みなと市灯台前1-1,,,099", "みなと市灯台前1-1,33.1,,099", 2, "両方"),
    ("services.csv", "産後の親子が泊まって休み、助産師に相談できる。", "", 2, "「summary」が空です"),
]

SEEDS: list[Slip] = [
    ("seeds.toml", 'board = "pupils"', 'board = "school"', 25, "「school」はありません"),
    ("seeds.toml", '["minato-6"]', '["minato-66"]', 26, "「minato-66」は services.csv にありません"),
    ("seeds.toml", "minato-seed-3", "minato-seed-1", 22, "二度出てきます"),
    ("seeds.toml", "child_age_min_months = 6", "child_age_min_months = 84", 16, "上限（83）より上です"),
    ("seeds.toml", "child_age_min_months = 0", 'child_age_min_months = "0"', 6, "数で書いてください"),
    ("seeds.toml", 'source = "みなと市の案内（架空）"', "", 1, "「source」がありません"),
    (
        "seeds.toml",
        "申し込みは1月です。",
        "電話は099-000-9999です。",
        24,
        "「0990009999」は、確認ずみの番号に",
    ),
    (
        "seeds.toml",
        "申し込みは1月です。",
        "電話は099-000-0303です。",
        24,
        "「0990000303」は、確認ずみの番号に",
    ),
    ("samples.jsonl", '"board": "little-ones"', '"board": "baby"', 1, "「baby」はありません"),
    ("samples.jsonl", '"kind": "experience"', '"kind": "story"', 1, "「story」はありません"),
    ("samples.jsonl", '"solved": true', '"solved": 1', 1, "true か false"),
    ("samples.jsonl", '"days_ago": 3', '"days": 3', 1, "「days」は決まりにありません"),
    ("samples.jsonl", '"replies": [', '"replies": ["はい", ', 1, "表の並び"),
    ("samples.jsonl", '"id": "minato-sample-1"', '"id" "minato-sample-1"', 1, "JSONとして読めません"),
]


@pytest.mark.parametrize("slip", SETTINGS + DOORS + SERVICES + SEEDS, ids=lambda slip: f"{slip[0]}:{slip[4]}")
def test_one_slip_is_told_where_it_is(pack: Path, slip: Slip) -> None:
    file, before, after, line, said = slip
    write(pack / file, before, after)
    faults = check(pack)
    assert [f for f in faults if (f.file, f.line) == (file, line) and said in f.message], faults
    assert {fault.file for fault in faults} == {file}, "one slip makes no faults elsewhere"
    with pytest.raises(PackError, match=file):
        load_pack(pack)


def test_all_slips_are_told_at_once(pack: Path) -> None:
    chosen = [SETTINGS[3], SETTINGS[12], DOORS[4], SERVICES[1], SEEDS[0], SEEDS[9]]
    for file, before, after, _, _ in chosen:
        write(pack / file, before, after)
    told = {(fault.file, fault.line) for fault in check(pack)}
    assert told == {(file, line) for file, _, _, line, _ in chosen}


def as_sjis(path: Path) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp932"))


def as_utf16(path: Path) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))


def with_bom(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


def emptied(path: Path) -> None:
    path.write_text(" \n", encoding="utf-8")


def with_control(path: Path) -> None:
    write(path, "架空", "架\x00空")


@pytest.mark.parametrize("file", ["city.toml", "doors.csv", "services.csv", "districts.csv", "seeds.toml"])
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (as_sjis, "Shift_JISのようです"),
        (as_utf16, "UTF-16のようです"),
        (with_bom, "BOM"),
        (emptied, "空です"),
        (Path.unlink, "ファイルがありません"),
    ],
)
def test_a_file_that_another_program_spoilt(
    pack: Path, file: str, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(pack / file)
    faults = check(pack)
    assert [fault for fault in faults if fault.file == file and said in fault.message], faults
    assert {fault.file for fault in faults} == {file}


def test_a_byte_that_is_no_character_is_told_with_its_line(pack: Path) -> None:
    path = pack / "services.csv"
    path.write_bytes(path.read_bytes().replace("渡し船の子".encode(), b"\xff\xfa"))
    assert [(f.file, f.line) for f in check(pack)] == [("services.csv", 9)]


def test_control_characters_are_told_with_their_line(pack: Path) -> None:
    with_control(pack / "doors.csv")
    assert [(fault.file, fault.line) for fault in check(pack)] == [("doors.csv", 8)]


def test_a_quotation_mark_that_is_never_closed_is_told_where_it_opens(pack: Path) -> None:
    write(pack / "doors.csv", 'Jan 4 off"', "Jan 4 off")
    assert ("doors.csv", 9) in [(f.file, f.line) for f in check(pack) if "CSVとして読めない" in f.message]


def test_a_record_over_several_lines_does_not_move_the_lines_after_it(pack: Path) -> None:
    write(pack / "services.csv", "産後の親子が泊まって休み、", '"産後の親子が\n泊まって休み、')
    write(pack / "services.csv", "助産師に相談できる。", '助産師に相談できる。"')
    write(pack / "services.csv", "boat_bus", "boat_buss")
    assert [(fault.file, fault.line) for fault in check(pack)] == [("services.csv", 10)]


def test_a_text_that_looks_like_a_table_head_does_not_move_the_lines_after_it(pack: Path) -> None:
    write(pack / "seeds.toml", 'body = "みなと産後', 'body = """\n[[seed]]\nboard = x\nみなと産後')
    write(pack / "seeds.toml", "授乳のことも聞けます。", '授乳のことも聞けます。""')
    write(pack / "seeds.toml", 'board = "pupils"', 'board = "school"')
    assert [(fault.file, fault.line) for fault in check(pack)] == [("seeds.toml", 28)]


def test_only_headings_are_no_list(pack: Path) -> None:
    path = pack / "doors.csv"
    path.write_text(path.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    assert "見出しだけ" in check(pack)[0].message


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="フォルダーがありません"):
        load_pack(tmp_path / "nowhere")
