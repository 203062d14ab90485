"""A child's age as people say it: 8か月, 2歳3か月, 3歳半, 年中, 小3, or months as a number."""

import re

from forum.language.normalise import normalise

MONTHS_MAX = 18 * 12 + 11
# School years by the age that most children of the year have in autumn.
SCHOOL = {"年少": 3, "年中": 4, "年長": 5}
STAGES = {"小": (6, 6), "中": (12, 3), "高": (15, 3)}
NEWBORN = {"新生児", "生まれたばかり", "0才", "0歳"}
UNBORN = {"妊娠中", "おなかの中", "お腹の中"}

YEARS = re.compile(
    r"^(\d{1,2})(?:歳|才|さい)(半)?(?:と?(\d{1,2})(?:か月|ヶ月|ヵ月|カ月|ケ月|ヶげつ|かげつ|月))?$"
)
MONTHS = re.compile(r"^(?:生後)?(\d{1,3})(?:か月|ヶ月|ヵ月|カ月|ケ月|かげつ)?$")
WEEKS = re.compile(r"^(?:生後)?(\d{1,3})(?:週|週間|日)(?:目)?$")
GRADE = re.compile(r"^(小|中|高)(?:学|校)?(?:学校)?(\d)(?:年|年生)?$")
GRADE_WORD = re.compile(r"^(小学|中学|高校)(?:校)?(\d)(?:年|年生)$")


def parse_age(text: str) -> int | None:
    """Months, -1 for a child not born yet, None when nothing was written.

    Raises ValueError when the words are not understood or no child has that age.
    """
    words = normalise(text).replace(" ", "").removesuffix("です").removesuffix("くらい").removesuffix("頃")
    if not words:
        return None
    if words in UNBORN:
        return -1
    if words in NEWBORN:
        return 0
    months = _months(words)
    if months is None or months > MONTHS_MAX:
        raise ValueError(text)
    return months


def _months(words: str) -> int | None:
    if found := YEARS.match(words):
        return int(found[1]) * 12 + (6 if found[2] else 0) + int(found[3] or 0)
    if words in SCHOOL:
        return SCHOOL[words] * 12 + 6
    if found := GRADE.match(words) or GRADE_WORD.match(words):
        start, years = STAGES[found[1][0]]
        return (start + int(found[2]) - 1) * 12 + 6 if 1 <= int(found[2]) <= years else None
    if WEEKS.match(words):
        return 0
    if found := MONTHS.match(words):
        return int(found[1])
    return None
