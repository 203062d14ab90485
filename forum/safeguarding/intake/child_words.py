"""Words for children: kana, and over every kanji its reading.

Our own sentences carry the reading where it is needed, as {学校|がっこう}; what comes from the city's
pack or from the desk gets its readings from the dictionary.
"""

import re

from markupsafe import Markup

from forum.language import furigana

_NOTED = re.compile(r"\{([^|{}]+)\|([^|{}]+)\}")
_RUBY = Markup("<ruby>{}<rt>{}</rt></ruby>")


def noted(text: str) -> Markup:
    """A sentence of ours with its readings above: {市|し}の{人|ひと}."""
    made, place = Markup(), 0
    for met in _NOTED.finditer(text):
        made += Markup.escape(text[place : met.start()]) + _RUBY.format(met[1], met[2])
        place = met.end()
    return made + Markup.escape(text[place:])


def plain(text: str) -> str:
    """The same sentence without its readings, as the desk reads it."""
    return _NOTED.sub(r"\1", text)


def read_aloud(text: str) -> Markup:
    """Anybody's text with the readings that the dictionary knows."""
    made = Markup()
    for piece in furigana.pieces(text):
        made += _RUBY.format(*piece) if piece.reading else Markup.escape(piece.text)
    return made
