"""What else tells two families apart: schools, telephones, ages, what was heard, when. Pure."""

import re
from collections.abc import Iterator

from forum.privacy.phones import find_phones
from forum.privacy.types import Public
from forum.safeguarding.lookup.spelling import folded, usual
from forum.safeguarding.lookup.types import Age, Sign

_KINDS = (
    ("小学校|小(?=[1-6一二三四五六]年?|の(?:子|児童|[1-6]年)|に通|\\Z)", "小"),
    ("中学校|中(?=[1-3一二三]年?|の(?:子|生徒|[1-3]年)|に通|\\Z)", "中"),
    ("高等学校|高校", "高"),
    ("保育園|保育所|保育室|ナーサリー", "保"),
    ("幼稚園", "幼"),
    ("認定(?:こども|子ども|子供)園|(?:こども|子ども|子供)園", "こ"),
    ("児童クラブ|学童(?:クラブ|保育所|保育)?", "学童"),
)
_NAME = (
    r"(?P<name>(?:[一-龥々]{1,4}の)?[一-龥々ヶァ-ヺー]{1,10}|(?:(?<=[^ぁ-ゖ])|^)[ぁ-ゖ]{2,8})"
    r"(?:第[一二三1-3])?"
)
_SCHOOLS = tuple((re.compile(f"{_NAME}(?:{word})"), kind) for word, kind in _KINDS)
_OWNER = re.compile(r"^.*?(?:市立|県立|府立|都立|町立|私立|公立|国立)")
_BESIDE = re.compile(r"^(?:近所|近く|地元|隣|市内|町内|同じ|家|上|下|弟|兄|姉|妹|息子|娘|子|園|校区|学区)の")
_GENERIC = frozenset(
    (
        "公立 私立 近く 近所 同じ 地元 認可 認可外 無認可 小規模 通う 大 最 縮 背 今 "
        "上 下 女子 男子 市内 夜間 病児 夜 一日 世界 年 放課後"
    ).split()
)
_DIGITS = re.compile(r"[0-9]+")

_YEARS = re.compile(r"(?P<low>[0-9]{1,2})(?: ?(?:[~・、\-]|か|から) ?(?P<high>[0-9]{1,2}))? ?(?:歳|才)")
_MONTHS = re.compile(r"(?:生後|[0-9]{1,2} ?(?:か|ヶ|カ|ケ|ヵ|個)月(?:児|の|くらい|ぐらい|の赤))")
_GRADE = re.compile(
    r"(?P<school>小|中|高)(?:学校?|学|校)?(?P<grade>[1-6])(?:年|(?![0-9\-]))"
    r"|(?:小学校?|小学)?(?P<year>[1-6])年生"
)
_FROM_GRADE = {"小": 6, "中": 12, "高": 15}
_STAGES = (
    (r"新生児|赤ちゃん|赤ん坊|乳児|首がすわ", 0, 1),
    (r"幼児|小さい子|小さな子|よちよち", 1, 6),
    (r"年少", 3, 4), (r"年中(?!無休)", 4, 5), (r"年長", 5, 6), (r"園児|幼稚園児|保育園児", 1, 6),
    (r"小学校?の?低学年|低学年", 6, 9), (r"小学校?の?中学年|中学年", 8, 10),
    (r"小学校?の?高学年|高学年", 10, 12),
    (r"小学生", 6, 12), (r"中学生", 12, 15), (r"高校生", 15, 18),
)  # fmt: skip
_BORN = re.compile(
    r"(?:(?P<era>令和|平成|昭和|r|h|s) ?(?P<era_year>[0-9]{1,2}|元)|(?P<year>(?:19|20)[0-9]{2}))"
    r" ?[年/.\-] ?[0-9]{1,2}(?: ?[月/.\-] ?[0-9]{1,2})?(?: ?日)? ?(?:生|$)"
    r"|(?P<bare>(?:19|20)[0-9]{2})[\-/.][0-9]{1,2}[\-/.][0-9]{1,2}"
)
_ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925}

