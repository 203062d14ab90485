"""Cells as cities publish them: the same day, hour, age and number in many spellings."""

from datetime import date, time

import pytest

from forum.directory.opendata import ages, cells
from forum.directory.opendata.types import Ages, Hours, NotUnderstood


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("1952/1/25", date(1952, 1, 25)),
        ("19710519", date(1971, 5, 19)),
        ("S47.4.1", date(1972, 4, 1)),
        ("昭32. 7. 1", date(1957, 7, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("２０１５年４月１日", date(2015, 4, 1)),
        ("2019-04-01 00:00:00", date(2019, 4, 1)),
        ("42644", date(2016, 10, 1)),
    ],
)
def test_a_day_in_every_calendar(said: str, day: date) -> None:
    assert cells.day(cells.tidy(said)) == day


@pytest.mark.parametrize("said", ["2013/2/30", "平成3年", "2013年4月", "9月7日(土)～", "近日", "0", "123"])
def test_what_is_no_day_is_not_made_one(said: str) -> None:
    with pytest.raises(NotUnderstood):
        cells.day(cells.tidy(said))


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("7:00", Hours(time(7), None)),
        ("８:０0", Hours(time(8), None)),
        ("10：00", Hours(time(10), None)),
        ("0730", Hours(time(7, 30), None)),
        ("7時30分", Hours(time(7, 30), None)),
        ("午後1時", Hours(time(13), None)),
        ("26:00:00", Hours(time(2), None, next_day=True)),
        ("翌3:00", Hours(time(3), None, next_day=True)),
        ("9:00～17:00", Hours(time(9), time(17))),
        ("0.3125", Hours(time(7, 30), None)),
    ],
)
def test_a_time_of_day(said: str, hours: Hours) -> None:
    assert cells.clock(cells.tidy(said)) == hours


@pytest.mark.parametrize("said", ["9", "25:70", "7:30※1号認定は8：30", "日中", "9:00-12:00、13:00-16:00"])
def test_no_time_is_guessed(said: str) -> None:
    with pytest.raises(NotUnderstood):
        cells.clock(cells.tidy(said))


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("月;火;水;木;金;土", "月火水木金土"),
        ("月火水木金", "月火水木金"),
        ("月～金", "月火水木金"),
        ("月曜日から金曜日まで", "月火水木金"),
        ("火～日・祝", "火水木金土日祝"),
        ("平日", "月火水木金"),
    ],
)
def test_days_of_the_week(said: str, days: str) -> None:
    assert cells.weekdays(cells.tidy(said)) == tuple(days)


@pytest.mark.parametrize("said", ["第2土曜", "不定期", "月1回"])
def test_days_that_are_not_every_week_stay_words(said: str) -> None:
    with pytest.raises(NotUnderstood):
        cells.weekdays(cells.tidy(said))


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("(099)252-4384", ("099-252-4384",)),
        ("０９９－６３７－１４４８　", ("099-637-1448",)),
        ("099(528)2708", ("099-528-2708",)),
        ("099ー528ー2708", ("099-528-2708",)),
        ("+81 99-560-6506", ("099-560-6506",)),
        ("290-1789", ("290-1789",)),
        ("099-252-4384 / 099-111-2222", ("099-252-4384", "099-111-2222")),
        ("099-528-2708（内線123）", ("099-528-2708",)),
    ],
)
def test_telephone_numbers(said: str, numbers: tuple[str, ...]) -> None:
    assert cells.phone(cells.tidy(said)) == numbers


def test_a_number_with_a_sentence_stays_a_sentence() -> None:
    with pytest.raises(NotUnderstood):
        cells.phone("099-1234-5678 担当 山田まで")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("0歳から5歳", Ages(0, 71)),
        ("６歳～１２歳（小学校１年生～６年生）", Ages(72, 155)),
        ("小学校1年生から6年生", Ages(72, 155)),
        ("小1～小6", Ages(72, 155)),
        ("産休明け～2歳児", Ages(2, 35)),
        ("1歳クラスから", Ages(12, None)),
        ("生後57日から", Ages(2, None)),
        ("0歳（57日目）", Ages(2, 2)),
        ("生後6か月～就学前", Ages(6, 83)),
        ("2歳未満", Ages(None, 23)),
        ("18歳まで", Ages(None, 227)),
        ("3", Ages(36, 47)),
    ],
)
def test_ages_in_months(said: str, expected: Ages) -> None:
    assert ages.read_ages(cells.tidy(said)) == expected


@pytest.mark.parametrize("said", ["要相談", "5歳から3歳", "月極：0歳 一時：1歳", "園による"])
def test_ages_that_nobody_can_tell(said: str) -> None:
    with pytest.raises(NotUnderstood):
        ages.read_ages(cells.tidy(said))


@pytest.mark.parametrize(
    ("said", "value"), [("有", True), ("○", True), ("Ｙ", True), ("無", False), ("×", False), ("△", "△")]
)
def test_yes_and_no(said: str, value: bool | str) -> None:
    assert cells.flag(cells.tidy(said)) == value


def test_degrees_and_codes() -> None:
    assert cells.degrees("35°0'16.2\"") == pytest.approx(35.0045)
    assert cells.code("1100") == "01100"  # a spreadsheet took the first 0
    with pytest.raises(NotUnderstood):
        cells.degrees("北の方")
