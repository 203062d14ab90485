"""The flat loop counts what is there: compared with BM25 written down a second time, from the words."""

from math import log
from pathlib import Path

import pytest

from forum.search.engines.whoosh_engine import WhooshEngine
from forum.search.rules import CONCEPTS, COVERAGE, WORDS
from forum.search.types import DocumentTerms, Question, Row

TEXTS = {f"d{n}": [f"w{(n * k) % 17}" for k in range(1, 4 + n % 5)] for n in range(300)}


def row(name: str, words: list[str]) -> Row:
    """Words dealt out to title, body and replies; every third document carries a concept."""
    concepts = ("夜",) * (1 + int(name[1:]) % 2) if int(name[1:]) % 3 == 0 else ()
    terms = DocumentTerms("a", "t", tuple(words[:1]), tuple(words[1:2]), tuple(words[2:]), (), concepts)
    return Row(name, terms)


def expected(question: Question) -> dict[str, float]:
    scores: dict[str, float] = {}
    rows = [row(name, words) for name, words in TEXTS.items()]
    bags = {r.id: [*r.terms.title, *r.terms.body, *r.terms.replies] for r in rows}
    concepts = {r.id: list(r.terms.concepts) for r in rows}
    for asked, held, kind in ((question.words, bags, WORDS), (question.concepts, concepts, CONCEPTS)):
        mean = max(1.0, sum(map(len, held.values())) / len(held))
        for term, weight in asked:
            df = sum(term in bag for bag in held.values())
            idf = log(1 + (len(held) - df + 0.5) / (df + 0.5))
            for name, bag in held.items():
                tf = bag.count(term)
                if tf:
                    norm = kind.k1 * (1 - kind.b + kind.b * len(bag) / mean)
                    gain = kind.weight * weight * idf * tf * (kind.k1 + 1) / (tf + norm)
                    scores[name] = scores.get(name, 0.0) + gain
    return scores


@pytest.mark.parametrize("pieces", [1, 7])  # one segment, several segments
def test_scores_are_bm25_over_all_fields_together(tmp_path: Path, pieces: int) -> None:
    engine = WhooshEngine(tmp_path / "index", "s")
    rows = [row(name, words) for name, words in TEXTS.items()]
    first, rest = rows[: len(rows) // pieces], rows[len(rows) // pieces :]
    engine.rebuild(first, None)
    for start in range(0, len(rest), 43):
        engine.put(rest[start : start + 43])
    question = Question((("w3", 1.0), ("w5", 2.0), ("w16", 1.0)), (), (("夜", 0.7),))
    found = engine.search(question, 1000)
    wanted = expected(question)
    assert {f.id for f in found} == set(wanted)
    for f in found:
        assert f.score == pytest.approx(wanted[f.id], rel=1e-3)
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)


def test_shares_tell_how_much_of_the_question_is_met(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "index", "s")
    engine.rebuild([row("d1", ["ある語", "他の語"]), row("d2", ["他の語"])], None)
    found = {f.id: f for f in engine.search(Question((("ある語", 1), ("どこにもない語", 1)), (), ()), 10)}
    assert set(found) == {"d1"}
    assert 0.2 < found["d1"].word_share < 0.5  # the unknown word weighs more
    assert found["d1"].words == ("ある語",)


def test_where_the_thesaurus_is_silent_the_document_with_all_words_stands_first(tmp_path: Path) -> None:
    """Said once each, but all of it, is worth more than one word said again and again."""
    engine = WhooshEngine(tmp_path / "index", "s")
    others = [row(f"o{n}", [f"x{n}", "左" if n % 2 else "右"]) for n in range(40)]
    engine.rebuild([row("d1", ["左", "左", "左", "左"]), row("d2", ["左", "右", "y", "z"]), *others], None)
    words = (("左", 1.0), ("右", 1.0))
    silent, known = Question(words, (), ()), Question(words, (), (("夜", 0.7),))
    plain = {f.id: f.score for f in engine.search(known, 50)}
    covered = {f.id: f.score for f in engine.search(silent, 50)}
    assert covered["d2"] == pytest.approx(plain["d2"] * (1 + COVERAGE), rel=1e-3)
    assert covered["d1"] < plain["d1"] * (1 + COVERAGE)


def test_a_word_typed_in_kana_is_found_by_its_sound_though_each_piece_is_a_known_word(
    tmp_path: Path,
) -> None:
    """しょうにん is cut into small words that stand everywhere; its sound stands where 承認 was written."""
    engine = WhooshEngine(tmp_path / "index", "s")
    sound = DocumentTerms("a", "t", (), ("承認",), (), ("ショウニン",), ())
    noise = [row(f"o{n}", ["しょう", f"x{n}"]) for n in range(20)]
    engine.rebuild([Row("d1", sound), *noise], None)
    question = Question((("しょう", 1.0),), (("ショウ", 1.0), ("ョウニ", 1.0), ("ウニン", 1.0)), ())
    assert engine.search(question, 1)[0].id == "d1"
    understood = question._replace(concepts=(("夜", 0.7),))
    assert "d1" not in {found.id for found in engine.search(understood, 50)}
