"""Words of like meaning lie near each other, and a table that is not sound is left out."""

import logging
from pathlib import Path

import numpy as np
import pytest

from forum.language import vectors
from forum.language.vectors import HEADER, Vectors, key_of

TABLE = Path(__file__).parent / "data" / "words.vectors"


@pytest.fixture(scope="module")
def small() -> Vectors:
    table = Vectors.load(TABLE)
    assert table
    return table


def near(table: Vectors, one: str, other: str) -> float:
    first, second = table.of([(one, 1.0)]), table.of([(other, 1.0)])
    assert first is not None and second is not None
    return float(first @ second)


def test_a_word_is_found_by_the_key_that_spacy_gives_it() -> None:
    assert key_of("coffee") == 3197928453018144401


def test_words_of_one_worry_are_nearer_than_others(small: Vectors) -> None:
    assert near(small, "夜泣き", "寝る") > near(small, "夜泣き", "自転車") + 0.2
    assert near(small, "保育園", "幼稚園") > 0.7


def test_a_direction_has_length_one_and_follows_the_weights(small: Vectors) -> None:
    both = small.of([("保育園", 3.0), ("発熱", 1.0), ("無い言葉の例", 1.0)])
    assert both is not None and both.dtype == np.float32 and both.shape == (128,)
    assert float(np.linalg.norm(both)) == pytest.approx(1.0, abs=1e-5)
    one, other = small.of([("保育園", 1.0)]), small.of([("発熱", 1.0)])
    assert one is not None and other is not None and both @ one > both @ other


def test_unknown_words_have_no_direction(small: Vectors) -> None:
    assert small.of([]) is None
    assert small.of([("無い言葉の例", 1.0)]) is None


def test_an_everyday_word_counts_little(small: Vectors) -> None:
    mixed = small.of([("の", 1.0), ("夜泣き", 1.0)])
    alone = small.of([("夜泣き", 1.0)])
    assert mixed is not None and alone is not None and mixed @ alone > 0.99


@pytest.mark.parametrize("fault", ["cut", "changed", "no header", "empty"])
def test_a_damaged_table_is_left_out_and_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    data = bytearray(TABLE.read_bytes())
    if fault == "changed":
        data[HEADER + 100] ^= 1
    broken = {"cut": data[:-7], "changed": data, "no header": b"x" * 4096, "empty": b""}[fault]
    path = tmp_path / "words.vectors"
    path.write_bytes(broken)
    with caplog.at_level(logging.WARNING):
        assert Vectors.load(path) is None
    assert "vectors are left out" in caplog.text


def test_without_a_table_nothing_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert Vectors.load(tmp_path / "none") is None
    assert not caplog.records


@pytest.mark.slow
def test_the_whole_table_agrees_with_the_small_one(small: Vectors) -> None:
    whole = Vectors.load(vectors.HOME)
    if whole is None:
        pytest.skip("made by `make run`, without VECTORS=0")
    assert near(whole, "夜泣き", "寝る") == pytest.approx(near(small, "夜泣き", "寝る"), abs=0.02)
