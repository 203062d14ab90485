"""Files as cities publish them: every row, column and cell is accounted for."""

import json
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest

from forum.directory.opendata.reading import open_table
from forum.directory.opendata.records import Reader
from forum.directory.opendata.types import Account, Box, Record, Unreadable
from forum.directory.opendata.waste import Collection, read_days
from forum.evaluation.imports import measure

OLD = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,種別,住所,緯度,経度,電話番号,"
    "収容定員,受入年齢,利用可能曜日,開始時間,終了時間,一時預かりの有無,URL,備考"
)
LINE = (
    "992011,{no},みなと県,みなと市,{name},ﾐﾅﾄﾎｲｸｴﾝ,認可公立保育所,みなと市浜町{no}ｰ1,35.6,139.3,"
    "(099)622-33{no:02},85,0歳から5歳,月;火;水,07:30,18:30,有,,{note}"
)


def line(no: int, name: str = "", note: str = "") -> str:
    return LINE.format(no=no, name=name or f"第{no}保育園", note=note)


def read(path: Path, box: Box | None = None) -> tuple[list[Record], Account]:
    reader = Reader(path, box) if box else Reader(path)
    records = list(reader.records())
    account = reader.account
    assert account.rows == account.imported + len(account.refused) + account.empty + account.repeated_headers
    return records, account


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "preschool.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_the_same_list_in_every_encoding(tmp_path: Path, encoding: str, end: str) -> None:
    records, account = read(written(tmp_path, end.join([OLD, line(1), line(2), ""]), encoding))
    assert [record.values["name"] for record in records] == ["第1保育園", "第2保育園"]
    first = records[0].values
    assert first["name_kana"] == "ミナトホイクエン"
    assert first["phone"] == ("099-622-3301",)
    assert first["weekdays"] == ("月", "火", "水")
    assert first["temporary_care"] is True
    assert (account.kind, account.not_understood, account.kept_raw) == ("childcare", [], [])


def test_columns_are_known_by_name_in_whatever_order_and_spelling(tmp_path: Path) -> None:
    header = "終了時間,建物名等（方書）,ＮＯ．,名　称,開始時間,受入年齢,何かの列"
    text = f"{header}\n18:00,2F,7,星の園,9:00,3歳～5歳,ひみつ\n"
    (record,), account = read(written(tmp_path, text))
    assert record.values["name"] == "星の園" and record.values["building"] == "2F"
    assert account.not_understood == ["何かの列"]
    assert record.raw == {"何かの列": "ひみつ"}  # kept, not dropped


def test_lines_above_the_header_descriptions_and_empty_rows(tmp_path: Path) -> None:
    text = (
        "みなと市の保育園,,\n,,\n名称,住所,電話番号\n名称,住所,電話番号\n星の園,浜町1,099-111-2222\n,,\n,,\n"
    )
    records, account = read(written(tmp_path, text))
    assert len(records) == 1
    assert (account.rows, account.repeated_headers, account.empty) == (4, 1, 2)


def test_a_cell_that_cannot_be_read_stays_as_it_is_and_is_listed(tmp_path: Path) -> None:
    text = "名称,収容定員,開始時間,受入年齢\n星の園,<b>百</b>人くらい,夕方,要相談\n"
    (record,), account = read(written(tmp_path, text))
    assert record.raw["収容定員"] == "<b>百</b>人くらい"
    assert [(c.row, c.column) for c in account.kept_raw] == [
        (2, "収容定員"),
        (2, "開始時間"),
        (2, "受入年齢"),
    ]
    assert all(c.reason for c in account.kept_raw)


def test_what_is_refused_says_row_and_reason(tmp_path: Path) -> None:
    text = "\n".join([OLD, line(1), line(1), line(2).replace("第2保育園", "")])
    records, account = read(written(tmp_path, text))
    assert len(records) == 1
    assert [(c.row, c.reason) for c in account.refused] == [
        (3, "2行目と同じものです"),
        (4, "名称がないので、何の行か分かりません"),
    ]


