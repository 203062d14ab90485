"""What stands where a name could stand, and is an ordinary word or a place."""

import re

from forum.privacy.lists import listed
from forum.privacy.words import KANJI, Words, is_place

# What a sentence says of a place, not of a person.
PLACE_TOLD = re.compile(
    r"住|家は|自宅|場所|地元|出身|駅|最寄|職場|実家|学区|校区|町|地域|どこ|方面|行|車|店|メーカー|好き|選手"
)


def other_word(words: Words, start: int, end: int, *, places: bool = True) -> bool:
    """Whether the supposed name is one ordinary word, or a place (近所の松本)."""
    tokens = words.covered(start, end) or []
    if len(tokens) != 1 or not KANJI.match(tokens[0].surface):
        return False
    if tokens[0].surface in listed("surnames"):
        return places and tokens[0].surface in listed("known_as_places")
    if places and is_place(tokens[0]):
        return True
    return bool(tokens[0].reading) and tokens[0].pos.startswith(("名詞,一般", "名詞,副詞", "名詞,サ変"))
