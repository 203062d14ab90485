"""合言葉 carry the hand to another device."""

from hypothesis import given
from hypothesis import strategies as st

from forum.language.spoken import word_list
from forum.visitors.types import SECRET_BYTES, Hand
from forum.visitors.words import from_words, to_words

hands = st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES).map(Hand)


def test_the_list_has_a_word_for_every_byte() -> None:
    words = word_list()
    assert len(words) == len(set(words)) == 256
    assert SECRET_BYTES * 8 >= 80


@given(hands)
def test_words_lead_back_to_the_hand(hand: Hand) -> None:
    words = to_words(hand)
    for spoken in (
        " ".join(words),
        "、".join(words),
        "\n".join(words),
        "　".join(w.translate(KATAKANA) for w in words),
    ):
        assert from_words(spoken) == hand


KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ん") + 1)}


@given(hands, st.integers(0, SECRET_BYTES), st.integers(0, 255))
def test_a_wrong_word_is_noticed_or_is_the_same(hand: Hand, place: int, other: int) -> None:
    words = list(to_words(hand))
    changed = words[:place] + [word_list()[other]] + words[place + 1 :]
    found = from_words(" ".join(changed))
    assert found is None or changed == words or found != hand


@given(st.text(max_size=200))
def test_anything_typed_is_answered(text: str) -> None:
    assert from_words(text) is None or len(text) > 20


@given(hands, st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_tags_differ_from_thread_to_thread(hand: Hand, one: str, other: str) -> None:
    assert (hand.tag(one) == hand.tag(other)) == (one == other)
    assert hand.mark("me_too", one) != hand.tag(one)
