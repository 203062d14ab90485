"""Who is known to everybody, or written about in public: nobody's neighbour."""

import re

from forum.privacy.lists import listed
from forum.privacy.words import Words

_WORK = (
    "本|絵本|著書|著作|曲|歌|映画|ドラマ|漫画|マンガ|小説|作品|動画|番組|講演|講演会|記事|レシピ|"
    "メソッド|論文|研究|伝記|詩|童話|アニメ|ファン|ライブ|コンサート|"
    "育児書|エッセイ|料理本|ブログ本|チャンネル|言葉"
)
_PUBLIC = re.compile(
    rf"(?:さん|先生|氏)?(?:の(?:{_WORK})|選手|監督|首相|総理|大臣|議員|知事|アナウンサー|アナ|キャスター|"
    rf"主演|著|作(?!文|業)|訳|記念館|美術館|賞|役の|出演|似)"
)
_BEFORE = re.compile(
    r"(?:俳優|女優|歌手|作家|絵本作家|漫画家|画家|芸人|タレント|武将|偉人|詩人|作詞|作曲|ユーチューバー|"
    r"youtuber|選手の|監督の)(?:の|、)?\Z"
)


def known_to_all(words: Words, start: int, end: int) -> bool:
    """Whether the name at [start, end) is, or is a part of, the name of somebody famous."""
    text = words.text
    near = text[max(0, start - 8) : end + 8]
    offset = max(0, start - 8)
    for cut in range(start - offset, -1, -1):
        for length in range(end - offset - cut, min(12, len(near) - cut) + 1):
            if near[cut : cut + length] in listed("famous"):
                return True
    return False


def spoken_of_publicly(text: str, start: int, end: int) -> bool:
    """Whether the sentence speaks of a book, a song, a match: 村田芳子さんの本, 田口選手."""
    if end - start < 3 and not _BEFORE.search(text, max(0, start - 10), start):
        return bool(re.compile(r"選手|監督|首相|大臣|議員|知事").match(text, end))
    return bool(_PUBLIC.match(text, end)) or bool(_BEFORE.search(text, max(0, start - 10), start))
