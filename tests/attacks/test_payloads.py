"""The list of attacks itself: long enough, without doubles, and no cry for help in anybody's eyes."""

import pytest

from forum.safety.danger import read_danger
from forum.web.spreadsheets import cell
from tests.attacks.payloads import ALL, CLASSES, FORMULAS


def test_the_list_is_long_and_says_nothing_twice() -> None:
    assert len(ALL) >= 120 and len(set(ALL)) == len(ALL)
    assert min(len(payloads) for payloads in CLASSES.values()) >= 9


@pytest.mark.parametrize("payload", ALL)
def test_markup_is_no_sign_of_danger(payload: str) -> None:
    """A rule for OD must not meet "body" and hold the post of whoever asks about an iPod."""
    assert read_danger(payload).found == ()


def test_words_in_which_short_latin_words_hide() -> None:
    for text in ("iPodを子どもに使わせていますか", "foodアレルギーの相談です", "bodyソープのおすすめは"):
        assert read_danger(text).found == ()


@pytest.mark.parametrize("payload", FORMULAS)
def test_no_cell_of_a_table_file_begins_like_a_formula(payload: str) -> None:
    assert cell(payload).lstrip(" ")[:1] not in {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"}
