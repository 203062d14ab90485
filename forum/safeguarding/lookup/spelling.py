"""One spelling for names that a family, a neighbour and an office write differently. Pure."""

import re
from functools import cache
from pathlib import Path

from forum.language.normalise import normalise, to_hiragana
from forum.language.tokens import analyse

_VARIANTS = Path(__file__).parent / "data" / "variants.txt"
_KANA_ONLY = re.compile(r"[ぁ-ゖー・ ]+")
_KANA = str.maketrans("ぢづゐゑをゔ", "じずいえおぶ")
_ROWS = {
    "う": "おこそとのほもよろごぞどぼぽょうくすつぬふむゆるぐずぶぷゅぅ",
    "い": "えけせてねへめれげぜでべぺいきしちにひみりぎじびぴぃ",
    "あ": "あかさたなはまやらわがざだばぱゃぁ",
}
_VOWEL = {letter: vowel for vowel, letters in _ROWS.items() for letter in letters}
SHORTEST_NEAR = 3  # kana: of shorter names, one letter more or less is another name


@cache
def _usual() -> dict[int, str]:
    """Every rare letter with the usual one in its place."""
    table: dict[int, str] = {}
    for line in _VARIANTS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            table |= dict.fromkeys((ord(letter) for letter in line[1:]), line[0])
    return table


def letters(plain: str) -> str:
    """A normalised text with the usual kanji; no letter changes its place."""
    return plain.translate(_usual())


def usual(text: str) -> str:
    """Text in one spelling (NFKC, small letters) with the usual kanji: 渡邊 and 渡邉 are 渡辺."""
    return letters(normalise(text))


def folded(text: str) -> str:
    """As `usual`, in hiragana, without spaces and signs: for comparing letter by letter."""
    plain = to_hiragana(usual(text))
    plain = re.sub(r"[ゖゕ]|(?<=[一-龥々])[けか](?=[一-龥々])", "が", plain)  # 虹ヶ丘, 虹ケ丘, 虹が丘
    plain = re.sub(r"(?<=[一-龥々])[之乃](?=[一-龥々])", "の", plain)
    return re.sub(r"[\s・,、.。\"'「」『』()/:;\-]+", "", plain)


def kana(text: str) -> str:
    """Kana as they sound, in hiragana: サイトー and さいとう are one, ぢ and じ too; "" if not kana alone."""
    plain = to_hiragana(normalise(text))
    if not _KANA_ONLY.fullmatch(plain):
        return ""
    sound = ""
    for letter in re.sub(r"[ ・]", "", plain).translate(_KANA):
        before = sound[-1:]
        if letter == "ー":
            letter = _VOWEL.get(before, "")
        elif letter == "お" and _VOWEL.get(before) == "う" and before in _ROWS["う"][:14]:
            letter = "う"  # おおの, おうの
        elif letter == "え" and before in _ROWS["い"][:14]:
            letter = "い"
        sound += letter
    return sound


def sound(text: str) -> str:
    """How a name is read, as `kana` gives it, where Janome knows every word of it; else ""."""
    if own := kana(text):
        return own
    readings = [token.reading for token in analyse(usual(text)) if token.surface.strip()]
    return kana("".join(readings)) if all(readings) else ""


def shortened(word: str) -> set[str]:
    """The word and all that is left when one letter goes: two words with a common one are near."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def is_near(one: str, other: str) -> bool:
    """True if two words of at least three letters differ by one letter: other, missing, or two swapped."""
    if min(len(one), len(other)) < SHORTEST_NEAR or one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    if len(left) == len(right):
        swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
        return left[1:] == right[1:] or swapped
    return left[1:] == right or left == right[1:]
