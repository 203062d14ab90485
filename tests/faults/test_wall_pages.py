"""What counts as a word on a page of an error: the trial must be able to fail."""

from tests.faults.wall_load import own_words_only

WORD, OTHER = "さけび声の夜に", "三階の角の部屋"
SENT = f"上の階です。{WORD}"


def test_what_the_sender_typed_may_stand_in_the_field_alone() -> None:
    assert own_words_only(f"<p>届いていません</p><textarea>{SENT}</textarea>", SENT, [WORD, OTHER])
    assert own_words_only(f'<input type="hidden" name="text" value="{SENT}">', SENT, [WORD, OTHER])


def test_the_same_words_anywhere_else_are_seen() -> None:
    assert not own_words_only(f"<title>{WORD}</title><textarea>{SENT}</textarea>", SENT, [WORD, OTHER])
    assert not own_words_only(f"<!-- {WORD} -->", SENT, [WORD, OTHER])


def test_the_words_of_somebody_else_are_seen_even_in_the_field() -> None:
    assert not own_words_only(f"<textarea>{SENT} {OTHER}</textarea>", SENT, [WORD, OTHER])
