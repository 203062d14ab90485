"""No text of a post's length may hold a worker while its danger is read."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.safety.cards import cards_for
from forum.safety.danger import read_danger
from forum.safety.folding import fold

LENGTH = 2000
MOST_SECONDS = 1.0  # of the processor; a tenth of it on an idle machine
PIECES = [
    *(
        "死",
        "しにたい",
        "ない",
        "た",
        "て",
        "てる",
        "ちゃ",
        "ー",
        "〜",
        " ",
        "。",
        "\n",
        "っ",
        "ぁ",
        "いま",
        "○",
    ),
    *(
        "子どもを",
        "叩く",
        "叩かれ",
        "夫に",
        "殴られ",
        "隣の",
        "子",
        "悲鳴",
        "泣き声",
        "お母さんが",
        "帰ってこ",
        "ぼくは",
    ),
    *(
        "薬",
        "全部",
        "飲む",
        "<夫>",
        "[",
        "\u0301",
        "😀\u200d",
        "れ",
        "ら",
        "こと",
        "は",
        "も",
        "わけ",
        "じゃ",
    ),
    *("夫が子どもを叩く", "赤ちゃんにはちみつをあげる", "ドラマで", "(笑)", "もう", "家に"),
]
worst: list[tuple[float, str]] = []


@pytest.fixture(scope="module", autouse=True)
def _told_worst() -> Iterator[None]:
    """Prints the worst time of the module (pytest -s)."""
    read_danger("")
    cards_for("")
    yield
    took, text = max(worst)
    print(f"\nworst of {len(worst)} texts of {LENGTH} characters: {took:.3f} s, {text[:20]!r} repeated")


def seconds(text: str) -> float:
    begun = time.process_time()
    found = read_danger(text).found
    cards_for(text)
    took = time.process_time() - begun
    worst.append((took, text))
    assert all(text[sign.start : sign.end] == sign.matched for sign in found)
    return took


@pytest.mark.parametrize("piece", PIECES)
def test_one_piece_again_and_again(piece: str) -> None:
    assert seconds((piece * LENGTH)[:LENGTH]) < MOST_SECONDS


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8)
    | st.lists(st.text(min_size=1, max_size=3), min_size=1, max_size=8)
)
def test_any_mixture(pieces: list[str]) -> None:
    text = ("".join(pieces) * LENGTH)[:LENGTH]
    assert seconds(text) < MOST_SECONDS
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
