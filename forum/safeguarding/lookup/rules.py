"""Whether two summaries may concern one house, with every reason in words. Pure; nothing is counted aloud.

A person reads the reasons of both sides and decides. What contradicts (another room of the same
building, children of other years) is read too: a building has many rooms, and most are not the one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forum.safeguarding.lookup.spelling import is_near
from forum.safeguarding.lookup.types import Age, Name, Place, Reason, Sign, Summary

LABELS = {
    "room": "同じ部屋・同じ番地",
    "building": "同じ建物",
    "building_name": "同じ名前の建物（町は分からない）",
    "floor": "同じ階",
    "lot": "同じ番地",
    "chome": "同じ丁目",
    "town": "同じ町",
    "landmark": "同じ目じるし",
    "phone": "同じ電話番号",
    "name": "同じ名前",
    "near_name": "1文字ちがいの名前",
    "part_of_name": "名字か下の名前が同じ",
    "school": "同じ園・学校",
    "age": "子どもの年齢が合う",
    "sign": "同じようす",
    "hour": "同じ時間帯",
}
_ORDER = {kind: place for place, kind in enumerate(LABELS)}
HOME = frozenset(("room", "phone"))  # of these one is enough
IDENTITY = frozenset(("room", "phone", "name"))  # our own earlier history of a family
_CIRCUMSTANCES = frozenset(("age", "sign", "hour", "school"))
_NAMED = frozenset(("near_name", "part_of_name"))
# With how many circumstances, beside a part of a name and without, a place is enough to be shown.
_ENOUGH: dict[str, tuple[int, int]] = {
    "lot": (0, 1),
    "building": (0, 2),
    "chome": (1, 4),
    "building_name": (1, 3),
    "landmark": (1, 3),
    "school": (2, 9),
    "town": (2, 9),
}
SAME_YEARS, OTHER_YEARS = 1, 2  # years by which two guesses of an age may differ


@dataclass(frozen=True, repr=False)
class Known:
    """All that is known of a case, whichever text it was drawn out of."""

    names: tuple[Name, ...]
    places: tuple[Place, ...]
    schools: tuple[str, ...]
    phones: tuple[str, ...]
    ages: tuple[Age, ...]
    signs: tuple[Sign, ...]
    hours: tuple[Sign, ...]


def known(summary: Summary) -> Known:
    """What the parts of a summary say together."""
    parts = summary.parts
    return Known(
        tuple(dict.fromkeys(one for part in parts for one in part.names)),
        tuple(dict.fromkeys(one for part in parts for one in part.places)),
        tuple(dict.fromkeys(one for part in parts for one in part.schools)),
        tuple(dict.fromkeys(one for part in parts for one in part.phones)),
        tuple(dict.fromkeys(one for part in parts for one in part.ages)),
        tuple(dict.fromkeys(one for part in parts for one in part.signs)),
        tuple(dict.fromkeys(one for part in parts for one in part.hours)),
    )


def reasons(ours: Known, theirs: Known) -> tuple[Reason, ...]:
    """Everything in which two cases agree, the strongest first."""
    found = [
        *_places(ours.places, theirs.places),
        *_same_words("phone", ours.phones, theirs.phones),
        *_names(ours.names, theirs.names),
        *_same_words("school", ours.schools, theirs.schools),
        *_ages(ours.ages, theirs.ages),
        *_signs("sign", ours.signs, theirs.signs),
        *_signs("hour", ours.hours, theirs.hours),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: _ORDER[one.kind]))


def suggests(found: Iterable[Reason], ours: Known, theirs: Known) -> bool:
    """True if the reasons are enough to show the other case to a person."""
    given = tuple(found)
    kinds = {one.kind for one in given}
    if kinds & HOME:
        return True
    if _other_ages(ours.ages, theirs.ages):
        return False
    if "name" in kinds:
        return True
    if not kinds & _ENOUGH.keys() or _other_room(ours.places, theirs.places):
        return False
    names = {one.ours for one in given if one.kind in _NAMED}
    if len(names) < 2 and _elsewhere(ours.places, theirs.places):
        return False
    if not names and _other_families(ours.names, theirs.names):
        return False
    around = len(kinds & _CIRCUMSTANCES)
    return len(names) > 1 or any(
        around >= _ENOUGH[place][0 if names else 1] for place in kinds & _ENOUGH.keys()
    )


def _other_families(ours: Iterable[Name], theirs: Iterable[Name]) -> bool:
    """True if both name a family; that none of the names agree is known already."""
    return any(one.family for one in ours) and any(other.family for other in theirs)


def _same_words(kind: str, ours: Iterable[str], theirs: tuple[str, ...]) -> Iterator[Reason]:
    for words in ours:
        if words in theirs:
            yield Reason(kind, words, words)


def same_town(one: Place, other: Place) -> bool:
    """True if both name the same town, also written otherwise."""
    return bool(one.town) and (
        one.town == other.town or bool(one.town_sound and one.town_sound == other.town_sound)
    )


def other_town(one: Place, other: Place) -> bool:
    """True if both name a town, and not the same."""
    return bool(one.town and other.town) and not same_town(one, other)


def same_building(one: Place, other: Place) -> bool:
    """True if both name the same building, but for one letter of a long name."""
    if not one.building or not other.building or one.landmark != other.landmark:
        return False
    near = min(len(one.building), len(other.building)) > 4 and is_near(one.building, other.building)
    return (one.building == other.building or near) and not other_town(one, other)


def _places(ours: Iterable[Place], theirs: tuple[Place, ...]) -> Iterator[Reason]:
    for one in ours:
        for other in theirs:
            kind = _place_kind(one, other)
            if kind:
                yield Reason(kind, one.words, other.words)
            if kind in ("building", "building_name") and one.floor and one.floor == other.floor:
                yield Reason("floor", one.words, other.words)


def _place_kind(one: Place, other: Place) -> str:
    """The nearest way in which two places agree; "" if in none."""
    if same_building(one, other):
        if one.landmark:
            return "landmark"
        # Callers often leave the town out; the same name and the same room are hardly two homes.
        if one.room and one.room == other.room and bool(one.town) == bool(other.town):
            return "room"
        return "building" if one.town and other.town else "building_name"
    if not same_town(one, other):
        return ""
    if not one.numbers or not other.numbers or one.numbers[0] != other.numbers[0]:
        return "town"
    if len(one.numbers) > 1 and one.numbers == other.numbers:
        if one.room and other.room:
            return "room" if one.room == other.room else "lot"
        blocks = one.building or other.building or one.room or other.room
        return "lot" if blocks or len(one.numbers) < 3 else "room"
    return "chome"


def _other_room(ours: tuple[Place, ...], theirs: tuple[Place, ...]) -> bool:
    """True if both tell where in the building, and every pair of rooms (or floors) differs."""
    pairs = [
        (one, other)
        for one in ours
        for other in theirs
        if _place_kind(one, other) in ("building", "building_name", "lot")
        and ((one.room and other.room) or (one.floor and other.floor))
    ]
    agree = [
        one
        for one, other in pairs
        if (one.room == other.room if one.room and other.room else one.floor == other.floor)
    ]
    return bool(pairs) and not agree


def _elsewhere(ours: tuple[Place, ...], theirs: tuple[Place, ...]) -> bool:
    """True if both say where, and no place of one can be a place of the other."""
    mine = [place for place in ours if place.town]
    others = [place for place in theirs if place.town]
    return bool(mine and others) and not any(_may_be_one(one, other) for one in mine for other in others)


def _may_be_one(one: Place, other: Place) -> bool:
    """True if the towns agree, the numbers as far as both go, and the building where both name one."""
    if (
        one.building
        and other.building
        and not one.landmark | other.landmark
        and not same_building(one, other)
    ):
        return False
    as_far = min(len(one.numbers), len(other.numbers))
    return same_town(one, other) and one.numbers[:as_far] == other.numbers[:as_far]


def _names(ours: Iterable[Name], theirs: tuple[Name, ...]) -> Iterator[Reason]:
    for one in ours:
        for other in theirs:
            if kind := _name_kind(one, other):
                yield Reason(kind, one.words, other.words)


def _name_kind(one: Name, other: Name) -> str:
    whole = is_whole(one) and is_whole(other)
    same = one.folded == other.folded or bool(one.sound and one.sound == other.sound)
    if same:
        return "name" if whole else "part_of_name"
    if whole and is_near(one.sound, other.sound):
        return "near_name"
    parts = set(one.sounds) & set(other.sounds)
    if any(len(part) > 1 for part in parts):
        return "part_of_name"
    # ゆうと and ゆうた alone are two children, beside one town or building they may be one.
    if any(is_near(a, b) for a in one.sounds for b in other.sounds if min(len(a), len(b)) > 3):
        return "near_name"
    return ""


def is_whole(name: Name) -> bool:
    """True for a name that is likely surname and given name together."""
    return len(name.sounds) > 1 or (len(name.sound) >= 6 and len(name.folded) >= 4)


def _ages(ours: Iterable[Age], theirs: tuple[Age, ...]) -> Iterator[Reason]:
    for one in ours:
        for other in theirs:
            if _apart(one, other) <= SAME_YEARS:
                yield Reason("age", one.words, other.words)


def _apart(one: Age, other: Age) -> int:
    """Years between two spans of birth years; 0 where they meet."""
    return max(0, one.first - other.last, other.first - one.last)


def _other_ages(ours: tuple[Age, ...], theirs: tuple[Age, ...]) -> bool:
    """True if both tell of children, and none of one is as old as one of the other."""
    return bool(ours and theirs) and all(_apart(one, other) > OTHER_YEARS for one in ours for other in theirs)


def _signs(kind: str, ours: Iterable[Sign], theirs: tuple[Sign, ...]) -> Iterator[Reason]:
    for one in ours:
        for other in theirs:
            if one.kind == other.kind:
                yield Reason(kind, one.words, other.words)
