"""The words of a notice: that something waits, and nothing else. Pure.

A notice lights up on a locked telephone on a kitchen table; it must be fit for that.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SUBJECT = "お知らせがあります"
LINES = {
    "arrived": "新しい連絡が{n}件あります。",
    "unopened": "まだ開かれていない連絡が{n}件あります。",
    "wrote": "続きの連絡が{n}件あります。",
    "unread": "まだ開かれていない続きの連絡が{n}件あります。",
    "soon": "期限まで1日を切ったものが{n}件あります。",
    "pressing": "期限が近いものが{n}件あります。",
    "late": "期限をすぎたものが{n}件あります。",
    "look_again": "もう一度確かめる日のものが{n}件あります。",
}
OF_THE_WATCH = "見守りのしくみに、確かめることがあります。"


@dataclass(frozen=True)
class Notice:
    """What one person is sent at one time."""

    subject: str
    body: str


def letter(counts: Mapping[str, int], desk_url: str) -> Notice:
    """One notice for everything that waits for one person; `counts` by kind of alarm.

    `desk_url` is the desk's own address, or empty; never the address of a case.
    """
    lines = [words.format(n=counts[kind]) for kind, words in LINES.items() if counts.get(kind)]
    if any(kind not in LINES for kind in counts):
        lines.append(OF_THE_WATCH)
    lines.append("窓口の画面を開いてください。")
    if desk_url:
        lines.append(desk_url)
    return Notice(SUBJECT, "\n".join(lines) + "\n")
