"""Ages as published files write them, in months. Pure.

「0歳から5歳」「産休明け～2歳児」「生後57日」「6か月」「3」「小学校1年生から6年生」「就学前」. The end of a
year of age is its last month: 「5歳まで」 ends at 71 months. A school year counts from the age of its
youngest child in April.
"""

import re

from forum.directory.opendata.types import Ages, NotUnderstood

_WEEKS_A_MONTH = 30.4375 / 7
_DAYS_A_MONTH = 30.4375
_SCHOOL = {"小学": 6, "小": 6, "中学": 12, "中": 12, "高校": 15, "高": 15}
_LAST_MONTH_BEFORE_SCHOOL = 6 * 12 + 11
_AFTER_MATERNITY_LEAVE = 2  # eight weeks after the birth (労働基準法 65条)
_POINT = re.compile(
    r"(?P<years>\d{1,2})歳(?:児|クラス)?(?:\(?(?:生後)?(?P<and_months>\d{1,2})(?:か|ヶ|カ|ヵ|ケ|箇)?月\)?)?(?P<half>半)?"
    r"|(?:満|生後)?(?P<months>\d{1,2})(?:か|ヶ|カ|ヵ|ケ|箇)?月(?:児)?"
    r"|(?:生後)?(?P<days>\d{1,3})日(?:目)?"
    r"|(?:生後)?(?P<weeks>\d{1,2})週(?:間|目)?"
    r"|(?P<school>小学校?|中学校?|高校|高等学校|小|中|高)(?P<grade>\d)(?:年生?)?"
    r"|(?P<leave>産休明け)|(?P<before>小?学?(?:就学|入学)前|小学校(?:就学|入学)前|就学の?始期(?:前|に達するまで)|未就学児?|就学まで|就学前)"
    r"|(?P<pupil>小学生)|(?P<student>中学生)|(?P<high>高校生)|(?P<bare>\d{1,2}(?:\.5)?)"
)
_SPLIT = re.compile(r"\s*(?:から|~|-|以上|より)\s*")


def read_ages(cell: str) -> Ages:
    """From and to. Raises NotUnderstood."""
    said = _plain(cell)
    parts = [part for part in _SPLIT.split(said) if part]
    if len(parts) == 1 and not _SPLIT.search(said):
        first, last = _point(parts[0])
        only_end = re.search(r"まで|以下|未満|就学前|未就学", said)
        return Ages(None if only_end else first, last)
    if len(parts) == 1:
        return Ages(_point(parts[0])[0], None)
    if len(parts) == 2:
        ages = Ages(_point(parts[0])[0], _end(parts[1], parts[0]))
        if ages.minimum is not None and ages.maximum is not None and ages.minimum > ages.maximum:
            raise NotUnderstood("はじめの年齢が、終わりの年齢より上です")
        return ages
    raise NotUnderstood("年齢として読めません")


def read_age(cell: str) -> int:
    """The first month of an age."""
    return _point(_plain(cell))[0]


def read_last_age(cell: str) -> int:
    """The last month of an age."""
    said = _plain(cell)
    return _point(said)[1]


def _plain(cell: str) -> str:
    said = re.sub(r"\s", "", cell).replace("〜", "~").replace("～", "~").replace("―", "-").replace("才", "歳")
    said = re.sub(r"[(（](?:小学校?\d年生?|\d歳).*?[)）]$", "", said)
    said = re.sub(r"0歳\((.*?[日週].*?)\)", r"\1", said)
    return re.sub(r"^(?:満|おおむね|概ね|約|月齢|対象[:：]?)", "", said)


def _end(part: str, begin: str) -> int:
    """The end of a range; 「1年生から6年生」 says the school only once."""
    school = re.match(r"(小学校?|中学校?|小|中)", begin)
    if school and re.match(r"\d年生", part):
        part = school[1] + part
    return _point(part)[1]


def _point(part: str) -> tuple[int, int]:
    """First and last month of what one word of age covers."""
    said = re.sub(
        r"(?:まで|以下|から|以上|位|頃|程度|迄|以降|の児童|の子ども|児童|の子|クラス|まで可)+$",
        "",
        re.sub(r"^満", "", part),
    )
    less = said.endswith("未満")
    found = _POINT.fullmatch(said.removesuffix("未満"))
    if not found:
        raise NotUnderstood("年齢として読めません")
    first, last = _months(found)
    return (0, first - 1) if less else (first, last)


def _months(found: re.Match[str]) -> tuple[int, int]:
    got = {name: value for name, value in found.groupdict().items() if value}
    if "years" in got:
        begin = int(got["years"]) * 12 + int(got.get("and_months", 0)) + (6 if "half" in got else 0)
        return begin, begin if "and_months" in got or "half" in got else begin + 11
    if "months" in got:
        return int(got["months"]), int(got["months"])
    if "days" in got:
        at = round(int(got["days"]) / _DAYS_A_MONTH)
        return at, at
    if "weeks" in got:
        at = round(int(got["weeks"]) / _WEEKS_A_MONTH)
        return at, at
    if "school" in got:
        begins = next(age for name, age in _SCHOOL.items() if got["school"].startswith(name))
        age = begins + int(got["grade"]) - 1
        return age * 12, (age + 1) * 12 + 11
    return _stage(got)


def _stage(got: dict[str, str]) -> tuple[int, int]:
    if "leave" in got:
        return _AFTER_MATERNITY_LEAVE, _AFTER_MATERNITY_LEAVE
    if "before" in got:
        return 0, _LAST_MONTH_BEFORE_SCHOOL
    for name, begin, years in (("pupil", 6, 6), ("student", 12, 3), ("high", 15, 3)):
        if name in got:
            return begin * 12, (begin + years) * 12 + 11
    begin = int(float(got["bare"]) * 12)
    return begin, begin + (11 if begin % 12 == 0 else 0)
