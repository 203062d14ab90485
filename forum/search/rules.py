"""The numbers of the ranking and the decision what does not fit. Pure.

Measured on 176 threads and 88 questions in parents' words and on 13,448 paragraphs and 1,500 questions
of an encyclopaedia: base forms in fields of equal weight, concepts twice a word, readings where the
thesaurus is silent. BM25 as in Robertson and Zaragoza, The Probabilistic Relevance Framework (2009).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from forum.search.types import Found, Question


@dataclass(frozen=True)
class Bm25:
    """`k1`: how soon repetition stops counting, `b`: how much length holds back, `weight` of the field."""

    k1: float
    b: float
    weight: float


WORDS = Bm25(k1=0.9, b=0.75, weight=1.0)
CONCEPTS = Bm25(k1=2.0, b=0.2, weight=2.0)
GRAMS = Bm25(k1=0.9, b=0.75, weight=0.3)  # as far as the sound is heard, see `heard`
COVERAGE = 0.5  # of its score more for a document that holds all words, as far as the sound is heard
VECTOR_WEIGHT = 0.5  # of nearness in meaning, beside words and concepts, each in spreads of its own kind
TITLE_CONCEPT = 1.5  # a concept in a post's title counts as so many in its body

MOST_WORDS = 24  # terms of one question that are scored: those that tell most
MOST_GRAMS = 32
TIME_BUDGET = 0.15  # seconds after which the remaining terms are left out

_STRONG_CONCEPT = 0.5  # weight of a group that may carry a hit alone; 不安 or きょうだい may not
_WORD_SHARE = 0.3  # of the question's information
_GRAM_SHARE = 0.3
_EXACT_FIRST = 2  # words


def understood(question: Question) -> bool:
    """Whether the thesaurus knows what the question is about."""
    return any(weight >= _STRONG_CONCEPT for _, weight in question.concepts)


def heard(question: Question, unmet: float) -> float:
    """How much the sound of the question counts, 0 to 1; `unmet` is the part of its information in words
    that no document has. What the thesaurus understands is said in everyday words, whose sounds are
    everywhere; of what it does not know, the sound is the best that there is."""
    return unmet if understood(question) else 1.0


def fits(found: Found, question: Question) -> bool:
    """Whether a candidate is worth showing: it shares a telling concept with the question, or three tenths
    of the information in its words (rare words weigh more, unknown words weigh most), or three tenths of
    its sound where words are unknown."""
    weights = dict(question.concepts)
    return found.score > 0 and (
        any(weights[group] >= _STRONG_CONCEPT for group in found.concepts)
        or found.word_share >= _WORD_SHARE
        or found.gram_share >= _GRAM_SHARE
    )


def ranked(
    candidates: Iterable[Found], question: Question, limit: int, exclude: Collection[str]
) -> list[Found]:
    """What fits, best first.

    For a question of one or two words a document that has them stands before all that do not: a
    concept never hides an exact match. Longer ones hold everyday words that must not decide.
    """
    kept = [found for found in candidates if found.id not in exclude and fits(found, question)]
    exact = len(question.words) if len(question.words) <= _EXACT_FIRST else 0
    kept.sort(key=lambda found: (len(found.words) < exact, -found.score, found.id))
    return kept[:limit]
