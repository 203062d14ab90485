"""Sentences written for the tests in many voices, before the rules were tried on them.

They guard what the rules can do: nobody who is in danger now may be lost by a later change of words.
"""

from pathlib import Path

import pytest

from forum.evaluation.files import read_dangers
from forum.evaluation.signs import measure

SENTENCES = Path(__file__).parent / "sentences"


@pytest.mark.parametrize("name", [path.name for path in sorted(SENTENCES.glob("*.jsonl"))])
def test_the_grave_ones_wait_and_the_ordinary_ones_pass(name: str) -> None:
    found = measure(read_dangers([SENTENCES / name]), lambda what, done: None)
    assert found["n"] >= 100
    assert found["recall_severity_3"] >= 0.97
    assert found["recall_severity_2"] >= 0.95
    assert found["none_held"] <= 0.02
    assert found["none_queued"] <= 0.1
