"""Every parent has a warm name, and nobody has somebody else's."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from forum.board.handles import BEINGS, COLOURS, NAMES, handle_for

TAGS = st.text("0123456789abcdef", min_size=64, max_size=64)


def test_a_name_reads_like_a_name() -> None:
    name = handle_for("a" * 64, ())
    colour, being = name.removesuffix("さん").split("の", 1)
    assert colour in COLOURS and being in BEINGS


def test_no_word_stands_twice_and_every_pair_is_another_name() -> None:
    assert len(set(COLOURS)) == len(COLOURS) >= 40
    assert len(set(BEINGS)) == len(BEINGS) >= 60
    assert len({f"{c}の{b}さん" for c in COLOURS for b in BEINGS}) == NAMES
    assert math.gcd(1_021, NAMES) == 1, "the walk to the next free name must reach all of them"


@given(TAGS)
def test_the_same_hand_has_the_same_name_however_often_it_writes(tag: str) -> None:
    assert handle_for(tag, ()) == handle_for(tag, ())


@given(st.lists(TAGS, max_size=60, unique=True))
def test_nobody_in_a_thread_shares_a_name(tags: list[str]) -> None:
    taken: set[str] = set()
    for tag in tags:
        name = handle_for(tag, taken)
        assert name not in taken
        taken.add(name)


def test_when_all_names_are_taken_a_number_helps() -> None:
    taken: set[str] = set()
    for number in range(NAMES + 3):
        taken.add(handle_for(f"{number:064x}", taken))
    assert len(taken) == NAMES + 3
    assert sum(name[-1].isdigit() for name in taken) == 3


def test_names_spread_over_threads() -> None:
    names = {handle_for(f"{number:064x}", ()) for number in range(500)}
    assert len(names) > 400
