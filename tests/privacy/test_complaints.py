"""A complaint waits for a person only where strangers could read whom it is about."""

import pytest

from forum.privacy.complaints import complains_of_named

NAMED = (
    "みどりクリニックの先生は最悪でした。",
    "みどりクリニックで話を聞いてもらえませんでした。受付もいやな感じです。",
    "はなぞの保育園はやめたほうがいいです。",
    "さくら幼稚園。先生が子どもを怒鳴っているのを見ました。",
)
FINE = (
    "みどりクリニックは親切で、おすすめです。",
    "みどりクリニックに電話して予約しました。夜泣きがひどくて相談しました。",
    "はなぞの保育園の一時預かりを使いました。",
    "先生の対応が悪くて、毎日つらいです。",
    "夫の態度がひどいです。もう限界です。",
)


@pytest.mark.parametrize("text", NAMED)
def test_a_named_place_that_is_complained_about(text: str) -> None:
    assert complains_of_named(text)


@pytest.mark.parametrize("text", FINE)
def test_praise_questions_and_complaints_without_a_name(text: str) -> None:
    assert not complains_of_named(text)


def test_what_is_hidden_names_nobody() -> None:
    assert not complains_of_named("うちの子が通う（学校や園の名前）は、対応が最悪です。")
