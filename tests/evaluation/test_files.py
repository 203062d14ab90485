"""A bad file is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from forum.evaluation.files import BadFile, read_posts, read_queries, read_threads
from tests.evaluation.examples import thread, write

GOOD = thread("t1", "n1", 2, "夜泣き", "眠れません", replies=[{"body": "うちもです", "kind": "empathy"}])


def test_a_thread_is_read_with_its_replies(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    write(path, GOOD, "", thread("t2", "n1", 0, "夜", "星がきれい", child_age_months=-1, board="baby"))
    first, second = read_threads([path])
    assert first.replies == ("うちもです",)
    assert (second.child_age_months, second.board, second.relevance) == (-1, "baby", 0)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "is not JSON"),
        ("[1]", "must be a JSON object"),
        ('{"id": "x"}', '"relevance" is missing'),
        ('{"id": 5}', '"id" must be a text'),
        ({**GOOD, "id": "x", "relevance": 3}, "not 0, 1 or 2"),
        ({**GOOD, "id": "x", "relevance": True}, "whole number"),
        ({**GOOD, "id": "x", "needs": [1]}, "list of words"),
        ({**GOOD, "id": "x", "replies": ["text"]}, "list of objects"),
        ({**GOOD, "id": "x", "child_age_months": "2"}, "whole number"),
        (GOOD, "stands already at"),
    ],
)
def test_the_line_of_the_fault_is_named(tmp_path: Path, line: str | dict[str, object], message: str) -> None:
    path = tmp_path / "threads.jsonl"
    write(path, GOOD, line)
    with pytest.raises(BadFile) as fault:
        read_threads([path])
    assert f"{path}:2: " in fault.value.message
    assert message in fault.value.message
    assert fault.value.exit_code == 2


def test_an_empty_file_and_one_that_is_not_text(tmp_path: Path) -> None:
    empty, binary = tmp_path / "empty.jsonl", tmp_path / "binary.jsonl"
    empty.write_text("\n")
    binary.write_bytes(b'{"id": "q", "need": "n", "text": "a"}\n\xff\xfe')
    for path, message in ((empty, "1: the file is empty"), (binary, "2: is not UTF-8")):
        with pytest.raises(BadFile, match=message):
            read_queries([path])


def test_a_label_must_stand_in_its_text(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    write(path, {"id": "p", "text": "電話ください", "pii": [{"kind": "phone", "text": "090"}]})
    with pytest.raises(BadFile, match="which is not in the text"):
        read_posts([path])
