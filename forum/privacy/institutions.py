"""Names of schools, nurseries, clinics and employers to which a family belongs."""

import re
from collections.abc import Iterator

from forum.privacy.belongs import asked_about, belongs, landmark
from forum.privacy.proper import generic, proper_start
from forum.privacy.types import Find, Public
from forum.privacy.words import Words, is_place, is_surname

_SCHOOL = (
    "小中一貫校|義務教育学校|小学校|小学部|中学校|中等部|高等学校|高等専門学校|高専|高校|"
    "(?:特別)?支援学校|養護学校|(?:認定)?(?:こども|子ども|子供)園|"
    "乳児保育園|保育園|保育所|保育室|幼稚園|幼児園|幼稚舎|保育ルーム|乳児園|学園|学院|児童クラブ|"
    "学童(?:クラブ|保育所|保育)?|児童発達支援(?:センター|事業所)|"
    "キッズルーム|ナーサリー(?:スクール)?|プリスクール|インターナショナルスクール|進学塾|学習塾|予備校|"
    "児童園|保育センター|療育(?:園|センター|教室)"
)
# Words that stand before the name: キッズガーデン湖畔, 放課後等デイサービスにじいろ.
_SCHOOL_FIRST = re.compile(
    r"(?:キッズ(?:ガーデン|ランド|パーク|ハウス|ルーム)|放課後等?デイ(?:サービス)?|児童デイ(?:サービス)?|"
    r"放デイ|学童クラブ|ベビーホーム)[ 「]?"
    r"(?P<name>[\u30a1-\u30fa\u30fca-z]{2,10}|[\u3041-\u3096]{2,8}?(?=に|へ|で|の|は|が|を|と|」)|"
    r"[\u4e00-\u9fff]{2,5})"
)
_CLINIC = (
    "こども病院|医院|クリニック|病院|診療所|産院|助産院|助産所|小児科(?:医院|クリニック)?|産婦人科|"
    "レディースクリニック|内科|外科|耳鼻咽喉科|耳鼻科|眼科|皮膚科|皮フ科|"
    "歯科(?:医院|クリニック)?|整骨院|整形外科|医療センター|心療内科|メンタルクリニック"
)
_LONG = re.compile(
    rf"(?P<clinic>{_CLINIC})(?!医|の?先生(?!に(?:は|も)?お世話))|(?P<school>{_SCHOOL})(?:分園|分校|本園|"
    rf"[a-z]?校舎|(?:高等|中学|小学|幼稚)部)?"
)
# 北小 / 南中 / 東高: only beside a grade, a class or a word of school life.
_SHORT = re.compile(
    r"(?<=[\u3041-\u30fa\u4e00-\u9fff々ー])[小中高](?!児|学|校|型|部|等)(?=(?:の|に|で|へ|から|は|が|も|"
    r"と|を|、)?(?:、|の)?"
    r"(?:[0-9]{1,2}(?:年|-[0-9]|の[0-9])|[0-9]年?[0-9]?組|新?[1-6一二三四五六]年|"
    r"(?:通[いうっえわ]|通学|担任|先生|校区|学区|校庭|保健室|給食|運動会|体育祭|文化祭|入学|入る|卒業|卒|"
    r"転校|転入|在学|出身|pta|部活|"
    r"保護者|生徒|児童|クラス|校長|教頭|正門|プール|音楽会|参観|学童|先輩|後輩|進|行って|行く|行き|合格|"
    r"受か|いじめ|[ァ-ヶー一-龥]{1,6}部(?!分)|不登校|集団登校|子(?:に|が|と|だ|で|です|ども)|"
    r"授業参観|遠足|懇談|面談|終業式|始業式|制服|体操服|放課後|門|グラウンド|通学路|登校班|ランドセル|"
    r"上履き|名札|図書室|給食|行事|入試|見学|近く|へ進|です)))"
)
# 光の丘小の…, 帆影東小で: so shaped, a school whatever follows.
_SHAPED = re.compile(
    r"(?:の[丘森里杜]|[がヶケ][丘浜原谷]|[\u4e00-\u9fff]{2,3}[東西南北中央第一二三]|"
    r"[\u4e00-\u9fff\u3041-\u3096]{2,4}[台野浜丘])[小中高](?=[のにではがもとをへ、。から]|出身|卒)"
    r"|(?<![\u4e00-\u9fff])[東西南北][小中高](?=[のにではがもとをへ、。])"
)
_SCHOOL_LIFE = re.compile(r"[をにの]?(?:卒業|入学|転校|進学|通[いうっ]|担任|校区|学区|制服|[1-3]年)")
_ANY = re.compile(r"[小中](?=[のにへでが](?!は)|出身)")
_NO_NAME = ("名詞,サ変接続", "名詞,副詞可能", "名詞,形容動詞語幹", "名詞,接尾", "名詞,非自立")
_SHORT_LETTER = re.compile(r"[小中高]")
_BEFORE = 20
_PUBLIC_HOSPITAL = re.compile(
    r"[公市県国都府道]立(?:総合|中央|こども|母子|[\u4e00-\u9fff]{2,4})?\Z|(?:中央|北部|南部|東部|西部)(?:市民|総合)\Z"
)
_OPENER = re.compile(r"(?:[\u4e00-\u9fff]{1,4}[都道府県市区町村])?[公私市県区町村国都府道]立[\u3000 ]?\Z")