def test_a_number_that_many_rows_share_is_no_key(tmp_path: Path) -> None:
    text = "ID,Name,Address,AgeS,AgeE\n幼稚園,月の園,浜町1,3,5\n幼稚園,星の園,浜町2,3,5\n"
    records, _ = read(written(tmp_path, text))
    assert len({record.key for record in records}) == 2


def test_line_breaks_in_cells_count_as_lines_of_the_file(tmp_path: Path) -> None:
    text = 'Name,Memo,AgeS,AgeE\n星の園,"一行目\n二行目",3,5\n月の園,,x,5\n'
    records, account = read(written(tmp_path, text))
    assert records[0].values["note"] == "一行目\n二行目"
    assert account.kept_raw[0].row == 4


def test_places_outside_the_city_and_swapped_ones(tmp_path: Path) -> None:
    text = "名称,住所,緯度,経度\nあ,1,35.6,139.3\nい,2,139.4,35.7\nう,3,35.6,129.3\nえ,4,35.6,\n"
    records, account = read(written(tmp_path, text), Box(35, 36, 139, 140))
    assert [record.values.get("latitude") for record in records] == [35.6, 35.7, None, None]
    assert len(account.noticed) == 1 and len(account.kept_raw) == 2


def test_a_workbook_is_read_where_the_list_stands(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["この表について"])
    sheet = book.create_sheet("一覧")
    sheet.append(["名称", "収容定員", "認可等年月日", "開始時間"])
    sheet.append(["星の園", 60, date(2015, 4, 1), time(7, 30)])
    path = tmp_path / "list.xlsx"
    book.save(path)
    (record,), account = read(path)
    assert record.values["capacity"] == 60 and str(record.values["approved_on"]) == "2015-04-01"
    assert account.encoding == "Excel"


def test_points_of_geojson(tmp_path: Path) -> None:
    feature = {
        "type": "Feature",
        "properties": {"Name": "星の園", "Type": "認可保育所", "AgeS": "1歳", "AgeE": "就学前"},
        "geometry": {"type": "Point", "coordinates": [139.68, 35.54]},
    }
    path = tmp_path / "n.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    (record,), _ = read(path)
    assert (record.values["latitude"], record.values["longitude"]) == (35.54, 139.68)
    assert (record.values["age_from"], record.values["age_to"]) == (12, 83)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (b"", "空"),
        (b"\xff\xfe\xfd\x81\x00\x01\x02", "でも"),
        (b"PK\x03\x04not really", "Excel"),
        (b"\xd0\xcf\x11\xe0old", "xls"),
        (b'{"type": ', "JSON"),
    ],
)
def test_what_is_no_table_says_so(tmp_path: Path, held: bytes, words: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(held)
    with pytest.raises(Unreadable) as told:
        list(open_table(path).rows)
    assert words in told.value.reason


@pytest.mark.parametrize(
    ("cell", "rules"),
    [
        ("月 木", (Collection(0), Collection(3))),
        ("水2 水4", (Collection(2, (2,)), Collection(2, (4,)))),
        ("毎週火・金曜日", (Collection(1), Collection(4))),
        ("第2・4月曜日", (Collection(0, (2, 4)),)),
    ],
)
def test_days_of_collection(cell: str, rules: tuple[Collection, ...]) -> None:
    assert read_days(cell) == rules


def test_a_table_of_collection_days(tmp_path: Path) -> None:
    text = "地名,センター,燃やすごみ,プラ\n東部,衛生センター,火 金,水2 水4\n西部,衛生センター,月 木,水1 水3\n"
    records, account = read(written(tmp_path, text))
    assert account.kind == "waste_days" and account.not_understood == []
    assert records[0].values["name"] == "東部"


def test_the_figures_of_some_files_as_one_json_object(tmp_path: Path) -> None:
    good, bad = written(tmp_path, f"{OLD}\n{line(1)}\n{line(1)}\n"), tmp_path / "bad.csv"
    bad.write_bytes(b"")
    first, second = measure([good, bad])["files"]
    assert (first["rows"], first["imported"], len(first["refused"])) == (2, 1, 1)
    assert first["refused"][0]["reason"] == "2行目と同じものです"
    assert second["file"] == "bad.csv" and second["error"]
