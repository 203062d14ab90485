"""Boxes that only the desk opens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey, SealedBox

from forum.sealing.envelope import TEXT_BLOCK, Box, DataKey, DeskKey, Unopenable, seal

PRIVATE = PrivateKey.generate()
DESK = DeskKey("k1", bytes(PRIVATE.public_key))


def opened(box: Box, context: str) -> bytes:
    return DataKey(SealedBox(PRIVATE).decrypt(box.wrapped_key)).open(box.body, context)


@given(st.binary(max_size=3 * TEXT_BLOCK), st.text(max_size=40))
def test_what_was_sealed_opens_again(content: bytes, context: str) -> None:
    assert opened(seal(content, DESK, context), context) == content


@given(st.text(min_size=1, max_size=200))
def test_a_box_opens_in_no_other_place(text: str) -> None:
    box = seal(text.encode(), DESK, "report:a:body")
    with pytest.raises(Unopenable):
        opened(box, "report:b:body")


@given(st.binary(min_size=1, max_size=100), st.integers(min_value=0), st.integers(1, 255))
def test_a_changed_byte_is_noticed(content: bytes, place: int, change: int) -> None:
    box = seal(content, DESK, "c")
    body = bytearray(box.body)
    body[place % len(body)] ^= change
    with pytest.raises(Unopenable):
        opened(Box(box.key_id, box.wrapped_key, bytes(body)), "c")


def test_one_line_and_two_thousand_characters_look_alike() -> None:
    short, long = seal("泣き声がする".encode(), DESK, "c"), seal(("あ" * 2000).encode(), DESK, "c")
    assert len(short.to_bytes()) == len(long.to_bytes())


def test_the_same_text_twice_looks_different() -> None:
    assert seal(b"same", DESK, "c").body != seal(b"same", DESK, "c").body


@given(st.binary(max_size=200))
def test_anything_that_is_no_box_is_refused_with_our_own_error(raw: bytes) -> None:
    try:
        box = Box.from_bytes(raw)
    except Unopenable:
        return
    assert box.to_bytes() == raw


def test_a_box_survives_the_queue() -> None:
    box = seal("住所も電話も".encode(), DESK, "hatch")
    again = Box.from_bytes(box.to_bytes())
    assert again == box
    assert opened(again, "hatch").decode() == "住所も電話も"


def test_a_data_key_never_shows_itself() -> None:
    key = DataKey.fresh()
    assert key.secret.hex() not in repr(key)
    assert repr(key.secret) not in repr(key)
