"""Two neighbours write of one house: found among two thousand others, told why, and seldom wrongly."""

import random

import pytest

from forum import clock
from forum.safeguarding.lookup import rules
from forum.safeguarding.lookup.extract import part_of_content
from forum.safeguarding.lookup.index import Index
from forum.safeguarding.lookup.types import Summary
from tests.safeguarding.lookup.families import Voice, families

PAIRS, STRANGERS = 220, 2_000
# The figures may only rise. Some pairs say nothing that tells their house from the next one.
RECALL, PRECISION = 0.92, 0.80


@pytest.fixture(scope="module")
def suggested() -> tuple[Index, set[tuple[str, str]]]:
    rng = random.Random(20261123)
    voice, index = Voice(rng), Index()
    for number, one in enumerate(families(rng, PAIRS + STRANGERS)):
        for who in ("first", "second") if number < PAIRS else ("only",):
            part = part_of_content("report:x", voice.tells(one), clock.now())
            index.put(Summary(f"{number} {who}", 1, (part,)))
    found = set()
    for case_id, summary in index.summaries.items():
        for other in index.alike(summary):
            one, two = sorted((case_id, other))
            found.add((one, two))
    return index, found


def test_planted_pairs_are_found_and_strangers_left_alone(
    suggested: tuple[Index, set[tuple[str, str]]],
) -> None:
    _index, found = suggested
    right = {pair for pair in found if pair[0].split()[0] == pair[1].split()[0]}
    recall, precision = len(right) / PAIRS, len(right) / len(found)
    print(f"pairs {PAIRS}, strangers {STRANGERS}: recall {recall:.3f}, precision {precision:.3f}")
    assert recall >= RECALL
    assert precision >= PRECISION


def test_every_suggestion_says_why_from_both_sides(suggested: tuple[Index, set[tuple[str, str]]]) -> None:
    index, found = suggested
    for one, other in found:
        reasons = index.alike(index.summaries[one])[other]
        assert reasons
        assert all(reason.ours and reason.theirs and reason.kind in rules.LABELS for reason in reasons)


def test_it_does_not_matter_which_of_the_two_is_looked_at(
    suggested: tuple[Index, set[tuple[str, str]]],
) -> None:
    index, found = suggested
    assert all(other in index.alike(index.summaries[one]) for one, other in found)
    assert all(one in index.alike(index.summaries[other]) for one, other in found)