def find_institutions(text: str, public: Public) -> Iterator[Find]:
    """Schools and nurseries ("school_name") and clinics ("institution") of the family."""
    finds = _all_of(text, public)
    hidden = [find for find, told in finds if told]
    names = {text[find.start : find.end] for find in hidden}
    # Who says where the family belongs has said it of the same name in every other sentence.
    yield from hidden
    yield from (find for find, told in finds if not told and text[find.start : find.end] in names)


def named_institutions(text: str, public: Public) -> list[tuple[Find, str]]:
    """Every school, nursery and clinic that a text names, whoever goes there, with the sentence over it."""
    words = Words.of(text)
    found = []
    for find, _ in _all_of(text, public):
        begin, stop = words.sentence(find.start)
        found.append((find, text[begin:stop]))
    return found


def _all_of(text: str, public: Public) -> list[tuple[Find, bool]]:
    """The names with whether the family belongs there."""
    if not any(pattern.search(text) for pattern in (_LONG, _SHORT, _SHAPED, _SCHOOL_FIRST, _SHORT_LETTER)):
        return []
    words = Words.of(text)
    return [*_long_ones(words), *_short_ones(words, public), *_first_ones(words)]


def _long_ones(words: Words) -> Iterator[tuple[Find, bool]]:
    text = words.text
    for one in _LONG.finditer(text):
        clinic = bool(one["clinic"])
        start = proper_start(words, one.start())
        big = _PUBLIC_HOSPITAL.search(text, max(0, one.start() - 12), one.start()) if clinic else None
        if start is None and big:
            start = big.start()
        if start is not None:
            kind = "institution" if clinic else "school_name"
            hidden = _hidden(words, start, one.end(), clinic=clinic)
            yield Find(_opened(text, start), one.end(), kind), hidden


def _short_ones(words: Words, public: Public) -> Iterator[tuple[Find, bool]]:
    text = words.text
    places = {one.start() for one in _SHORT.finditer(text)} | {
        one.end() - 1 for one in _SHAPED.finditer(text)
    }
    for end in sorted(places | _after_names(words)):
        start = proper_start(words, end, short=True)
        if start is None and text[end - 1 : end] in ("東", "西", "南", "北"):
            start = end - 1
        if start is not None and _names_school(words, start, end, public):
            yield Find(start, end + 1, "school_name"), _hidden(words, start, end + 1, clinic=False)


def _first_ones(words: Words) -> Iterator[tuple[Find, bool]]:
    for one in _SCHOOL_FIRST.finditer(words.text):
        if not generic(one["name"]):
            hidden = _hidden(words, one.start(), one.end(), clinic=False)
            yield Find(one.start(), one.end(), "school_name"), hidden


def _opened(text: str, start: int) -> int:
    """The start with みなと市立, 県立."""
    opener = _OPENER.search(text, max(0, start - _BEFORE), start)
    return opener.start() if opener else start


def _names_school(words: Words, start: int, end: int, public: Public) -> bool:
    """Whether what stands before 小, 中 or 高 can name a school: a place or two letters at least."""
    name = words.text[start:end]
    if name in public.districts:
        return True
    tokens = words.within(start, end)
    if name in "東西南北":
        return True
    plain = len(name) < 2 or tokens[-1].pos.startswith(_NO_NAME)
    if not plain and (words.text[end] in "小高" or _SCHOOL_LIFE.match(words.text, end + 1)):
        return True
    known = any(token.pos.startswith("名詞,固有名詞") for token in tokens) or name[-1] in "東西南北浜台丘原"
    unknown = len(tokens) > 1 or any(not token.reading for token in tokens)
    return len(name) >= 2 and (known or unknown)


def _after_names(words: Words) -> set[int]:
    """鳩山中の…, 月の輪小に…: after a name of a place or a person, 小 and 中 are schools."""
    return {
        token.end
        for token in words.tokens
        if (is_surname(token) or is_place(token))
        and len(token.surface) >= 2
        and (_ANY.match(words.text, token.end) or _names_follow(words, token.end))
    }


def _names_follow(words: Words, place: int) -> bool:
    """大森小浅野翼: a school, and at once who goes there."""
    after = words.token(place + 1)
    return (
        words.text[place : place + 1] in ("小", "中")
        and after is not None
        and is_surname(after)
        and len(after.surface) > 1
    )


def _hidden(words: Words, start: int, end: int, *, clinic: bool) -> bool:
    """The rule: hidden when the family belongs there; a school also when nothing else is said of it."""
    begin, stop = words.sentence(start)
    sentence = words.text[begin : min(stop + 1, begin + 400)]
    rest = words.text[begin:start] + words.text[end:stop]
    if belongs(rest):
        return True
    if clinic or asked_about(sentence):
        return False
    return not landmark(words.text, end)
