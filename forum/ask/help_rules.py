"""Which help fits a text that waits for a person; pure. No word of it judges whoever wrote."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from forum.doors import choice
from forum.doors.types import Door, DoorAnswer, OfferedDoor

WRITTEN = frozenset({"chat", "mail"})
WRITTEN_SHOWN = 2
# A parent who tells of their own home is never sent to a line for reporting others.
NOT_OWN = frozenset({"child_safety", "child"})
_THEMES = {
    "self_harm": ("despair",),
    "postnatal_depression": ("postpartum", "despair"),
    "admits_harm": ("family",),
    "suspected_abuse": ("child_safety",),
    "dv": ("dv",),
    "immediate_danger": ("danger_now",),
    "child_speaking": ("child",),
}
_MEDICAL = frozenset({"injury", "illness"})


class Tone(StrEnum):
    """To whom the page speaks: a parent of themselves, a child, somebody worried about another's child."""

    OWN = "own"
    CHILD = "child"
    CONCERN = "concern"


@dataclass(frozen=True)
class HelpDoors:
    """now: who comes at once, for the body first. first: the one to turn to. written: without a voice."""

    now: tuple[OfferedDoor, ...]
    first: OfferedDoor
    written: tuple[OfferedDoor, ...]
    others: tuple[OfferedDoor, ...]


def tone_of(categories: Collection[str]) -> Tone:
    """Who seems to write, by the categories of danger that were read."""
    if "child_speaking" in categories:
        return Tone.CHILD
    others = set(categories) - {"suspected_abuse", "immediate_danger"}
    return Tone.CONCERN if "suspected_abuse" in categories and not others else Tone.OWN


def themes_of(tone: Tone, categories: Sequence[str], signs: Sequence[str]) -> tuple[str, ...]:
    """The kinds of doors that fit, from the categories of danger and the themes of the text."""
    found = [theme for category in categories for theme in _THEMES.get(category, ())]
    found.extend(signs)
    if tone is Tone.OWN:
        found = [theme for theme in found if theme not in NOT_OWN]
    if tone is Tone.CHILD:
        found = ["child", *(theme for theme in found if theme == "danger_now")]
    return tuple(dict.fromkeys(found))


def doors_of(doors: Sequence[Door], tone: Tone, themes: Sequence[str], at: datetime) -> HelpDoors:
    """The doors of the help page at a moment. Raises ValueError when there is no door."""
    offered = choice.offers(doors, at)
    now = [one for one in offered if one.door.emergency and one.door.confirmed and one.door.number]
    now.sort(key=lambda one: not _MEDICAL & set(one.door.themes))
    answer = choice.choose(doors, themes, at)
    first = _speaking(answer, offered, themes)
    shown = {first.door.id}
    written = _written(offered, tone, themes, shown)
    shown.update(one.door.id for one in written)
    others = [one for one in (answer.first, *answer.others) if one.door.id not in shown]
    if answer.face_to_face is not None and answer.face_to_face.door.id not in shown | {
        one.door.id for one in others
    }:
        others.append(answer.face_to_face)
    return HelpDoors(tuple(now), first, written, tuple(others))


def _speaking(answer: DoorAnswer, offered: Sequence[OfferedDoor], themes: Sequence[str]) -> OfferedDoor:
    """One telephone or chat that answers now, if there is any; at night a counter helps nobody."""
    if answer.first.state == "open":
        return answer.first
    listening = [one for one in (*answer.others, *offered) if one.state == "open" and not one.door.emergency]
    wanted = {*themes, "despair", "parenting"}
    return next((one for one in listening if wanted & set(one.door.themes)), answer.first)


def _written(
    offered: Sequence[OfferedDoor], tone: Tone, themes: Sequence[str], shown: Collection[str]
) -> tuple[OfferedDoor, ...]:
    """Doors for those who cannot speak now: with an address first, else at least their names."""
    audience = {"everyone", "child" if tone is Tone.CHILD else "parent"}
    wanted = {*themes, *(() if tone is Tone.CONCERN else ("despair",))}
    found = [
        one
        for one in offered
        if WRITTEN & set(one.door.channel)
        and audience & set(one.door.for_whom)
        and wanted & set(one.door.themes)
        and one.door.id not in shown
    ]
    ready = [one for one in found if one.door.confirmed and one.door.url]
    return tuple((ready or found)[:WRITTEN_SHOWN])