_SIGNS = (
    ("cry", r"泣き声|泣き叫|泣いて|泣き続|泣きやま|ないて(?:る|い)|ギャン泣き|なき声|号泣"),
    ("shout", r"怒鳴|どな(?:る|り|っ)|大声|わめ|罵|ののし|怒声|きつく叱|叱り声"),
    ("hit", r"叩|たた(?:く|い|か)|殴|なぐ|蹴|物音|ぶつか|ドン|投げ|壁に"),
    ("sorry", r"ごめんなさい|許して|ゆるして|やめて|助けて"),
    ("shut_out", r"ベランダ|締め出|しめ出|閉め出|外に出され|玄関の外|家に入れ"),
    ("alone", r"子どもだけ|一人で(?:いる|留守|歩)|ひとりで(?:いる|留守|歩)|放置|置き去り|留守番"),
    ("hunger", r"食べて(?:い)?ない|ごはんがない|お腹(?:を|が)(?:す|空)|痩せ|やせて|同じ服|汚れた|におい"),
    ("bruise", r"あざ|痣|けが|怪我|傷|やけど|火傷|腫れ"),
)
_WORDS_OF_HOURS = (
    ("morning", r"早朝|(?<!毎)朝(?!鮮)|毎朝|登校前|午前"),
    ("day", r"昼間|お昼|昼すぎ|日中|午後(?! ?[0-9])"),
    ("evening", r"夕方|夕食|下校"),
    ("night", r"夜(?!中)|毎晩|晩|寝る前"),
    ("late", r"深夜|夜中|真夜中|未明|明け方"),
)
_CLOCK = re.compile(
    r"(?:(?P<half>午前|午後|朝|昼|夕方|夜中|毎晩|今晩|晩|夜|深夜)の? ?)?"
    r"(?<![0-9])(?P<hour>[0-9]{1,2})(?:時|:[0-5][0-9])(?!間)"
)
_LATER = ("午後", "夜", "毎晩", "今晩", "晩", "夕方", "昼")


def digits(text: str) -> str:
    """A telephone number as digits, from the country's code on: +81 77 is 077."""
    found = "".join(_DIGITS.findall(usual(text)))
    return "0" + found[2:] if found.startswith("81") and len(found) > 10 else found


def phones_in(text: str) -> tuple[str, ...]:
    """Telephone numbers in a text, in any writing, as digits."""
    plain = usual(text)
    return tuple(dict.fromkeys(digits(plain[one.start : one.end]) for one in find_phones(plain, Public())))


def school_key(name: str, kind: str) -> str:
    """みなと市立ふなつき小学校 is ふなつき小, as is ふなつき小."""
    return folded(_OWNER.sub("", name)) + kind


def schools_in(text: str) -> tuple[str, ...]:
    """Schools, nurseries and kindergartens in a text, in normal form."""
    found = []
    plain = usual(text)
    for pattern, kind in _SCHOOLS:
        for one in pattern.finditer(plain):
            name = _BESIDE.sub("", one["name"])
            if name not in _GENERIC and _OWNER.sub("", name) and not name.endswith(("の", "は", "が")):
                found.append(school_key(name, kind))
    return tuple(dict.fromkeys(found))


def ages_in(text: str, year: int) -> tuple[Age, ...]:
    """Ages and birthdays in a text written in `year`, as years of birth."""
    plain = usual(text)
    found = [Age(one.group(), born, born) for one in _BORN.finditer(plain) if (born := _born(one))]
    for one in _YEARS.finditer(plain):
        low = int(one["low"])
        high = int(one["high"] or low)
        if max(low, high) < 18:
            found.append(_age(one.group(), min(low, high), max(low, high), year))
    for one in _MONTHS.finditer(plain):
        found += [_age(one.group(), 0, 1, year)]
    for one in _GRADE.finditer(plain):
        grade = int(one["grade"] or one["year"])
        start = _FROM_GRADE[one["school"] or "小"] + grade - 1
        if start < 18:
            found.append(_age(one.group(), start, start + 1, year))
    for words, low, high in _STAGES:
        if stage := re.search(words, plain):
            found.append(_age(stage.group(), low, high, year))
    return tuple(dict.fromkeys(found))


def _age(words: str, low: int, high: int, year: int) -> Age:
    return Age(words.strip(), year - high - 1, year - low)


def _born(found: re.Match[str]) -> int:
    if found["era"]:
        return _ERAS[found["era"]] + (1 if found["era_year"] == "元" else int(found["era_year"]))
    return int(found["year"] or found["bare"])


def signs_in(text: str) -> tuple[Sign, ...]:
    """What was heard or seen, by kind."""
    plain = usual(text)
    return tuple(Sign(kind, one.group()) for kind, words in _SIGNS if (one := re.search(words, plain)))


def hours_in(text: str) -> tuple[Sign, ...]:
    """Times of the day, by kind: morning, day, evening, night, late."""
    plain = usual(text)
    found = list(_clock_hours(plain))
    told = {sign.kind for sign in found}
    for kind, words in _WORDS_OF_HOURS:
        if kind not in told and (one := re.search(words, plain)):
            found.append(Sign(kind, one.group()))
    return tuple({sign.kind: sign for sign in found}.values())


def _clock_hours(plain: str) -> Iterator[Sign]:
    for one in _CLOCK.finditer(plain):
        hour = int(one["hour"])
        if hour < 12 and one["half"] in _LATER and not (one["half"] != "午後" and hour < 4):
            hour += 12
        if hour <= 24:
            yield Sign(_band(hour % 24), one.group())


def _band(hour: int) -> str:
    for until, name in ((4, "late"), (10, "morning"), (16, "day"), (19, "evening"), (23, "night")):
        if hour < until:
            return name
    return "late"
