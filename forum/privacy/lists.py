"""Lists of words that names are told by, read once: data/*.txt, words divided by spaces, "#" for notes."""

from functools import cache
from pathlib import Path

from forum.language.normalise import normalise, to_hiragana

_DATA = Path(__file__).parent / "data"


@cache
def listed(name: str) -> frozenset[str]:
    """The words of data/<name>.txt in the house's spelling."""
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(normalise(word) for line in lines if not line.startswith("#") for word in line.split())


def given_name(sound: str) -> bool:
    """Whether kana sound like a given name."""
    return to_hiragana(sound) in listed("given_names")


def weak(sound: str) -> bool:
    """Whether a given name in kana is an ordinary word too."""
    return to_hiragana(sound) in listed("weak_names")


def foreign_name(katakana: str) -> bool:
    """Whether katakana are a name of people from elsewhere."""
    return katakana in listed("foreign_names")
