"""One cell as a value. Pure. A reader gets text after `tidy`, never empty, and raises NotUnderstood."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from forum.directory.opendata.types import Hours, NotUnderstood

# The first day of each era, from the decrees of the government.
_ERAS = {
    "明治": date(1868, 1, 25), "大正": date(1912, 7, 30), "昭和": date(1926, 12, 25),
    "平成": date(1989, 1, 8), "令和": date(2019, 5, 1),
}  # fmt: skip
_SHORT_ERAS = {"m": "明治", "t": "大正", "s": "昭和", "h": "平成", "r": "令和"}
_ERA = re.compile(
    r"(明治?|大正?|昭和?|平成?|令和?|[mtshr])\.?\s*(元|\d{1,2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?"
)
_ERA_YEAR = re.compile(r"(明治|大正|昭和|平成|令和)\s*(元|\d{1,2})\s*年(?:\s*(\d{1,2})\s*月)?")
_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[t\s]\d{1,2}:\d{2}(?::\d{2})?.*)?"
)
_PLAIN_DATE = re.compile(r"(1[89]\d\d|20\d\d)(\d\d)(\d\d)")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?|(\d{4})年度?|(?:19|20)\d\d(?:0[1-9]|1[0-2])")
_SERIAL = re.compile(r"[1-9]\d{4}(\.0+)?")
_SERIAL_ZERO = date(1899, 12, 30)  # how spreadsheets count days
_TIME = (
    r"(午前|午後|am|pm)?\s*(\d{1,2})\s*(?:[:.時]\s*(\d{1,2})?\s*(?:分|:\d{2})?|(?=\s*(?:午|a|p)))?\s*(am|pm)?"
)
_CLOCK = re.compile(_TIME)
_RANGE = re.compile(f"{_TIME}\\s*(?:から|~|-|―|ー|to)\\s*{_TIME}(?:まで)?")
_DIGITS_TIME = re.compile(r"([01]\d|2[0-9])([0-5]\d)")
_DAY_SHARE = re.compile(r"0?\.\d+|0|1")
_DASHES = str.maketrans("‐‑‒–—―−ーｰ－﹣─━", "-" * 13)
_WAVES = str.maketrans("〜～∼˜", "~~~~")
_NOTHING = {
    "-",
    "--",
    "---",
    "―",
    "ー",
    "−",
    "‐",
    "・",
    "...",
    "null",
    "none",
    "n/a",
    "#n/a",
    "nan",
    "不明",
    "未定",
}
_YES = set("有 有り あり ある ○ 〇 ◯ ◎ 可 可能 y yes true 1 実施 有(要予約) 対応 公開 該当 ● ✓".split())
_NO = set("無 無し なし ない × ✕ x 不可 n no false 0 未実施 非対応 - ― 非該当 ・".split())
_PARTLY = {"△", "一部", "要相談", "応相談", "要予約", "条件付"}
_WEEKDAYS = "月火水木金土日祝"
_WORKDAYS = "月火水木金"
_PHONE = re.compile(r"\(?0\d{0,4}\)?[-( ]*\d{1,4}[-) ]*\d{3,4}|\d{2,4}-\d{4}|#\d{4}|1\d{2}")


def tidy(cell: str) -> str:
    """One spelling of width and spaces; line breaks stay. "" where nothing is said."""
    text = unicodedata.normalize("NFKC", cell).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def is_empty(cell: str) -> bool:
    """Whether a tidy cell says nothing."""
    return not cell or cell.lower() in _NOTHING


def text(cell: str) -> str:
    """As it stands; marks of HTML are text like any other."""
    return cell


def kana(cell: str) -> str:
    """A reading, in katakana."""
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in cell)


def code(cell: str) -> str:
    """A code of a municipality: five or six digits (a spreadsheet may have taken the first 0), or two."""
    digits = cell.removesuffix(".0")
    if not digits.isdecimal() or len(digits) not in (1, 2, 4, 5, 6):
        raise NotUnderstood("地方公共団体コードは、2けた・5けた・6けたの数字です")
    return digits.zfill(2) if len(digits) <= 2 else digits if len(digits) == 6 else digits.zfill(5)


def number(cell: str) -> int:
    """A whole number, a unit behind it allowed."""
    found = re.fullmatch(
        r"(?:約|計|合計)?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?\s*[名人床台組件位]?(?:程度|まで|以内)?", cell
    )
    if not found:
        raise NotUnderstood("数ではありません")
    return int(found[1].replace(",", ""))


def degrees(cell: str) -> float:
    """Degrees as a decimal number, or as degrees, minutes and seconds."""
    parts = re.fullmatch(
        r"[ne北緯東経]*\s*(\d{1,3})[°度]\s*(\d{1,2})['′分]\s*([\d.]+)[\"″秒]?\s*[ne]?", cell.lower()
    )
    if parts:
        return int(parts[1]) + int(parts[2]) / 60 + float(parts[3]) / 3600
    try:
        return float(cell.rstrip("度°"))
    except ValueError:
        raise NotUnderstood("緯度・経度は、35.0045 のような数です") from None


def flag(cell: str) -> bool | str:
    """Yes or no; what lies between stays as its words."""
    said = re.sub(r"\s", "", cell).lower()
    if said in _YES:
        return True
    if said in _NO:
        return False
    if said in _PARTLY:
        return cell
    raise NotUnderstood("有・無のどちらかとして読めません")


def day(cell: str) -> date:
    """A day: western or era calendar, written out, packed, or counted by a spreadsheet."""
    said = cell.lower().replace(" ", "") if not re.search(r"\d \d", cell) else cell.lower()
    for pattern, read in ((_ERA, _of_era), (_DATE, _of_parts), (_PLAIN_DATE, _of_parts)):
        found = pattern.fullmatch(said)
        if found:
            return read(found)
    if _SERIAL.fullmatch(said):
        return _SERIAL_ZERO + timedelta(days=int(float(said)))
    if _MONTH.fullmatch(said) or _ERA_YEAR.fullmatch(said):
        raise NotUnderstood("年と月だけで、日がありません")
    raise NotUnderstood("日付として読めません")


def _of_parts(found: re.Match[str]) -> date:
    return _date(int(found[1]), int(found[2]), int(found[3]))


def _of_era(found: re.Match[str]) -> date:
    name = _SHORT_ERAS.get(found[1]) or next(era for era in _ERAS if era[0] == found[1][0])
    year = 1 if found[2] == "元" else int(found[2])
    return _date(_ERAS[name].year + year - 1, int(found[3]), int(found[4]))


def _date(year: int, month: int, day_: int) -> date:
    try:
        return date(year, month, day_)
    except ValueError:
        raise NotUnderstood("その日はありません") from None


def clock(cell: str) -> Hours:
    """A time of day, or two with a line between them."""
    said = cell.lower().translate(_WAVES).translate(_DASHES)
    if _DIGITS_TIME.fullmatch(said):
        said = f"{said[:2]}:{said[2:]}"
    if _DAY_SHARE.fullmatch(said):  # a spreadsheet's part of a day
        minutes = round(float(said) * 24 * 60)
        return Hours(_time(minutes // 60 % 24, minutes % 60)[0], None)
    both = _RANGE.fullmatch(said)
    if both and _has_minutes(both, 0) and _has_minutes(both, 4):
        begin, _ = _of_clock(both, 0)
        until, next_day = _of_clock(both, 4)
        return Hours(begin, until, next_day)
    one = _CLOCK.fullmatch(said.removeprefix("翌日").removeprefix("翌"))
    if one and _has_minutes(one, 0):
        at, next_day = _of_clock(one, 0)
        return Hours(at, None, next_day or said.startswith("翌"))
    raise NotUnderstood("時刻として読めません")


def _has_minutes(found: re.Match[str], first: int) -> bool:
    """A number alone is no time of day."""
    return bool(
        found[first + 3] or found[first + 1] or found[first + 4] or "時" in found[0] or ":" in found[0]
    )


def _of_clock(found: re.Match[str], first: int) -> tuple[time, bool]:
    hour, minute = int(found[first + 2]), int(found[first + 3] or 0)
    half = found[first + 1] or found[first + 4]
    if half in ("午後", "pm") and hour < 12:
        hour += 12
    return _time(hour, minute)


def _time(hour: int, minute: int) -> tuple[time, bool]:
    if hour > 29 or minute > 59:
        raise NotUnderstood("その時刻はありません")
    return time(hour % 24, minute), hour >= 24


def weekdays(cell: str) -> tuple[str, ...]:
    """Days of the week in order, 祝 for public holidays."""
    said = re.sub(r"[\s;,、・/／.()とや及び]|曜日?", "", cell.translate(_WAVES).translate(_DASHES))
    said = (
        said.replace("毎日", "月~日")
        .replace("平日", "月~金")
        .replace("年中無休", "月~日祝")
        .replace("祝日", "祝")
        .replace("日祝", "日祝")
    )
    found: list[str] = []
    for first, last in re.findall(r"([月火水木金土日祝])(?:[~-]|から)([月火水木金土日])", said):
        found += _WEEKDAYS[_WEEKDAYS.index(first) : _WEEKDAYS.index(last) + 1]
    rest = re.sub(r"([月火水木金土日祝])(?:[~-]|から)([月火水木金土日])(?:まで)?", "", said)
    if re.search(f"[^{_WEEKDAYS}]", rest) or not (found or rest):
        raise NotUnderstood("曜日として読めません")
    return tuple(each for each in _WEEKDAYS if each in found or each in rest)


def phone(cell: str) -> tuple[str, ...]:
    """Telephone numbers, as they are printed: half-width, with hyphens."""
    said = cell.translate(_DASHES)
    said = (
        re.sub(r"\(?内線[:\s]*\d+(?:[・,]\d+)*\)?", " ", said).replace("+81", "+81-").replace("+81--", "+81-")
    )
    said = re.sub(r"\+81[- ]+(?:\(0\))?(?=[1-9])", "0", said)
    said = re.sub(r"\(\s*(0\d{1,4})\s*\)\s*", r"\1-", said)
    said = re.sub(r"(0\d{1,4})\s*\(\s*(\d{1,4})\s*\)\s*(\d{4})", r"\1-\2-\3", said)
    said = re.sub(r"\s*-\s*", "-", said)
    found = tuple(re.sub(r"[() ]", "", each.group()).strip("-") for each in _PHONE.finditer(said))
    left = re.sub(r"[\s/、,;・()]|代表?|直通|電話|番号|fax|tel|:|\.", "", _PHONE.sub("", said).lower())
    if not found or any(len(re.sub(r"\D", "", each)) > 12 for each in found):
        raise NotUnderstood("電話番号として読めません")
    if left:
        raise NotUnderstood("電話番号のほかに文があります")
    return found


def url(cell: str) -> str:
    """An address of the web."""
    if re.fullmatch(r"https?://[^\s<>\"]+", cell):
        return cell
    if re.fullmatch(r"(www\.)?[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?", cell.lower()):
        return f"http://{cell}"
    raise NotUnderstood("http:// か https:// で始まるアドレスではありません")


def email(cell: str) -> str:
    """An address of mail."""
    if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", cell):
        return cell
    raise NotUnderstood("メールアドレスとして読めません")


def postal_code(cell: str) -> str:
    """Seven digits with a hyphen."""
    digits = re.sub(r"\D", "", cell)
    if len(digits) != 7:
        raise NotUnderstood("郵便番号は7けたです")
    return f"{digits[:3]}-{digits[3:]}"


READERS: dict[str, Callable[[str], Any]] = {
    "text": text,
    "kana": kana,
    "code": code,
    "number": number,
    "degrees": degrees,
    "flag": flag,
    "date": day,
    "time": clock,
    "weekdays": weekdays,
    "phone": phone,
    "url": url,
    "email": email,
    "postal_code": postal_code,
}
