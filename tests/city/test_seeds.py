"""The city's own short texts: warm, true to the reviewed rows, and without anything that goes stale."""

import csv
import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import forum.city

OTSU = Path(forum.city.__file__).parent / "packs" / "otsu"
SEEDS: list[dict[str, Any]] = tomllib.loads((OTSU / "seeds.toml").read_text(encoding="utf-8"))["seed"]
SERVICES = {
    row["id"]: row
    for row in csv.DictReader((OTSU / "services.csv").read_text(encoding="utf-8-sig").splitlines())
}
CONTACTS_HOURS_FEES = {
    "a telephone number": r"\d{3,}|#\d+|\d+-\d+",
    "an hour": r"\d+時(?!間)|\d+:\d+|\d+分|午前|午後",
    "a fee": r"円|無料|\d+[万千]",
    "an address on the net": r"https?:|www\.|@",
}
NOT_IN_A_TITLE = ("虐待", "通告", "暴力", "DV", "189", "児童相談所", "死", "自殺", "叩", "殴")
WORRIES = tuple(
    """
    つわり 産後 母乳 夜泣き 離乳食 発達 健診 予防接種 急に具合 預け 病気で園 送り迎え 保育園
    幼稚園 放課後 話せる相手 イヤイヤ ひとりで子育て お金 費用 ふたご
    障害 行きづらい いじめ 日本語 こわい お父さん 引っ越し ごみ どこに相談
    """.split()
)


def told(seed: dict[str, Any]) -> str:
    return unicodedata.normalize("NFKC", f"{seed['title']}\n{seed['body']}")


def test_there_are_thirty_and_each_is_told_once() -> None:
    assert len(SEEDS) == 30
    assert len({seed["id"] for seed in SEEDS}) == 30
    assert len({seed["title"] for seed in SEEDS}) == 30


@pytest.mark.parametrize("worry", WORRIES)
def test_a_common_worry_finds_a_text_of_the_city(worry: str) -> None:
    assert any(worry in told(seed) for seed in SEEDS)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed["id"])
def test_no_number_hour_or_fee_stands_in_the_text(seed: dict[str, Any]) -> None:
    for what, pattern in CONTACTS_HOURS_FEES.items():
        assert not re.search(pattern, told(seed)), f"{what} in {seed['id']}"


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed["id"])
def test_every_text_names_services_of_the_pack_and_its_rows(seed: dict[str, Any]) -> None:
    assert seed["services"]
    for service in seed["services"]:
        assert SERVICES[service]["verified"] in ("yes", "partial")
        assert service in seed["source"]
    for cited in re.findall(r"otsu-\d+", seed["source"]):
        assert cited in seed["services"]


def test_a_row_that_nobody_reviewed_is_cited_as_such() -> None:
    for seed in SEEDS:
        open_rows = [name for name in seed["services"] if SERVICES[name]["verified"] == "partial"]
        assert bool(open_rows) == ("partial" in seed["source"]), seed["id"]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed["id"])
def test_a_text_is_short_and_speaks_to_every_guardian(seed: dict[str, Any]) -> None:
    assert len(seed["title"]) <= 30
    assert 100 <= len(seed["body"]) <= 260
    assert 3 <= seed["body"].count("。") <= 7
    assert "ママ" not in told(seed).replace("ママフレ", "")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed["id"])
def test_a_title_can_be_read_over_a_shoulder(seed: dict[str, Any]) -> None:
    for word in NOT_IN_A_TITLE:
        assert word not in seed["title"]


def test_a_text_for_an_age_does_not_contradict_its_services() -> None:
    for seed in SEEDS:
        low, high = seed.get("child_age_min_months", 0), seed.get("child_age_max_months", 239)
        assert low <= high
        for service in seed["services"]:
            row = SERVICES[service]
            youngest, oldest = int(row["age_min_months"] or 0), int(row["age_max_months"] or 239)
            assert youngest <= high and low <= oldest, f"{seed['id']} never meets {service}"


def test_nothing_in_the_texts_would_be_hidden() -> None:
    from forum.privacy.masking import mask

    assert [seed["id"] for seed in SEEDS if mask(seed["title"]).spans or mask(seed["body"]).spans] == []
