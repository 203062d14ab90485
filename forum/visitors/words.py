"""合言葉: the hand's secret as words that can be read aloud, with one word that catches mistakes."""

from forum.language import spoken
from forum.visitors.types import SECRET_BYTES, Hand


def to_words(hand: Hand) -> tuple[str, ...]:
    """Eleven words: ten for the 80 bits of the secret, one to catch mistakes."""
    return spoken.spell(hand.secret)


def from_words(text: str) -> Hand | None:
    """The hand behind typed words, in any script of kana and with any signs between; None if wrong."""
    secret = spoken.read(text, SECRET_BYTES)
    return Hand(secret) if secret is not None else None
