"""The font of every paper that the house prints, and what it cannot show.

BIZ UDGothic (SIL Open Font License 1.1), vendored whole with its licence and hash in data/font. A letter
that the font lacks never prints as a blank, which would silently change a name: it prints as 〓, the
printers' mark for a missing type, and is listed.
"""

import unicodedata
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_FOLDER = Path(__file__).parent / "data" / "font"
NAME = "BIZ UDGothic"
MARK = "〓"
_LINES = "\n"


def font_path() -> Path:
    """The TrueType file."""
    return _FOLDER / "BIZUDGothic-Regular.ttf"


def register() -> str:
    """Make the font known to reportlab, once a process; its name there."""
    _glyphs()
    return NAME


@cache
def _glyphs() -> frozenset[int]:
    font = TTFont(NAME, str(font_path()))
    pdfmetrics.registerFont(font)
    # Glyph 0 is the box that stands for what the font lacks.
    return frozenset(letter for letter, glyph in font.face.charToGlyph.items() if glyph)


def missing_glyphs(text: str) -> list[str]:
    """What of the text the font cannot show, each once, in order.

    A letter with a variation sign (葛󠄀) is listed with its sign: it prints, but as its usual form.
    """
    return list(_missing(unicodedata.normalize("NFC", text)))


def printable(text: str) -> tuple[str, list[str]]:
    """The text as it can be printed, 〓 in place of what is missing, and the list of that."""
    whole = unicodedata.normalize("NFC", text)
    return "".join(_printed(letter) for letter in whole), list(_missing(whole))


def _missing(text: str) -> dict[str, None]:
    found: dict[str, None] = {}
    for place, letter in enumerate(text):
        if _is_sign(letter):
            found.setdefault(text[max(0, place - 1) : place + 1])
        elif letter not in _LINES and ord(letter) not in _glyphs():
            found.setdefault(letter)
    return found


def _printed(letter: str) -> str:
    if letter in _LINES or ord(letter) in _glyphs():
        return letter
    return "" if _is_sign(letter) else MARK


def _is_sign(letter: str) -> bool:
    """True for a sign that only varies the letter before it."""
    return "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"
