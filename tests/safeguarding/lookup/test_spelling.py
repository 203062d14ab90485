"""One family, many spellings."""

import pytest

from forum.language.normalise import normalise
from forum.safeguarding.lookup import spelling
from forum.safeguarding.lookup.spelling import folded, is_near, kana, sound, usual


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("渡邊", "渡辺"),
        ("渡邉", "渡辺"),
        ("髙橋", "高橋"),
        ("齋藤", "斉藤"),
        ("山﨑", "山崎"),
        ("德田", "徳田"),
        ("惠子", "恵子"),
        ("櫻井", "桜井"),
        ("大澤", "大沢"),
        ("ＹＡＭＡＤＡ", "yamada"),
        ("虹ヶ丘", "虹が丘"),
        ("虹ケ丘", "虹が丘"),
        ("ﾜﾀﾅﾍﾞ", "わたなべ"),
        ("辻󠄀", "辻"),  # with a variation selector
    ],
)
def test_old_and_new_letters_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_other_names_stay_other() -> None:
    assert folded("田中") != folded("中田")
    assert folded("結衣") != folded("結愛")


def test_every_letter_of_the_list_stands_once_and_keeps_its_place() -> None:
    lines = spelling._VARIANTS.read_text(encoding="utf-8").splitlines()
    letters = [letter for line in lines if line and not line.startswith("#") for letter in line]
    assert len(letters) > 600
    assert sorted({one for one in letters if letters.count(one) > 1}) == []
    assert all(normalise(letter) == letter for letter in letters)
    assert len(usual("渡邉髙橋")) == 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("サイトー", "さいとう"),
        ("おおの", "おうの"),
        ("こうちづ", "こうちず"),
        ("ふぢた", "ふじた"),
        ("ユウキ", "ゆうき"),
    ],
)
def test_kana_are_compared_by_sound(one: str, other: str) -> None:
    assert kana(one) == kana(other) != ""


def test_a_known_name_is_read() -> None:
    assert sound("渡邉") == "わたなべ"
    assert sound("高橋") == kana("タカハシ")
    assert sound("龘龘") == ""


def test_one_letter_may_differ_in_longer_names() -> None:
    assert is_near("やまだ", "やまた")
    assert is_near("たかはし", "たかし")
    assert is_near("たかはし", "たはかし")
    assert not is_near("やまだ", "やまだ")
    assert not is_near("あい", "あお")  # too short: another name
    assert not is_near("たかはし", "たなか")
