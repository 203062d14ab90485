"""合言葉: the hand's secret as words that can be read aloud, with one word that catches mistakes."""

import hashlib
import re
from functools import cache
from pathlib import Path

from forum.language.normalise import normalise, to_hiragana
from forum.visitors.types import SECRET_BYTES, Hand


@cache
def word_list() -> tuple[str, ...]:
    """256 words in kana, one for each byte."""
    return tuple(Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split())


def _check_byte(secret: bytes) -> int:
    return hashlib.blake2b(secret, digest_size=1, person=b"words-check").digest()[0]


def to_words(hand: Hand) -> tuple[str, ...]:
    """Eleven words: ten for the 80 bits of the secret, one to catch mistakes."""
    return tuple(word_list()[byte] for byte in (*hand.secret, _check_byte(hand.secret)))


def from_words(text: str) -> Hand | None:
    """The hand behind typed words, in any script of kana and with any signs between; None if wrong."""
    typed = re.split(r"[^ぁ-んー]+", to_hiragana(normalise(text)))
    numbers = {word: number for number, word in enumerate(word_list())}
    found = [numbers.get(word) for word in typed if word]
    if len(found) != SECRET_BYTES + 1 or any(number is None for number in found):
        return None
    secret = bytes(number for number in found[:-1] if number is not None)
    return Hand(secret) if found[-1] == _check_byte(secret) else None
