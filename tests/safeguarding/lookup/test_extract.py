"""What a summary keeps of a report."""

from datetime import UTC, datetime

import pytest

from forum.safeguarding.lookup.clues import ages_in, hours_in, phones_in, schools_in, signs_in
from forum.safeguarding.lookup.extract import LINE, part_of_content, part_of_person
from forum.safeguarding.lookup.naming import names_in, names_of_field
from forum.safeguarding.lookup.places import places_in
from forum.safeguarding.lookup.types import Place
from forum.sealing.content import Content, Paragraph

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def place(text: str) -> Place:
    found = places_in(text)
    assert len(found) == 1, [one.words for one in found]
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        "滋賀県大津市におの浜三丁目２番５号 コーポみずうみ203号室",
        "におの浜３ー２－５コーポミズウミ２０３",
        "大津市におの浜3丁目2番地の5　コーポみずうみ 203",
        "におの濱3-2-5、コーポみずうみの203号",
    ],
)
def test_an_address_in_any_writing(text: str) -> None:
    found = place(text)
    assert (found.town, found.numbers, found.room, found.floor) == ("におの浜", ("3", "2", "5"), "203", 2)
    assert found.building == place("コーポみずうみ").building != ""


def test_a_town_with_and_without_its_frame() -> None:
    assert place("大字仰木12番地の3").town == place("仰木町12-3").town == "仰木"
    assert place("瀬津のみどり荘105号室").town == "瀬津"


def test_vague_places_are_kept() -> None:
    above = place("コーポみずうみ203号室の上の階")
    assert (above.room, above.floor) == ("", 3)  # 203 is where the neighbour lives
    assert place("一里山公園のそばの青い屋根の家").landmark
    assert place("県営住宅3号棟405").room == "3-405"


def test_numbers_that_are_no_places() -> None:
    assert places_in("3-2回たたく音がして、2-3日つづいた") == ()


def test_names_in_a_sentence() -> None:
    def words(text: str) -> set[str]:
        return {name.words for name in names_in(text)}

    assert words("隣の山田さくらちゃんが泣いています。お母さんが怒鳴っています") == {"山田さくら"}
    assert words("表札は「佐藤」です。となりのたなかさんの子で、ゆうとくん") == {"佐藤", "たなか", "ゆうと"}
    assert words("おかあさんと、おばあちゃんと、たくさんの人。子どもさんもいます") == set()


def test_names_in_a_field() -> None:
    names = names_of_field("母 渡邉花子（わたなべ はなこ）、父 太郎、長女 結愛")
    assert [name.words for name in names] == ["渡邉花子", "わたなべ はなこ", "太郎", "結愛"]
    assert names[0].sound == names[1].sound == "わたなべはなこ"


def test_telephones_in_any_writing() -> None:
    said = "電話は077-523-0000か０９０ー１２３４ー５６７８、(090)1234-5678です"
    assert phones_in(said) == ("0775230000", "09012345678")


def test_schools_in_one_form() -> None:
    assert schools_in("大津市立平野小学校3年") == schools_in("平野小の子") == ("平野小",)
    assert schools_in("さくら保育園") == schools_in("さくら保育所")
    assert schools_in("夜中の2時、最小の音") == ()


def test_ages_become_years_of_birth() -> None:
    (guess,) = ages_in("４歳くらい", 2026)
    assert (guess.first, guess.last) == (2021, 2022)
    (first,) = ages_in("小1", 2026)
    assert (first.first, first.last) == (2018, 2020)
    (born,) = ages_in("令和4年5月3日生", 2026)
    assert (born.first, born.last) == (2022, 2022)
    assert ages_in("35歳の父", 2026) == ()


def test_sounds_and_hours() -> None:
    said = "毎晩9時ごろ泣き声と怒鳴り声。夜中の2時にも"
    assert {one.kind for one in signs_in(said)} == {"cry", "shout"}
    assert {one.kind for one in hours_in(said)} == {"night", "late"}


def test_a_report_as_a_whole() -> None:
    content = Content(
        (Paragraph("となりの家から\n毎晩さけび声がします。" + "あ" * 80),),
        clue="大津市におの浜3-2-5",
        answers={"child_name": "やまだ　さくら", "child_age": "4歳", "guardians": "unknown"},
    )
    part = part_of_content("report:x", content, NOW)
    assert [one.words for one in part.names] == ["やまだ さくら"]
    assert part.places[0].numbers == ("3", "2", "5")
    assert len(part.line) == LINE and "\n" not in part.line


def test_a_person_of_a_case() -> None:
    part = part_of_person(
        "person:x",
        NOW,
        name="渡邉 花子",
        kana="わたなべ はなこ",
        phone="090 1234 5678",
        address="和邇の一軒家",
    )
    assert part.phones == ("09012345678",)
    assert part.places  # kept as words, though it has no number
    assert part.names[0].folded == "渡辺花子"


def test_nothing_says_its_content_when_printed() -> None:
    part = part_of_person("person:x", NOW, name="渡邉花子", phone="09012345678")
    assert "渡" not in repr(part) + repr(part.names) + str(part) and "0901" not in repr(part)
