"""Names of people in a text, in a field that holds names, and how they sound. Pure."""

import re
from collections.abc import Iterator

from forum.language.normalise import normalise
from forum.language.tokens import Token, analyse
from forum.safeguarding.lookup.spelling import folded, kana, letters, sound, usual
from forum.safeguarding.lookup.types import Name

_HONORIFIC = ("ちゃん", "くん", "君", "さん", "様", "さま", "氏", "くん家", "さん宅", "宅", "家")
_NOT_NAMES = frozenset(
    (
        "たく ども お母 お父 お兄 お姉 おばあ おじい おば おじ おかあ おとう おにい おねえ ばあ "
        "じい にい ねえ 奥 旦那 隣 となり お隣 赤 お子 子ども 子供 子 皆 みな 娘 息子 "
        "管理人 大家 先生 近所 ご近所 保育士 店員 男 女 父 母 父親 母親 祖母 祖父 継父 "
        "継母 兄 弟 姉 妹 夫 妻 夫婦 家族 警察 警察官 職員 看護師 医者 上 下 階 坊 "
        "わん にゃん 友 友達 お友達 何 誰 どなた 皆様 嫁 孫 親 親子 一人 二人 あか "
        "おかあさ 看護婦 児童 生徒 住人 市 県 町 民 自 実 他人 人"
    ).split()
)
_WRITTEN = r"[一-龥々ァ-ヺーぁ-ゖ]"
_LABEL = re.compile(
    r"(?:名前|氏名|名字|苗字|表札|下の名)(?:は|が|に|:|、|には)? ?[「『]?"
    rf"(?P<name>{_WRITTEN}{{1,5}}(?: {_WRITTEN}{{1,5}})?)[」』]?"
    rf"|[「『](?P<called>{_WRITTEN}{{2,6}})[」』]と(?:呼|書|いう(?:名|子|人|家|表札|苗字|名字))"
)
_KANA_CALLED = re.compile(r"(?P<run>[ぁ-ゖー]{2,12}|[ァ-ヺー]{2,6})(?:ちゃん|くん|君|さん)")
_BEFORE_KANA = re.compile(
    r"^(?:(?:お?となり|むかい|うえ|した|うち|ちかく|ごきんじょ|[こど]?ども|なまえ|ひと|いえ)[のは]"
    r"|いつも|また|よく|[そこあ]の|まだ|もう)+"
)
_PARTICLE = re.compile(r"^[のはがをにでもとや]")
_TAIL = re.compile(
    r"(?:さん|らしい|です|でした|という|ようです|だと思|と呼|かも|では|は|が|を|に|と|の|で|も)+\Z"
)
_ROLES = re.compile(
    r"実?(?:父親?|母親?)|継[父母]|養[父母]|内縁の?[夫妻]?|祖[父母]|[長次三四]?[男女](?=[ :、(]|\Z)|[兄姉弟妹]"
    r"|本児|保護者|続柄|夫|妻|様|さん|ちゃん|くん|君"
)
_BETWEEN = re.compile(r"[、,・;/\n()（）「」『』:]|と(?=[一-龥])")
_LETTERS = re.compile(r"[一-龥々〆ヶァ-ヺーぁ-ゖ ]{1,12}")
_KANJI_TO_KANA = re.compile(r"(?<=[一-龥々])[ (]+(?=[ぁ-ゖァ-ヺ])")
LONGEST = 12


def name_of(words: str) -> Name | None:
    """A name as it was written, with its parts by sound; None for what cannot be one."""
    plain = usual(words).strip()
    written = normalise(words).strip()
    key = folded(plain)
    if not key or len(key) > LONGEST or key in _NOT_NAMES or not _LETTERS.fullmatch(plain):
        return None
    tokens = analyse(plain)
    family = tokens[0].pos.endswith("人名,姓") if tokens else False
    if len(pieces := plain.split()) > 1:
        return Name(written, key, tuple(filter(None, (sound(one) for one in pieces))), family=True)
    if own := kana(plain):
        return Name(written, key, (own,), family=family and len(tokens) == 1)
    return Name(written, key, _by_parts(plain, tokens), family=family)


def _by_parts(plain: str, tokens: tuple[Token, ...]) -> tuple[str, ...]:
    """The sounds of surname and given name, where Janome parts them; else of the whole."""
    if len(tokens) > 1 and tokens[0].pos.endswith("人名,姓") and all(token.reading for token in tokens):
        rest = kana("".join(token.reading for token in tokens[1:]))
        return tuple(filter(None, (kana(tokens[0].reading), rest)))
    whole = sound(plain)
    return (whole,) if whole else ()


def names_of_field(text: str) -> tuple[Name, ...]:
    """The names in a field that holds names: 母 山田花子（やまだはなこ）、父 太郎."""
    found: list[Name] = []
    plain = _KANJI_TO_KANA.sub("、", normalise(text))
    for piece in _BETWEEN.split(plain):
        words = _ROLES.sub(" ", re.sub(r"[0-9].*", " ", piece)).strip()
        name = name_of(_TAIL.sub("", words))
        if name is not None:
            found.append(name)
    return tuple(dict.fromkeys(found))


def names_in(text: str) -> tuple[Name, ...]:
    """The names that a free text says: before ちゃん or さん, after 表札, or surname and given name."""
    plain = normalise(text)
    words = [_TAIL.sub("", label["name"] or label["called"]) for label in _LABEL.finditer(plain)]
    words += (_kana_name(plain, one.start("run"), one["run"]) for one in _KANA_CALLED.finditer(plain))
    words += _spoken(plain, analyse(letters(plain)))
    names = [name for one in dict.fromkeys(words) if len(one) > 1 and (name := name_of(one))]
    # 山田 and ゆうき of 山田ゆうき are the same person
    keys = [name.folded for name in names]
    return tuple(
        name
        for name in names
        if not any(key != name.folded and _begins_or_ends(key, name.folded) for key in keys)
    )


def _begins_or_ends(longer: str, name: str) -> bool:
    return longer.startswith(name) or longer.endswith(name)


def _kana_name(plain: str, at: int, run: str) -> str:
    """The name in a run of kana: after 隣 the の is a particle, after a full stop や is part of a name."""
    if at > 0 and re.match(r"[一-龥々ァ-ヺー]", plain[at - 1]):
        run = _PARTICLE.sub("", run)
    return _BEFORE_KANA.sub("", run)


def _spoken(plain: str, tokens: tuple[Token, ...]) -> Iterator[str]:
    for at, token in enumerate(tokens):
        if token.surface in _HONORIFIC:
            start = at
            while start > 0 and _may_be_name(tokens[start - 1], tokens[start]):
                start -= 1
            if start < at:
                yield plain[tokens[start].start : token.start]
        elif token.pos.endswith("人名,姓") and at + 1 < len(tokens):
            after = tokens[at + 1]
            if after.pos.endswith("人名,名") and after.start == token.end:
                yield plain[token.start : after.end]


def _may_be_name(token: Token, following: Token) -> bool:
    if token.end != following.start or token.surface in _NOT_NAMES or token.surface.isdigit():
        return False
    if token.surface in _HONORIFIC or not _LETTERS.fullmatch(token.surface):
        return False
    proper = token.pos.startswith(("名詞,固有名詞", "名詞,一般")) or token.reading == ""
    return proper and not token.pos.startswith("名詞,固有名詞,地域,国")
