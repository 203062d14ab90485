"""doors.csv: the reviewed list of people who answer. It stands over the list of services."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from forum import clock
from forum.city.faults import Faults
from forum.city.tables import Row, read_table
from forum.doors.types import AUDIENCES, CHANNELS, COSTS, STATUSES, THEMES, Door

COLUMNS = (
    "id", "name", "purpose", "number", "channel", "for_whom", "themes", "opening_hours", "hours_text", "cost",
    "place", "source", "as_of", "status",
)  # fmt: skip
EXTRAS = ("other_number", "url", "line", "verified_on", "valid_until", "note")
CONCERN, CONCERN_NUMBER = "child_safety", "189"
NEVER_CLOSED = {
    "danger_now": "危険が迫っているとき",
    "despair": "死にたいほどつらいとき",
    "dv": "家の中の暴力",
    "poison": "誤飲",
    "child": "子どもからの相談",
}
DAYS_CHECKED = 366


def read_doors(path: Path, line: str, at: datetime, faults: Faults) -> tuple[Door, ...]:
    """doors.csv in its order, whole: what is not reviewed is taken away later (`forum.doors.rules`).

    `line` stands beside every counter without one of its own. From `at` on, one year is looked at
    for hours in which nobody answers a worry that cannot wait.
    """
    rows = read_table(path, COLUMNS, EXTRAS, faults)
    doors: dict[str, Door] = {}
    for row in rows:
        door = _door(row, line, doors)
        _check(row, door)
        doors[door.id] = door
    if doors:
        _check_all(path.name, tuple(doors.values()), at, faults)
    return tuple(doors.values())


def _door(row: Row, line: str, known: Mapping[str, Door]) -> Door:
    channel = row.choices("channel", CHANNELS)
    return Door(
        id=row.id("id", known),
        name=row.required("name"),
        purpose=row.required("purpose"),
        number=row.number("number"),
        other_number=row.number("other_number"),
        url=row.web("url"),
        channel=channel,
        for_whom=row.choices("for_whom", AUDIENCES),
        themes=row.choices("themes", THEMES),
        hours=row.hours("opening_hours"),
        hours_text=row.text("hours_text"),
        cost=row.choice("cost", COSTS, empty=True),
        place=row.text("place"),
        line=row.text("line") or (line if "counter" in channel else ""),
        source=row.text("source"),
        as_of=row.about("as_of"),
        verified_on=row.day("verified_on"),
        valid_until=row.day("valid_until"),
        status=row.choice("status", STATUSES),
    )


def _check(row: Row, door: Door) -> None:
    if "/" in door.number:
        row.say("「number」には番号を一つだけ書いてください。二つめは「other_number」に書けます。")
    if door.number == CONCERN_NUMBER and door.themes != (CONCERN,):
        row.say(f"{CONCERN_NUMBER} は、ふつうの悩みの窓口にできません。「themes」は {CONCERN} だけです。")
    if door.verified_on and door.valid_until and door.valid_until < door.verified_on:
        row.say("「valid_until」が「verified_on」より前の日です。")
    if door.hours and not door.hours_text:
        row.say("「opening_hours」に合う説明を「hours_text」に書いてください。")
    if not door.confirmed:
        return
    if not door.source:
        row.say("確認ずみ（reviewed）なのに、出典「source」がありません。")
    if "phone" in door.channel and not door.number:
        row.say("確認ずみの電話の窓口なのに、「number」がありません。")
    if "chat" in door.channel and not door.url and "phone" not in door.channel:
        row.say("確認ずみのチャットの窓口なのに、「url」がありません。")
    if door.face_to_face and not door.place:
        row.say("確認ずみの対面の窓口なのに、場所「place」がありません。")


def _check_all(file: str, doors: tuple[Door, ...], at: datetime, faults: Faults) -> None:
    reviewed = [door for door in doors if door.confirmed]
    if not any(door.face_to_face and door.hours for door in reviewed):
        faults.add(file, 1, "会って話せる、確認ずみで時間のわかる窓口（counter）がありません。")
    for theme, words in NEVER_CLOSED.items():
        gap = _gap([door for door in reviewed if theme in door.themes], at)
        if gap:
            when = f"{clock.local(gap):%Y-%m-%d %H:%M}"
            faults.add(file, 1, f"「{theme}」（{words}）の窓口が、{when} に一つも開いていません。")


def _gap(doors: list[Door], at: datetime) -> datetime | None:
    """The first moment of a year at which none of the doors is open."""
    schedules = [door.hours for door in doors if door.hours]
    if any(schedule.always for schedule in schedules):
        return None
    moment = at
    while moment < at + timedelta(days=DAYS_CHECKED):
        here = moment
        changes = [schedule.next_change(here) for schedule in schedules if schedule.is_open(here)]
        if not changes:
            return moment
        if None in changes:
            return None
        moment = max(change for change in changes if change)
    return None
