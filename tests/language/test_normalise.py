"""The same text typed in other ways becomes the same, and the way back is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.language.normalise import normalise, spelled, to_hiragana, to_katakana


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("ﾎｲｸｴﾝ", "ホイクエン"),
        ("ｶﾞｯｺｳ", "ガッコウ"),
        ("か\u3099っこう", "がっこう"),
        ("ＤＶ　相談", "dv 相談"),
        ("＃８０００", "#8000"),
        ("コ―ヒ−", "コーヒー"),
        ("すご〜〜い", "すごーい"),
        ("ぎゃーーーー", "ぎゃー"),
        ("10〜20時", "10~20時"),
        ("０９０−１２３４", "090-1234"),
        ("マンション3‐5", "マンション3-5"),
        ("あ\u200bい\x00う\ud800え\ufeff", "あいうえ"),
        ("一行\r\n二行\u2028三行", "一行\n二行\n三行"),
        ("\u202e右から", "右から"),
    ],
)
def test_one_spelling(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


def test_the_way_back_covers_what_was_typed() -> None:
    spelling = spelled("保\u200b育園のｶﾞｯｺｳ㌔〜")
    assert spelling.text == "保育園のガッコウキロー"
    places = list(zip(spelling.starts, spelling.ends, strict=True))
    assert places[spelling.text.index("育")] == (2, 3)
    assert places[spelling.text.index("ガ")] == (5, 7)
    assert places[spelling.text.index("キ")] == places[spelling.text.index("ロ")] == (10, 11)


TYPED = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("あかアーｰ~〜-―−ﾞﾟ\u3099が８Ａ \u3000\n\r\x00\ud800\u200d😢İﬁ。①㌔\u0301漢\ufe0f"),
    ),
    max_size=40,
)


@given(TYPED)
def test_twice_is_once_and_offsets_stay_in_order(typed: str) -> None:
    spelling = spelled(typed)
    assert normalise(spelling.text) == spelling.text
    assert len(spelling.text) == len(spelling.starts) == len(spelling.ends)
    assert list(spelling.starts) == sorted(spelling.starts)
    assert all(0 <= a < b <= len(typed) for a, b in zip(spelling.starts, spelling.ends, strict=True))
    spelling.text.encode("utf-8")  # no broken half is left


def test_kana_both_ways() -> None:
    assert to_katakana("ほいくえん、ばぁば") == "ホイクエン、バァバ"
    assert to_hiragana("ホイクエン、ヴァ") == "ほいくえん、ゔぁ"
