"""Words of the desk's pages."""

from collections.abc import Mapping
from datetime import datetime

from forum import clock
from forum.safeguarding.triage.rules import SecondLook
from forum.safeguarding.vault.content import Content
from forum.safeguarding.watch.types import Level

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
# A shape beside the words, so that nobody has to tell colours apart.
STATE_SIGNS: Mapping[Level, str] = {"calm": "○", "soon": "◐", "pressing": "●", "late": "▲", "ended": "✓"}
SECOND_LOOK: Mapping[SecondLook, str] = {
    "nobody": "まだ、だれも開いていません。2人が開きます。",
    "one_more": "もう1人が開きます。",
    "nobody_else": "開ける人が1人しかいません。責任者に知らせてください。",
}
LINE = 60


def stamp(moment: datetime) -> str:
    """A moment for the desk, Tokyo: 11月23日（月）10:05; with the year when it is another one."""
    there = clock.local(moment)
    year = "" if there.year == clock.today().year else f"{there.year}年"
    day = f"{year}{there.month}月{there.day}日（{'月火水木金土日'[there.weekday()]}）"
    return f"{day}{there.hour}:{there.minute:02d}"


def first_line(content: Content) -> str:
    """The beginning of what was told."""
    text = " ".join(content.text().split())
    return text if len(text) <= LINE else f"{text[:LINE]}…"
