"""Small decisions of the answer."""

from datetime import datetime

from flask import Flask

from forum.ask.rules import alike, door_first, door_groups, open_now
from forum.ask.service import answer_for
from forum.ask.types import Situation, Worry
from forum.city.pack import load_pack
from forum.city.places import pack_path
from forum.clock import TOKYO
from forum.doors.choice import offers
from forum.search.types import Hit

NOBODY = Situation(None, None)


def order(own: Situation, others: dict[str, Situation], scores: dict[str, float]) -> list[str]:
    hits = [Hit(name, score, ()) for name, score in scores.items()]
    return [hit.id for hit in alike(hits, own, others)]


def test_with_the_same_words_the_child_of_like_age_comes_first() -> None:
    others = {"school": Situation("baby", 120), "baby": Situation("baby", 9)}
    assert order(Situation("baby", 8), others, {"school": 5.0, "baby": 5.0}) == ["baby", "school"]


def test_much_better_words_beat_age_and_board() -> None:
    others = {"words": NOBODY, "near": Situation("baby", 8)}
    assert order(Situation("baby", 8), others, {"near": 2.0, "words": 9.0}) == ["words", "near"]


def test_nothing_told_changes_nothing() -> None:
    others = {"a": Situation("baby", 8), "b": NOBODY}
    assert order(NOBODY, others, {"a": 3.0, "b": 4.0, "unknown": 2.0}) == ["b", "a", "unknown"]


def test_a_door_comes_first_only_where_reading_would_cost_time() -> None:
    assert door_first(["parenting", "despair"])
    assert door_first(["illness"])
    assert not door_first(["parenting", "school", "postpartum"])
    assert not door_first([])


def test_the_page_of_doors_keeps_concerns_and_emergencies_apart() -> None:
    noon = datetime(2026, 11, 24, 12, tzinfo=TOKYO)
    ordinary, special, urgent = door_groups(offers(load_pack(pack_path("otsu")).doors, noon))
    assert {"110", "119", "189"} <= {o.door.number for o in urgent.doors}
    assert not {"110", "119", "189"} & {o.door.number for o in (*ordinary.doors, *special.doors)}
    assert open_now(ordinary.doors) == sum(o.state == "open" for o in ordinary.doors) > 0


def test_a_frightened_child_is_not_offered_whatever_happens_to_sound_alike(app: Flask) -> None:
    with app.app_context():
        answer = answer_for(Worry("わたしは小4です。いえにかえるのがこわいです。どうしたらいいですか"))
    assert answer.door_first
    assert answer.door is not None
    assert "child" in answer.door.first.door.for_whom
    assert all(found.evidence for found in answer.services.found)
