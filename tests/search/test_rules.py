"""What counts beside the words, decided without an index."""

from forum.search.rules import heard, understood
from forum.search.types import Question

SILENT = Question((("承認", 1.0),), (("ショウ", 1.0),), ())
WEAK = SILENT._replace(concepts=(("不安", 0.3),))
KNOWN = SILENT._replace(concepts=(("不安", 0.3), ("夜泣き", 1.0)))


def test_a_telling_concept_is_understanding_and_an_everyday_one_is_not() -> None:
    assert [understood(one) for one in (SILENT, WEAK, KNOWN)] == [False, False, True]


def test_the_sound_counts_in_full_where_the_thesaurus_is_silent_else_for_unknown_words_only() -> None:
    assert heard(SILENT, 0.0) == heard(WEAK, 0.4) == 1.0
    assert heard(KNOWN, 0.4) == 0.4 and heard(KNOWN, 0.0) == 0.0
