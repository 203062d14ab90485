"""What stands where a name could stand, and is an ordinary word or a place."""

import re

from forum.privacy.lists import listed
from forum.privacy.words import KANJI, Words, is_place

BETTER_KNOWN_AS_PLACES = frozenset(
    "千葉 福島 宮崎 石川 長野 山口 山形 福岡 福井 宮城 大阪 京都 岡山 富山 香川 豊田 川越 川崎 熊谷 成田 "
    "金沢 柏 草津 大津 石山 堅田 和泉 近江 美濃 伊勢 諏訪 千代田 渋谷 上野 神田 北野 生田 "
    "新宿 大宮 高槻 枚方 松山 高松 福山 小山 小松 松本 浜松 甲斐 前橋 水戸 平塚 長浜 彦根 守山 栗東 甲賀 "
    "湖南 高島 東近江 米原 野洲".split()
)
# What a sentence says of a place, not of a person.
PLACE_TOLD = re.compile(
    r"住|家は|自宅|場所|地元|出身|駅|最寄|職場|実家|学区|校区|町|地域|どこ|方面|行|車|店|メーカー|好き|選手"
)


def other_word(words: Words, start: int, end: int, *, places: bool = True) -> bool:
    """Whether the supposed name is one ordinary word, or a place (近所の大津)."""
    tokens = words.covered(start, end) or []
    if len(tokens) != 1 or not KANJI.match(tokens[0].surface):
        return False
    if tokens[0].surface in listed("surnames"):
        return places and tokens[0].surface in BETTER_KNOWN_AS_PLACES
    if places and is_place(tokens[0]):
        return True
    return bool(tokens[0].reading) and tokens[0].pos.startswith(("名詞,一般", "名詞,副詞", "名詞,サ変"))
