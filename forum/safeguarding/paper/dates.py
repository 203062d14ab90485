"""Days as papers of an office write them: the era beside the western year. Pure."""

from datetime import date

# First day of each era, by the law or notification that changed it.
ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
    (date(1868, 10, 23), "明治"),
)
WEEKDAYS = "月火水木金土日"


def era(day: date) -> str:
    """令和8年, 令和元年; the western year alone before 明治."""
    for first, name in ERAS:
        if day >= first:
            year = day.year - first.year + 1
            return f"{name}{'元' if year == 1 else year}年"
    return f"{day.year}年"


def both(day: date) -> str:
    """令和8年11月23日（2026年）月曜日."""
    return f"{era(day)}{day.month}月{day.day}日（{day.year}年）{WEEKDAYS[day.weekday()]}曜日"
