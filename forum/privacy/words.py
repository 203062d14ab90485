"""The words of one text, with what the detectors of names ask about them."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Self

from forum.language.tokens import Token, analyse
from forum.privacy.lists import listed

KANJI = re.compile(r"[\u4e00-\u9fff々〆ヶ]+")
HIRAGANA = re.compile(r"[\u3041-\u3096ー]+")
KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fcー]+")
_SURNAME = "名詞,固有名詞,人名,姓"
_GIVEN = ("名詞,固有名詞,人名,名", "名詞,固有名詞,人名,一般")
# Letters that end a given name of two or three kanji, and hardly a word that stands in the same place.
_LAST = frozenset(
    "太郎斗翔人仁真也哉介輔助祐佑樹希輝貴基紀己大菜奈子美花華香愛衣音羽葉莉里凛凜乃心春陽晴月那彩沙紗桜咲結央桃杏帆穂海空音々生志司"
    "士夫雄男彦久治次二三吾悟翼馬磨摩真成斉聖星世瀬織緒央桜笑実未海美弥矢夜耶於恵江枝依代世津鶴留琉瑠璃理利李梨莱来礼玲怜嶺瑛英栄永絵永"
    "蔵造蔭親近隆孝敬明章彰昭信伸慎晋進平兵弘宏裕博洋浩広康泰靖保安泉湖"
)
_FIRST = frozenset(
    "陽悠優結蒼碧颯奏湊蓮翔大心愛美莉紗彩咲桜凛琴芽柚杏紬朱葵茉真和仁煌琉瑛瑠璃朝晴春夏秋冬花菜奈沙咲里理恵智由友佳香千百直樹健康拓"
    "雄雅正隆孝俊純達哲徹亮涼諒龍竜虎琥岳匠海空陸聡慧賢啓敬圭景慶恭京裕祐佑勇颯爽想奏創壮宗惣総颯太泰泰貴希絢綾歩遥遼椿栞雫凪渚汐澪"
    "詩歌音響笑萌芙楓柊梓楽穂瑞翠蘭玲怜礼伶零澄清静節幸早小一七九八三二月明日朋朔杜来未実弥佐左茜乃羽衣依伊唯維花華"
)


@dataclass(frozen=True)
class Words:
    """A normalised text and its tokens, to be asked by place."""

    text: str
    tokens: tuple[Token, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        """Cut a normalised text into words."""
        tokens = analyse(text)
        return cls(text, tokens, tuple(token.start for token in tokens))

    def token(self, place: int) -> Token | None:
        """The token over `place`; None in a gap."""
        number = bisect_right(self.starts, place) - 1
        if number < 0 or place >= self.tokens[number].end:
            return None
        return self.tokens[number]

    def within(self, start: int, end: int) -> list[Token]:
        """Tokens that begin in [start, end)."""
        first = bisect_right(self.starts, start - 1)
        return list(self.tokens[first : bisect_right(self.starts, end - 1)])

    def sentence(self, place: int) -> tuple[int, int]:
        """Where the sentence over `place` begins and ends."""
        start = max(self.text.rfind(mark, 0, place) for mark in "。!?\n") + 1
        ends = [end for mark in "。!?\n" if (end := self.text.find(mark, place)) >= 0]
        return start, min(ends, default=len(self.text))

    def covered(self, start: int, end: int) -> list[Token] | None:
        """The tokens that make up exactly [start, end); None if a word reaches over either end."""
        tokens = self.within(start, end)
        if not tokens or tokens[0].start != start or tokens[-1].end != end:
            return None
        return tokens


def is_surname(token: Token) -> bool:
    """Whether the dictionary or the house's list knows the token as a family name."""
    return token.pos.startswith(_SURNAME) or token.surface in listed("surnames")


def is_given(token: Token) -> bool:
    """Whether the dictionary knows the token as a given name."""
    return token.pos.startswith(_GIVEN)


def is_person(token: Token) -> bool:
    """Whether the dictionary knows the token as any part of a person's name."""
    return is_surname(token) or is_given(token)


def is_place(token: Token) -> bool:
    """Whether the dictionary knows the token as a place; many family names are only known so."""
    return token.pos.startswith("名詞,固有名詞,地域")


def looks_given(words: Words, start: int, end: int) -> bool:
    """Whether kanji look like a given name: known as one, or cut in pieces that make one (陽+翔, 琥+太郎)."""
    name = words.text[start:end]
    if len(name) == 1:
        return name in listed("kanji_names")
    if name in listed("kanji_given"):
        return True
    if not 2 <= len(name) <= 3 or name in listed("roles"):
        return False
    tokens = words.covered(start, end)
    if tokens is None:
        return False
    if len(tokens) == 1:
        known = is_surname(tokens[0]) or is_place(tokens[0]) or not tokens[0].reading
        return is_given(tokens[0]) or (known and _shaped(name))
    return (any(is_person(token) for token in tokens) and _shaped(name)) or _pieces(tokens, name)


def _pieces(tokens: list[Token], name: str) -> bool:
    """Single kanji side by side that no dictionary joins."""
    return all(len(token.surface) == 1 or is_person(token) for token in tokens) and _shaped(name)


def _shaped(name: str) -> bool:
    return name[-1] in _LAST and name[0] in _FIRST | _LAST
