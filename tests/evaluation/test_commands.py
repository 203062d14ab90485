"""The commands on tiny files, with every figure worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from tests.evaluation.examples import thread, write


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["evaluate", *words])


def figures(app: Flask, *words: str, without: tuple[str, ...] = ()) -> dict[str, Any]:
    result = run(app, *words, *(word for part in without for word in ("--without", part)))
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout.splitlines()[-1])
    assert set(found["parts"]) - {"without"} == {"engine", "vectors", "thesaurus", "pack"}
    assert found["parts"].get("without", []) == sorted(without)
    assert found["parts"]["vectors"] is False
    assert found["n"] >= 0
    return found


@pytest.fixture
def threads(tmp_path: Path) -> tuple[str, str]:
    """Two files: of the need "sleep" two threads and a near miss, of the need "bin" one."""
    first = write(
        tmp_path / "a.jsonl",
        thread("t1", "sleep", 2, "夜泣きがつらい", "生後8か月の夜泣きで毎晩眠れません。"),
        thread("t2", "sleep", 2, "夜泣きの毎日", "夜泣きで家族みんな寝不足です。"),
        thread("t3", "sleep", 0, "夜のおでかけ", "夜の動物園に行きたいです。"),
    )
    second = write(
        tmp_path / "b.jsonl", thread("t4", "bin", 2, "粗大ごみの出し方", "古いベビーカーの捨て方を知りたい。")
    )
    return first, second


def test_search(minato: Flask, threads: tuple[str, str], tmp_path: Path) -> None:
    queries = write(
        tmp_path / "q.jsonl",
        {"id": "q1", "need": "sleep", "style": "keyword", "text": "夜泣き 眠れない"},
        {"id": "q2", "need": "sleep", "style": "keyword", "text": "動物園"},
        {"id": "q3", "need": "nobody", "style": "keyword", "text": "夜泣き"},
    )
    found = figures(minato, "search", "--threads", *threads, "--queries", queries)
    assert (found["n"], found["left_out"], found["threads"]) == (2, 1, 4)
    # q1 finds both first; q2 finds only the near miss.
    assert found["mrr@10"] == 0.5
    assert found["recall@5"] == found["recall@10"] == 0.5
    assert found["ndcg@10"] == 0.5
    assert found["near_miss_above"] == 0.5
    assert 0 < found["p50_ms"] <= found["p95_ms"]


def test_a_part_left_out_shows_what_it_brings(
    minato: Flask, threads: tuple[str, str], tmp_path: Path
) -> None:
    queries = write(
        tmp_path / "q.jsonl", {"id": "q1", "need": "bin", "style": "keyword", "text": "そだいごみ"}
    )
    asked = ("search", "--threads", *threads, "--queries", queries)
    assert figures(minato, *asked)["recall@5"] == 1
    assert figures(minato, *asked, without=("concepts",))["recall@5"] == 1  # by its sound
    assert figures(minato, *asked, without=("concepts", "grams"))["recall@5"] == 0
    asked = ("similar", "--threads", *threads)
    assert figures(minato, *asked, without=("board", "vectors"))["hit@5"] == 1


def test_similar_leaves_the_thread_itself_out(minato: Flask, threads: tuple[str, str]) -> None:
    found = figures(minato, "similar", "--threads", threads[0], "--threads", threads[1])
    # t1 and t2 find each other, t4 has no other of its need.
    assert (found["n"], found["left_out"]) == (2, 1)
    assert found["recall@5"] == found["hit@5"] == 1
    assert found["near_miss_above"] == 0
    assert found["p95_ms"] > 0


def test_similar_asks_only_the_threads_named(minato: Flask, threads: tuple[str, str], tmp_path: Path) -> None:
    asked = write(tmp_path / "ask.jsonl", thread("new", "sleep", 2, "夜の動物園", "夜の動物園はどう。"))
    found = figures(minato, "similar", f"--threads={threads[0]}", threads[1], "--ask", asked)
    assert found["n"] == 1
    assert found["near_miss_above"] == 1


def test_matching(minato: Flask, tmp_path: Path) -> None:
    asked = write(
        tmp_path / "ask.jsonl",
        thread(
            "m1",
            "n",
            2,
            "産後ケアを使いたい",
            "産後で眠れません",
            child_age_months=2,
            needs=["postpartum_care"],
        ),
        # Nobody offers a club to a child of two months: left out of the count.
        thread("m2", "n", 2, "学童", "学童の申込み", child_age_months=2, needs=["after_school"]),
        # The words lead elsewhere: a miss.
        thread("m3", "n", 2, "ことば", "ことばが遅い気がします", child_age_months=40, needs=["boat_bus"]),
    )
    found = figures(minato, "matching", "--ask", asked)
    assert (found["n"], found["left_out"]) == (2, 1)
    assert found["hit@3"] == found["hit@5"] == 0.5
    assert 0 < found["precision@5"] <= 0.5
    assert found["parts"]["pack"].startswith("minato ")


def test_matching_takes_another_pack(app: Flask, tmp_path: Path) -> None:
    asked = write(tmp_path / "ask.jsonl", thread("m1", "n", 2, "渡し船", "渡し船", needs=["boat_bus"]))
    pack = Path(__file__).parent.parent / "packs" / "minato"
    assert figures(app, "matching", "--ask", asked)["n"] == 0
    assert figures(app, "matching", "--ask", asked, "--pack", str(pack))["n"] == 1
    refused = run(app, "matching", "--ask", asked, "--pack", str(tmp_path))
    assert refused.exit_code == 2
    assert "city.toml" in refused.stderr


def test_masking(minato: Flask, tmp_path: Path) -> None:
    posts = write(
        tmp_path / "posts.jsonl",
        {"id": "p1", "text": "電話は090-1234-5678です", "pii": [{"kind": "phone", "text": "090-1234-5678"}]},
        # A mail that nobody labelled, and a name that nobody hides.
        {"id": "p2", "text": "a@example.com の灯台さん", "pii": [{"kind": "person_name", "text": "灯台"}]},
    )
    ordinary = write(
        tmp_path / "t.jsonl",
        thread("t1", "n", 2, "夜泣き", "眠れません。"),
        thread("t2", "n", 2, "会いたい", "090-1234-5678へ電話ください。"),
    )
    found = figures(minato, "masking", "--posts", posts, "--threads", ordinary)
    assert (found["n"], found["n_threads"], found["interrupted"]) == (2, 2, 0.5)
    number, mail = len("090-1234-5678"), len("a@example.com")
    assert found["overall"]["recall"] == 0.5
    assert found["overall"]["precision"] == pytest.approx(number / (number + mail), abs=1e-4)
    assert found["by_kind"]["phone"]["recall"] == found["by_kind"]["phone"]["precision"] == 1
    assert (found["by_kind"]["email"]["recall"], found["by_kind"]["email"]["precision"]) == (None, 0)
    assert (found["by_kind"]["person_name"]["recall"], found["by_kind"]["person_name"]["precision"]) == (
        0,
        None,
    )
    assert "interrupted" not in figures(minato, "masking", "--posts", posts)


def test_a_bad_file_ends_with_two_and_says_where(minato: Flask, tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.jsonl", thread("t1", "n", 2, "夜泣き", "眠れません"), "{")
    for words in (("similar", "--threads", bad), ("matching", "--ask", bad)):
        result = run(minato, *words)
        assert result.exit_code == 2
        assert f"{bad}:2: " in result.stderr
        assert result.stdout == ""
    assert run(minato, "similar", "--threads", str(tmp_path / "none.jsonl")).exit_code == 2
    assert run(minato, "search", "--threads", bad).exit_code == 2


def test_no_database_is_opened(tmp_path: Path, threads: tuple[str, str]) -> None:
    from forum.cli import create_forum_app_with_commands
    from tests.conftest import MINATO, make_settings

    app = create_forum_app_with_commands(make_settings(tmp_path / "instance", city=str(MINATO)))
    figures(app, "similar", "--threads", *threads)
    figures(app, "matching", "--ask", *threads)
    assert not list((tmp_path / "instance").rglob("*.sqlite"))
    assert not list((tmp_path / "instance").rglob("index*"))
