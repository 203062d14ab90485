"""Words of the desk's pages."""

from datetime import datetime

from forum import clock
from forum.safeguarding.vault.content import Content

ENTRANCES = {
    "neighbour": "近所・知人など",
    "professional": "学校・園・医療など",
    "child": "子ども本人",
    "self": "保護者本人",
    "telephone": "電話",
    "letter": "手紙",
    "counter": "来所",
    "forum": "掲示板から",
}
LINE = 60


def stamp(moment: datetime) -> str:
    """A moment for the desk, Tokyo: 11月23日（月）10:05."""
    there = clock.local(moment)
    return (
        f"{there.month}月{there.day}日（{'月火水木金土日'[there.weekday()]}）{there.hour}:{there.minute:02d}"
    )


def first_line(content: Content) -> str:
    """The beginning of what was told."""
    text = " ".join(content.text().split())
    return text if len(text) <= LINE else f"{text[:LINE]}…"
