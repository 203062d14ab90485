"""What screening gives out: sheets as files say them, answers, and what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from forum.errors import NotFound

Answer = Literal["yes", "rather", "no", "unknown"]
ANSWERS: Mapping[str, str] = {"yes": "はい", "rather": "ややはい", "no": "いいえ", "unknown": "不明"}
STATUSES: Mapping[str, str] = {"seen": "様式で確認", "common": "実務の通例", "draft": "見本"}
AXES: Mapping[str, str] = {"urgency": "緊急度", "severity": "重症度", "rank": "ケースランク"}
ACCEPTANCE: Mapping[str, str] = {
    "accepted": "受理する",
    "information": "情報提供として扱う",
    "out_of_scope": "対象外とする",
}
FINDING: Mapping[str, str] = {"found": "該当", "not_found": "非該当", "pending": "保留"}
KINDS: Mapping[str, str] = {"acceptance": "受理", "finding": "判定", **AXES}
LISTS: Mapping[str, str] = {
    "route": "相談の経路",
    "kind": "おもな種類",
    "who": "おもに行った人",
    "age": "子どもの年齢",
    "outcome": "対応",
}
COUNTED = ("acceptance", "finding", *LISTS)  # what statistics count


@dataclass(frozen=True)
class Level:
    """One step of an axis, with what it means. Steps stand from low to high.

    `urgent`: a case on this step, or above it, has the shorter clock.
    """

    id: str
    name: str
    definition: str
    source: str
    status: str
    urgent: bool = False


@dataclass(frozen=True)
class Code:
    """One value of a coded field. `under`: the code with which statistics count it."""

    id: str
    name: str
    under: str


@dataclass(frozen=True)
class Item:
    """One question of a sheet. `raises` is a step of urgency, or empty for what is only noted."""

    id: str
    group: str
    words: str
    definition: str
    raises: str


@dataclass(frozen=True)
class Combination:
    """Items that say more together than alone."""

    id: str
    words: str
    items: tuple[str, ...]
    to: str


@dataclass(frozen=True)
class Sheet:
    """An assessment sheet as the city's file has it. `groups` are (id, name)."""

    id: str
    name: str
    version: str
    source: str
    status: str
    groups: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]
    combinations: tuple[Combination, ...]


@dataclass(frozen=True)
class Catalogue:
    """Everything that is data: the axes, the codes and the sheets."""

    axes: Mapping[str, tuple[Level, ...]]
    codes: Mapping[str, tuple[Code, ...]]
    sheets: tuple[Sheet, ...]

    def sheet(self, sheet_id: str) -> Sheet:
        """The sheet of that id. Raises NotFound."""
        for one in self.sheets:
            if one.id == sheet_id:
                return one
        raise NotFound

    @property
    def ladder(self) -> tuple[Level, ...]:
        """The steps of urgency, from low to high."""
        return self.axes["urgency"]

    def name_of(self, kind: str, value: str) -> str:
        """The words for a decided value; a value that the files no longer know stays as it is."""
        if kind in ("acceptance", "finding"):
            return (ACCEPTANCE if kind == "acceptance" else FINDING).get(value, value)
        if kind in AXES:
            return {one.id: one.name for one in self.axes[kind]}.get(value, value)
        return {one.id: one.name for one in self.codes.get(kind, ())}.get(value, value)


@dataclass(frozen=True)
class Raise:
    """One reason why the priority is where it is. `known` False: nobody knows yet, so it counts."""

    source: str
    words: str
    to: str
    known: bool


@dataclass(frozen=True)
class Outcome:
    """What a sheet's answers come to. `level` is a step of urgency; None where nothing raises."""

    level: str | None
    urgent: bool
    raises: tuple[Raise, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """A sheet as it was filled in, with the sheet as it read on that day."""

    id: str
    case_id: str
    at: datetime
    staff: str
    sheet: Sheet
    answers: Mapping[str, str]
    note: str


@dataclass(frozen=True)
class Authority:
    """Who stands behind a decision: a supervisor, a meeting, or nobody but the worker."""

    kind: Literal["supervisor", "meeting", "worker"]
    meeting_id: str = ""


@dataclass(frozen=True)
class Record:
    """One decision of screening. `corrects`: the record that this one takes the place of."""

    id: str
    at: datetime
    staff: str
    kind: str
    value: str
    reason: str
    authority: Authority
    corrects: str


@dataclass(frozen=True)
class Codes:
    """The small summary of a case: coded fields only, for registers and statistics.

    `years`: what stood at the end of each year of accounts in which a response was decided, so that
    what is decided later does not change the tables of a year that is over.
    """

    acceptance: str = ""
    accepted_on: date | None = None
    finding: str = ""
    urgency: str = ""
    severity: str = ""
    rank: str = ""
    route: str = ""
    kind: str = ""
    who: str = ""
    age: str = ""
    outcome: str = ""
    decided_on: date | None = None
    agency: str = ""
    check_on: date | None = None
    years: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Screening:
    """Where a case stands: the record in force of each kind, and all there ever were, oldest first."""

    now: Mapping[str, Record]
    history: tuple[Record, ...]
