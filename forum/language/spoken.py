"""Secrets as words that can be read aloud: one word of 256 for each byte, and one that catches mistakes."""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, product
from pathlib import Path

from forum.language.normalise import normalise, to_hiragana

GUESSES = 4096  # readings tried when several words are misspelt; the check word chooses among them


@cache
def word_list() -> tuple[str, ...]:
    """256 words in kana, one for each byte."""
    return tuple(Path(__file__).with_name("spoken_words.txt").read_text(encoding="utf-8").split())


@cache
def _numbers() -> dict[str, int]:
    return {word: number for number, word in enumerate(word_list())}


def _check_byte(secret: bytes) -> int:
    return hashlib.blake2b(secret, digest_size=1, person=b"words-check").digest()[0]


def spell(secret: bytes) -> tuple[str, ...]:
    """One word for each byte, and the check word at the end."""
    return tuple(word_list()[byte] for byte in (*secret, _check_byte(secret)))


def read(typed: str, length: int) -> bytes | None:
    """The secret of `length` bytes behind words in any script of kana, any signs between; None if wrong."""
    found = [_numbers().get(word) for word in _words(typed)]
    if len(found) != length + 1 or any(number is None for number in found):
        return None
    return _checked([number for number in found if number is not None])


def read_forgiving(typed: str, length: int) -> bytes | None:
    """Like `read`, but each word may have one kana wrong, missing, doubled or swapped with the next.

    None also where two different secrets would fit: nobody is let in by a guess.
    """
    exact = read(typed, length)
    words = _words(typed)
    if exact is not None or len(words) != length + 1:
        return exact
    nearest = [_near(word) for word in words]
    fitting = {secret for one in islice(product(*nearest), GUESSES) if (secret := _checked(list(one)))}
    return fitting.pop() if len(fitting) == 1 else None


def _words(typed: str) -> list[str]:
    return [word for word in re.split(r"[^ぁ-んー]+", to_hiragana(normalise(typed))) if word]


def _checked(numbers: list[int]) -> bytes | None:
    secret = bytes(numbers[:-1])
    return secret if numbers[-1] == _check_byte(secret) else None


def _near(word: str) -> tuple[int, ...]:
    """The numbers of the words that this one may have meant."""
    known = _numbers()
    if word in known:
        return (known[word],)
    return tuple(dict.fromkeys(known[one] for one in _slips(word) if one in known))


def _slips(word: str) -> Iterator[str]:
    kana = sorted({letter for one in word_list() for letter in one})
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield from (before + letter + after for letter in kana)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in kana)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
