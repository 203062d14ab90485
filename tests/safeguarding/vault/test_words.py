"""合言葉 of a reporter: read aloud, written down with a slip, typed again weeks later."""

import random

import pytest

from forum.language.spoken import word_list
from forum.safeguarding.vault.words import SECRET_BYTES, keys_of, make_words, read_words

SALT = bytes(16)


def test_at_least_sixty_four_bits() -> None:
    assert SECRET_BYTES * 8 >= 64
    assert len(make_words().spoken) == SECRET_BYTES + 1


def test_words_come_back_however_they_are_written() -> None:
    made = make_words()
    assert read_words("　".join(made.spoken)) == made
    assert read_words("・".join(made.spoken)) == made
    katakana = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ん" else c for c in " ".join(made.spoken))
    assert read_words(katakana) == made


@pytest.mark.parametrize("slip", ["missing", "doubled", "swapped", "wrong"])
def test_a_slip_in_a_word_is_forgiven_or_refused_never_guessed_wrongly(slip: str) -> None:
    chance = random.Random(slip)
    understood = 0
    for _ in range(60):
        made = make_words(chance.randbytes(SECRET_BYTES))
        typed = list(made.spoken)
        place = chance.randrange(len(typed))
        typed[place] = slipped(typed[place], slip, chance)
        found = read_words(" ".join(typed))
        assert found in (None, made)
        understood += found == made
    assert understood >= 50


def slipped(word: str, slip: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    if slip == "missing":
        return word[:place] + word[place + 1 :] if len(word) > 1 else word
    if slip == "doubled":
        return word[:place] + word[place] + word[place:]
    if slip == "swapped":
        return word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
    return word[:place] + chance.choice("あいうえおかきくけこ") + word[place + 1 :]


def test_half_the_words_or_a_wrong_one_find_nothing() -> None:
    made = make_words(bytes(range(SECRET_BYTES)))
    assert read_words(" ".join(made.spoken[:5])) is None
    assert read_words("") is None
    other = next(w for w in word_list() if w != made.spoken[0])
    assert read_words(" ".join([other, *made.spoken[1:]])) != made


def test_the_keys_depend_on_every_word_and_on_the_city() -> None:
    made = make_words(bytes(SECRET_BYTES))
    keys = keys_of(made, SALT)
    assert keys == keys_of(made, SALT)
    assert keys.lookup != keys_of(made, bytes(15) + b"1").lookup
    assert keys.lookup != keys_of(make_words(bytes(7) + b"1"), SALT).lookup
    assert keys.private.hex() not in repr(keys)
