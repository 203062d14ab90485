"""No text of a post's length may hold a worker: not by chance and not on purpose."""

import itertools
import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.privacy.masking import mask

LENGTH = 2000
MOST_SECONDS = 2.0  # of the processor; half a second on an idle machine, most of it Janome
PIECES = [
    *("0", "1", "〇", "の", "ー", "-", " ", "\n", "ゼロ", "しち", "ごー", "に", "090-", "電話"),
    *("a", "a.", "a@", "@", "★", "_", "アット", "ドット", "[at]", "gメール", "line", "idは"),
    *("http://", "a.com/", "x.com/", "(", "\u0301", "😀\u200d", "。"),
    *(
        "1丁目",
        "1-1-1 ",
        "市",
        "町",
        "が",
        "コーポ",
        "コーポa",
        "棟",
        "号室",
        "番地",
        "大津市",
        "漢字",
        "カナ",
    ),
    *("田中", "さん", "息子の", "先生", "ゆい", "保育園", "の丘", "小", "中", "名前は", "まで", "、", "「"),
    *("蓮", "で働", "スーパー", "病院", "勤め先は", "滋賀", "姉", "年", "です。"),
]


worst: list[tuple[float, str]] = []


@pytest.fixture(scope="module", autouse=True)
def _told_worst() -> Iterator[None]:
    """Prints the worst time of the module (pytest -s)."""
    mask("")
    yield
    took, text = max(worst)
    print(f"\nworst of {len(worst)} texts of {LENGTH} characters: {took:.2f} s, {text[:20]!r} repeated")


def seconds(text: str) -> float:
    begun = time.process_time()
    mask(text)
    took = time.process_time() - begun
    worst.append((took, text))
    return took


@pytest.mark.parametrize("piece", PIECES)
def test_one_piece_again_and_again(piece: str) -> None:
    assert seconds((piece * LENGTH)[:LENGTH]) < MOST_SECONDS


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8)
    | st.lists(st.text(min_size=1, max_size=3), min_size=1)
)
def test_any_mixture(pieces: list[str]) -> None:
    text = ("".join(pieces) * LENGTH)[:LENGTH]
    assert seconds(text) < MOST_SECONDS
    spans = mask(text).spans
    assert all(text[span.start : span.end] == span.original for span in spans)
    assert all(first.end <= second.start for first, second in itertools.pairwise(spans))
