"""The threads of the demonstration: a board that has lived for ninety days, and frightens nobody."""

import csv
import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import forum.city

OTSU = Path(forum.city.__file__).parent / "packs" / "otsu"
LINES = (OTSU / "samples.jsonl").read_text(encoding="utf-8").splitlines()
SAMPLES: list[dict[str, Any]] = [json.loads(line) for line in LINES]
REPLIES: list[dict[str, Any]] = [reply for sample in SAMPLES for reply in sample["replies"]]
BOARDS = {
    board["id"]: board.get("sensitive", False)
    for board in tomllib.loads((OTSU / "city.toml").read_text(encoding="utf-8"))["board"]
}
HOURS = 24
WRONG_ADVICE = tuple(
    """
    はちみつ ハチミツ 蜂蜜 うつぶせ寝 うつ伏せ寝 座薬 坐薬 揺さぶ ゆさぶ
    薬をやめ mg 錠 かみ返 噛み返 お祓い 民間療法
    """.split()
)
FRIGHTENING = tuple(
    """
    死 消えたい 消えてしまい 自殺 自傷 リスカ リストカット 虐待 通報 通告 児相 児童相談所
    殴 首を 血の 流血 あざ 痣
    けいれん 救急 逃げたい 逃げていい 毒親 地獄の 手が出 殺 暴力 DV
    """.split()
)


def texts(sample: dict[str, Any]) -> list[str]:
    return [sample["title"], sample["body"], *(reply["body"] for reply in sample["replies"])]


def test_the_story_has_its_numbers() -> None:
    assert 65 <= len(SAMPLES) <= 80
    assert len({sample["id"] for sample in SAMPLES}) == len(SAMPLES)
    assert len({sample["title"] for sample in SAMPLES}) == len(SAMPLES)
    assert sum(not sample["replies"] for sample in SAMPLES) == 5
    assert sum(sample["solved"] for sample in SAMPLES) == 10


def test_every_kind_of_reply_is_there_in_quantity() -> None:
    kinds = Counter(reply["kind"] for reply in REPLIES)
    assert set(kinds) == {"experience", "advice", "empathy", "info"}
    assert min(kinds.values()) >= 15


def test_the_dates_span_ninety_days_and_are_denser_lately() -> None:
    days = [sample["days_ago"] for sample in SAMPLES]
    assert len(set(days)) == len(days)
    assert min(days) < 1 and 80 < max(days) <= 90
    months = Counter(int(day // 30) for day in days)
    assert months[0] > months[1] > months[2] > 0


def test_no_reply_comes_before_its_thread_or_after_now() -> None:
    for sample in SAMPLES:
        hours = [reply["hours_after"] for reply in sample["replies"]]
        assert hours == sorted(hours), sample["id"]
        assert all(0 < hour < sample["days_ago"] * HOURS for hour in hours), sample["id"]


def test_a_solved_worry_was_helped_by_somebody() -> None:
    for sample in SAMPLES:
        if sample["solved"]:
            assert any(reply["helped"] > 0 for reply in sample["replies"]), sample["id"]


def test_me_too_and_helped_are_spread_with_a_long_tail() -> None:
    for counts in ([s["me_too"] for s in SAMPLES], [r["helped"] for r in REPLIES]):
        counts = sorted(counts)
        assert counts[0] == 0
        assert counts[-1] >= 4 * max(1, counts[len(counts) // 2])


def test_boards_and_districts_are_those_of_the_city() -> None:
    rows = csv.DictReader((OTSU / "districts.csv").read_text(encoding="utf-8-sig").splitlines())
    districts = {row["name"] for row in rows}
    named = [sample["district"] for sample in SAMPLES if sample["district"] is not None]
    assert set(named) <= districts
    assert 0 < len(named) <= len(SAMPLES) // 10
    assert {sample["board"] for sample in SAMPLES} == set(BOARDS)


def test_the_home_page_opens_on_everyday_worries() -> None:
    newest = sorted(SAMPLES, key=lambda sample: float(sample["days_ago"]))[:8]
    for sample in newest:
        assert not BOARDS[sample["board"]], sample["id"]
    together = " ".join(f"{sample['title']} {sample['body']}" for sample in newest)
    for everyday in ("夜中", "パンツ", "遊び場", "給食", "見学", "離乳食", "遊びに来る子"):
        assert everyday in together


@pytest.mark.parametrize("word", WRONG_ADVICE + FRIGHTENING)
def test_nobody_meets_wrong_advice_or_fright(word: str) -> None:
    assert [sample["id"] for sample in SAMPLES if any(word in text for text in texts(sample))] == []


def test_no_number_or_address_that_looks_real() -> None:
    pattern = re.compile(r"[#♯]\d|\d{2,4}-\d{2,4}|\d{5,}|https?:|www\.|@|(?<!\d)(?:110|119|189)(?!\d)")
    assert [sample["id"] for sample in SAMPLES if any(pattern.search(text) for text in texts(sample))] == []


def test_nothing_in_the_samples_would_be_hidden() -> None:
    from forum.privacy.masking import mask

    assert [sample["id"] for sample in SAMPLES if any(mask(text).spans for text in texts(sample))] == []
