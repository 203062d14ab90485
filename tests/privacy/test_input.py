"""Text as it comes from a form, from any keyboard and any prank."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.privacy.input import clean_input, visible_length

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("夜泣き\r\n三日目\rです\u2028はい", "夜泣き\n三日目\nです\nはい"),
        ("か\u3099き", "がき"),
        ("あ\x00い\x07う\x1b", "あいう"),
        ("あ\tい", "あ い"),
        ("あ\ud83dい", "あい"),
        ("\ud83d\ude00", "😀"),
        ("\u202eうそ\u202c \u2066ほんと\u2069\u200f", "うそ ほんと"),
        ("0\u200b9\u20600\ufeff", "090"),
        ("家族👨\u200d👩\u200d👧です", "家族👨\u200d👩\u200d👧です"),
        ("あ\u200dい👧\u200d", "あい👧"),
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("\u3164\u2800\u115f", ""),
        ("え" + "\u0301" * 40, "え" + "\u0301" * 4),
        ("　全角の空白　", "　全角の空白　"),
    ],
)
def test_clean_input(typed: str, kept: str) -> None:
    assert clean_input(typed) == kept


@given(ANY_TEXT)
def test_clean_text_is_clean(typed: str) -> None:
    cleaned = clean_input(typed)
    cleaned.encode("utf-8")
    assert clean_input(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Co") for letter in cleaned if letter != "\n")
    assert not set(cleaned) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200b\u200e\ufeff")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        (" 　\n\u200b\u2060\u3164", 0),
        ("眠れない", 4),
        ("👨\u200d👩\u200d👧", 1),
        ("👍🏽 はい", 3),
        ("❤\ufe0f", 1),
    ],
)
def test_visible_length(text: str, length: int) -> None:
    assert visible_length(text) == length
