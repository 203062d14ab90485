"""Every formula on an example worked out by hand."""

from __future__ import annotations

import math

import pytest

from forum.evaluation import metrics

RANKING = ["near", "a", "x", "b"]
RELEVANT = {"a", "b", "c"}


def test_the_place_of_the_first_right_one() -> None:
    assert metrics.reciprocal_rank(RANKING, RELEVANT, 10) == 1 / 2
    assert metrics.reciprocal_rank(RANKING, RELEVANT, 1) == 0
    assert metrics.reciprocal_rank([], RELEVANT, 10) == 0


def test_how_many_of_all_right_ones_are_found() -> None:
    assert metrics.recall(RANKING, RELEVANT, 2) == pytest.approx(1 / 3)
    assert metrics.recall(RANKING, RELEVANT, 10) == pytest.approx(2 / 3)
    assert metrics.hit(RANKING, RELEVANT, 2)
    assert not metrics.hit(RANKING, RELEVANT, 1)


def test_right_ones_count_less_the_lower_they_stand() -> None:
    best = 1 + 1 / math.log2(3) + 1 / 2
    assert metrics.ndcg(RANKING, RELEVANT, 10) == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / best)
    assert metrics.ndcg(["a", "b", "c"], RELEVANT, 10) == 1
    assert metrics.ndcg(["a", "b"], RELEVANT, 2) == 1


def test_a_near_miss_stands_above() -> None:
    assert metrics.near_miss_above(RANKING, RELEVANT, {"near"})
    assert not metrics.near_miss_above(RANKING, RELEVANT, {"b2"})
    assert not metrics.near_miss_above(["a", "near"], RELEVANT, {"near"})
    assert metrics.near_miss_above(["x", "near"], RELEVANT, {"near"}), "no right one was found at all"
    assert not metrics.near_miss_above([], RELEVANT, {"near"})


def test_shares_and_times() -> None:
    assert metrics.precision([True, False, False, True]) == 0.5
    assert metrics.precision([]) == 0
    assert metrics.mean([]) is None
    assert metrics.mean([True, False]) == 0.5
    twenty = [float(n) for n in range(20, 0, -1)]
    assert metrics.percentile(twenty, 0.95) == 19
    assert metrics.percentile(twenty, 0.5) == 10
    assert metrics.percentile([7.0], 0.95) == 7
    assert metrics.percentile([], 0.5) is None


def test_a_text_is_hidden_only_if_all_of_it_is_everywhere() -> None:
    assert metrics.hidden_wholly({2, 3, 7, 8}, [(2, 4), (7, 9)])
    assert not metrics.hidden_wholly({2, 3, 7}, [(2, 4), (7, 9)])
    assert not metrics.hidden_wholly({2}, [])
