"""moderation.toml: who reads what was written here and when, and what those who write are promised."""

import re
from pathlib import Path

from forum import clock
from forum.city.documents import Entry, read_document
from forum.city.faults import Faults
from forum.city.types import Moderation, Reader, Watched
from forum.doors.hours import HoursError, Schedule

FILE = "moderation.toml"
_TOP_KEYS = (
    "confirmed", "reading", "promise", "night", "night_flags", "claim_minutes", "heavy_a_day",
    "break_after", "notice_hours", "alarm_mail",
)  # fmt: skip
_MAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")


def read_moderation(path: Path, faults: Faults) -> Moderation | None:
    """The file at `path`; None, with a fault, when it cannot be read."""
    document = read_document(path, ("reader", "watched"), faults)
    if document is None:
        return None
    top = document.top
    top.only(_TOP_KEYS)
    readers = tuple(_reader(entry) for entry in document.tables.get("reader", []))
    if not readers:
        top.say("reader", "読む人（[[reader]]）が一人もいません。")
    alarm_mail = top.words("alarm_mail", empty=True)
    for address in alarm_mail:
        _check_mail(top, "alarm_mail", address)
    confirmed = top.flag("confirmed")
    if confirmed and not (alarm_mail or any(reader.mail for reader in readers)):
        top.say("alarm_mail", "確認ずみ（confirmed）なのに、知らせの届く宛先が一つもありません。")
    return Moderation(
        confirmed=confirmed,
        reading=_schedule(top, "reading"),
        readers=readers,
        watched=tuple(_watched(entry) for entry in document.tables.get("watched", [])),
        promise=top.words("promise"),
        night=_schedule(top, "night"),
        night_flags=top.whole("night_flags", 2, 20) or 2,
        claim_minutes=top.whole("claim_minutes", 1, 240) or 20,
        heavy_a_day=top.whole("heavy_a_day", 1, 100) or 1,
        break_after=top.whole("break_after", 1, 100) or 1,
        notice_hours=top.whole("notice_hours", 1, 24 * 14) or 24,
        alarm_mail=alarm_mail,
    )


def _reader(entry: Entry) -> Reader:
    entry.only(("name", "hours", "mail"))
    mail = entry.text("mail", empty=True, longest=120)
    if mail:
        _check_mail(entry, "mail", mail)
    return Reader(entry.text("name", longest=40), _schedule(entry, "hours"), mail)


def _watched(entry: Entry) -> Watched:
    entry.only(("word", "reason"))
    word = entry.text("word", longest=40)
    if len(word) == 1:
        entry.say("word", "「word」は2字より長く書いてください。")
    return Watched(word, entry.text("reason", longest=80))


def _check_mail(entry: Entry, key: str, address: str) -> None:
    if not _MAIL.fullmatch(address):
        entry.say(key, f"「{key}」の「{address}」は宛先として読めません。")


def _schedule(entry: Entry, key: str) -> Schedule:
    text = entry.text(key)
    try:
        schedule = Schedule.parse(text)
    except HoursError as error:
        entry.say(key, f"「{key}」が読めません：{error}")
        return Schedule.parse("24/7")
    if not schedule.always and schedule.next_opening(clock.now()) is None:
        entry.say(key, f"「{key}」には、開く日がありません。")
    return schedule
