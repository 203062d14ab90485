"""Words of a stored text that a rule fires on, for whoever reads it: read anew, never stored."""

from forum.board.types import Subject
from forum.moderation.reading import reading
from forum.moderation.types import Match
from forum.safety.cards import all_cards, cards_for
from forum.safety.danger import read_danger

WATCHED = "watched"


def matches(subject: Subject) -> tuple[Match, ...]:
    """Signs of danger and watched words of the city in a text, in its order. About 10 ms."""
    text = subject.body
    found = [
        Match(one.rule, str(one.category), one.level, one.matched, one.start, one.end, one.explanation)
        for one in read_danger(text).found
    ]
    for word, reason in reading().watched_in(text):
        start = text.find(word)
        end = start + len(word) if start >= 0 else -1
        found.append(Match(WATCHED, WATCHED, 0, word, start, end, reason))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def card_choices() -> list[tuple[str, str]]:
    """The danger cards that may be put beside a text: id and title."""
    return [(card.id, card.title) for card in all_cards()]


def rules_in(text: str) -> tuple[str, ...]:
    """Ids of the rules that fire on a text. About 10 ms."""
    return tuple(dict.fromkeys(one.rule for one in read_danger(text).found))


def cards_in(text: str) -> tuple[str, ...]:
    """Ids of the danger cards that contradict a text of the training queue; the first of all if none does."""
    found = cards_for(text) or all_cards()[:1]
    return tuple(dict.fromkeys(card.id for card in found))
