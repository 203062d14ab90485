"""Clues in a normalised text by which neighbours could tell a family, each with coarser words."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from forum.privacy.clue_words import elsewhere, listed_clues, nations, one_of


class Clue(NamedTuple):
    """What narrows: characters `start` to `end`, its kind, and words that say less.

    weight: 1 where many families share it, 2 where few do. ages: school years or years of age that it
    tells, districts: the districts that it tells; both empty for other kinds.
    """

    start: int
    end: int
    kind: str
    coarser: str
    weight: int = 1
    ages: frozenset[int] = frozenset()
    districts: frozenset[str] = frozenset()


class Places(NamedTuple):
    """Names of places in the city, each with the districts it stands for."""

    districts: Mapping[str, frozenset[str]]


Reader = Callable[[str, Places, date], Iterator[Clue]]

_MONTH = r"[かヶカケヵ]月"
_NOT_EXACT = (
    r"(?!ごろ|頃|くらい|ぐらい|前後|以上|以下|以降|未満|児健診|健診|まで|から(?!の|、)|ずつ|違い|差|離れ|代"
    r"|~|-)"
)
_YEARS_MONTHS = re.compile(rf"(?P<y>1?[0-9])[歳才](?P<m>1?[0-9]){_MONTH}{_NOT_EXACT}")
_YEARS = re.compile(
    rf"(?<![0-9])(?P<y>[1-9]|1[0-7])[歳才](?:半)?(?!1?[0-9]{_MONTH}){_NOT_EXACT}(?!で(?:出産|産|妊娠))"
)
_MONTHS = re.compile(
    rf"生後 ?(?P<n>[0-9]{{1,3}})(?P<unit>{_MONTH}|週間?|日)目?|"
    rf"(?<![0-9歳才第後])(?P<only>[0-9]{{1,2}}){_MONTH}(?=の(?:息子|娘|男の子|女の子|子|赤ちゃん|双子)|"
    rf"になる|になり|になった|です|、女|、男)"
)
_GRADE = re.compile(
    r"(?P<school>小学校?|中学校?|高校|小|中|"
    r"高)(?P<n>[1-6])(?:年生?)?(?![0-9年月日時人回つ位倍割点])(?P<room>の?[0-9]組)?"
    r"|(?<![0-9小中高学校])(?P<bare>[1-6])年(?:生|(?P<class>[0-9]組))"
    r"|(?P<nursery>年[長中少])(?:さん|児|組)?(?!者|無休|行事|夏)"
)
_ROOM = re.compile(r"(?<![\u3041-\u3096])(?P<name>[\u3041-\u3096]{2,5})組(?=[のにでがはもへ、です])")
_LIVES = re.compile(
    r"住|在住|家は|うちは|自宅|学区|校区|地区|越して|引っ越|暮ら|町内|近所|通って|地元|転勤|生まれも"
)
_TOWN = re.compile(
    r"(?<![\u4e00-\u9fff])(?!同じ|この|隣|下町|城下|港町|田舎|門前|温泉)(?P<name>[\u4e00-\u9fff]{1,4}町|"
    r"[\u3041-\u30fa]{2,5}町|[\u4e00-\u9fff]{1,4}(?:団地|ニュータウン))(?=[のにでへがは、]|あたり|付近|"
    r"在住|から)"
)
_DATE = re.compile(
    r"(?:(?P<y>20[0-9]{2})年)?(?<![0-9])(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12][0-9]|"
    r"0?[1-9])日(?:の[0-9]{1,2}時(?:ごろ|頃)?)?"
)
_NATION = re.compile(rf"(?P<land>{one_of(nations())})(?P<tie>国籍|籍|人|出身|系|から来|から移)")
_WORK = re.compile(
    rf"(?:夫|主人|旦那|妻|嫁|父|母|私|わたし|自分|僕|俺|実家|両親|義父|義母|パパ|ママ|"
    rf"夫婦)[はがもの、]?[^。\n]{{0,8}}?(?P<work>{one_of(listed_clues('work'))})(?!さん|に(?:相談|電話|聞|言|診|見|怒)|の先生|から)"
)
_MOVED = re.compile(
    rf"(?P<land>{one_of(elsewhere())})から(?=[^。\n]{{0,6}}(?:引っ?越|転入|転勤|越して|移住|嫁いで|転校))"
)
_YOUNG = re.compile(r"(?P<age>1[3-9])[歳才]で(?=[^。\n]{0,4}(?:出産|産|妊娠|母|ママ|親|授か))")


def find_clues(text: str, places: Places, today: date) -> list[Clue]:
    """The clues of a text, in order and never overlapping; the longer one wins."""
    found = [clue for reader in _READERS for clue in reader(text, places, today)]
    chosen: list[Clue] = []
    for clue in sorted(found, key=lambda one: (one.start, -one.end)):
        if not chosen or clue.start >= chosen[-1].end:
            chosen.append(clue)
    return chosen


def _ages(text: str, places: Places, today: date) -> Iterator[Clue]:
    for found in _YEARS_MONTHS.finditer(text):
        years = int(found["y"])
        yield Clue(*found.span(), "age", f"{years}歳ごろ" if years else "0歳", ages=frozenset((years,)))
    for found in _YEARS.finditer(text):
        years = int(found["y"])
        yield Clue(*found.span(), "age", f"{years}歳ごろ", ages=frozenset((years,)))
    for found in _MONTHS.finditer(text):
        if found["only"]:
            years = int(found["only"]) // 12
            yield Clue(*found.span(), "age", f"{years}歳ごろ" if years else "0歳", ages=frozenset((years,)))
        else:
            coarser = "生後数か月" if "月" in found["unit"] else "生まれてまもないころ"
            yield Clue(*found.span(), "age", coarser, ages=frozenset((0,)))


def _grades(text: str, places: Places, today: date) -> Iterator[Clue]:
    for found in _GRADE.finditer(text):
        if found["nursery"]:
            year = {"年少": 3, "年中": 4, "年長": 5}[found["nursery"]]
            yield Clue(found.start(), found.end("nursery"), "age", "園児", ages=frozenset((year, year + 1)))
            continue
        school, grade = (found["school"] or "小")[0], int(found["n"] or found["bare"])
        if school in "中高" and grade > 3:
            continue
        room = found["room"] or found["class"]
        first = {"小": 5, "中": 11, "高": 14}[school] + grade
        ages = frozenset((first, first + 1)) if found["school"] else frozenset[int]()
        yield Clue(*found.span(), "age", _years_of_school(school, grade), 2 if room else 1, ages)
    for found in _ROOM.finditer(text):
        yield Clue(found.start("name"), found.end("name") + 1, "class", "クラス")


def _years_of_school(school: str, grade: int) -> str:
    if school == "小":
        return "小学校" + ("低学年", "中学年", "高学年")[(grade - 1) // 2]
    return "中学生" if school == "中" else "高校生"


def _homes(text: str, places: Places, today: date) -> Iterator[Clue]:
    """Districts and towns, where the sentence says that the family lives there."""
    known = sorted(places.districts, key=len, reverse=True)
    if known:
        district = re.compile(
            rf"(?P<name>{'|'.join(map(re.escape, known))})(?:小?学区|校区|地区|町)?(?!駅|病院|城|インター)"
        )
        for found in district.finditer(text):
            if len(found["name"]) >= 2 and _lives(text, found.start()):
                yield Clue(*found.span(), "place", "市内", districts=places.districts[found["name"]])
    for found in _TOWN.finditer(text):
        if _lives(text, found.start()):
            yield Clue(*found.span(), "place", "市内")


def _lives(text: str, place: int) -> bool:
    start = max(text.rfind(mark, 0, place) for mark in "。!?\n") + 1
    ends = [end for mark in "。!?\n" if (end := text.find(mark, place)) >= 0]
    return bool(_LIVES.search(text, start, min(ends, default=len(text))))


def _dates(text: str, places: Places, today: date) -> Iterator[Clue]:
    for found in _DATE.finditer(text):
        year, month = int(found["y"] or today.year), int(found["m"])
        ago = (today.year - year) * 12 + today.month - month
        if found["y"] and ago not in (0, 1):
            coarser = f"{year}年ごろ"
        else:
            coarser = {0: "今月", 1: "先月", -1: "来月"}.get(ago, f"{month}月ごろ")
        yield Clue(*found.span(), "date", coarser)


def _origins(text: str, places: Places, today: date) -> Iterator[Clue]:
    ties = {"国籍": "外国籍", "籍": "外国籍", "人": "海外出身", "出身": "海外出身", "系": "海外にルーツ"}
    for found in _NATION.finditer(text):
        yield Clue(*found.span(), "origin", ties.get(found["tie"], "海外" + found["tie"]), 2)
    for found in _MOVED.finditer(text):
        yield Clue(*found.span("land"), "moved", "市外")


def _listed(kind: str) -> Reader:
    words = listed_clues(kind)
    pattern = re.compile(one_of(words))

    def read(text: str, places: Places, today: date) -> Iterator[Clue]:
        for found in pattern.finditer(text):
            coarser, weight = words[found[0]]
            yield Clue(*found.span(), kind, coarser, weight)

    return read


def _work(text: str, places: Places, today: date) -> Iterator[Clue]:
    for found in _WORK.finditer(text):
        yield Clue(*found.span("work"), "work", *listed_clues("work")[found["work"]])


def _young_parents(text: str, places: Places, today: date) -> Iterator[Clue]:
    for found in _YOUNG.finditer(text):
        yield Clue(*found.span(), "family", "若くして", 2)


_READERS: tuple[Reader, ...] = (
    _ages,
    _grades,
    _homes,
    _dates,
    _origins,
    _work,
    _young_parents,
    _listed("health"),
    _listed("family"),
    _listed("siblings"),
    _listed("event"),
)
