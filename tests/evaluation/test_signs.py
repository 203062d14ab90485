"""The figures of the signs on files of examples."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.evaluation.examples import write
from tests.evaluation.test_commands import figures, run


def post(identifier: str, text: str, labels: list[str], severity: int) -> dict[str, Any]:
    return {"id": identifier, "text": text, "labels": labels, "severity": severity, "pii": []}


POSTS = [
    post("p1", "もう死にたい", ["self_harm"], 3),
    post("p2", "夫が生活費をくれない", ["dv"], 2),
    post("p3", "おすすめの公園を教えてください", ["dv"], 3),  # nobody can see this one
    post("p4", "小5です。相談したいことがあります", ["child_speaking"], 1),
    post("n1", "夜泣きで眠い", ["none"], 0),
    post("n2", "死にたいわけじゃない", ["none"], 0),
    post("n3", "もう消えたい", ["none"], 1),
    post("n4", "公園に行きました", ["none"], 0),
]


def test_signs(minato: Flask, tmp_path: Path) -> None:
    found = figures(minato, "signs", "--posts", write(tmp_path / "posts.jsonl", *POSTS))
    assert found["command"] == "signs"
    assert found["n"] == 8
    assert found["recall_severity_3"] == 0.5
    assert found["recall_severity_2"] == pytest.approx(2 / 3, abs=1e-4)
    assert (found["none_card"], found["none_queued"], found["none_held"]) == (0.5, 0.25, 0.25)
    assert found["labels"]["self_harm"] == {
        "recall": 1,
        "precision": pytest.approx(1 / 3, abs=1e-4),
        "labelled": 1,
    }
    assert found["labels"]["dv"] == {"recall": 0.5, "precision": 1, "labelled": 2}
    assert found["labels"]["suspected_abuse"] == {"recall": None, "precision": None, "labelled": 0}


def test_it_prints_one_json_object(minato: Flask, tmp_path: Path) -> None:
    result = run(minato, "signs", "--posts", write(tmp_path / "posts.jsonl", *POSTS))
    assert result.exit_code == 0
    assert isinstance(json.loads(result.stdout), dict)


@pytest.mark.parametrize(
    ("labels", "severity", "message"),
    [
        ([], 0, "labels"),
        (["unheard"], 1, "labels"),
        (["none", "dv"], 1, "labels"),
        (["dv"], 4, "severity"),
        (["dv"], True, "severity"),
    ],
)
def test_a_bad_post_ends_with_two_and_says_where(
    minato: Flask, tmp_path: Path, labels: list[str], severity: int, message: str
) -> None:
    bad = write(tmp_path / "bad.jsonl", POSTS[0], post("p9", "文", labels, severity))
    result = run(minato, "signs", "--posts", bad)
    assert result.exit_code == 2
    assert f"{bad}:2: " in result.stderr
    assert message in result.stderr
