"""Dates, ages and counts in words."""

from datetime import datetime

from flask import Flask

from forum import clock

WEEKDAYS = "月火水木金土日"


def day(moment: datetime) -> str:
    """The date alone: 2026年11月23日. For public pages, which are the same for everybody."""
    there = clock.local(moment)
    return f"{there.year}年{there.month}月{there.day}日"


def iso_day(moment: datetime) -> str:
    """The date for the `datetime` attribute: 2026-11-23."""
    return clock.local(moment).date().isoformat()


def ago(moment: datetime) -> str:
    """How long ago, in words. For pages that no cache keeps."""
    seconds = (clock.now() - moment).total_seconds()
    if seconds < 60:
        return "たったいま"
    if seconds < 3600:
        return f"{int(seconds // 60)}分前"
    days = (clock.today() - clock.local(moment).date()).days
    if days == 0:
        return f"{int(seconds // 3600)}時間前"
    return "きのう" if days == 1 else f"{days}日前" if days < 31 else day(moment)


def age_words(months: int | None) -> str:
    """A child's age: 8か月, 2歳3か月, 小学生 stays with the years (9歳). Empty when not told."""
    if months is None:
        return ""
    if months < 0:
        return "妊娠中"
    if months < 12:
        return f"{months}か月"
    years, rest = divmod(months, 12)
    return f"{years}歳{rest}か月" if rest and years < 3 else f"{years}歳"


def duration_words(minutes: float) -> str:
    """A span in words: 40分, 3時間, 2日."""
    if minutes < 60:
        return f"{max(1, round(minutes))}分"
    if minutes < 48 * 60:
        return f"{round(minutes / 60)}時間"
    return f"{round(minutes / 60 / 24)}日"


def install(app: Flask) -> None:
    """Give the words to the templates."""
    for name, function in (
        ("day", day),
        ("iso_day", iso_day),
        ("ago", ago),
        ("age_words", age_words),
        ("duration_words", duration_words),
    ):
        app.jinja_env.filters[name] = function
