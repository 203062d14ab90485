"""Values of meetings: records, decisions, agenda lines, tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

KINDS: Mapping[str, str] = {
    "urgent_intake": "緊急受理会議",
    "intake": "受理会議",
    "case_study": "個別ケース検討会議",
    "progress": "実務者会議",
}
ENDINGS: Mapping[str, str] = {
    "seen": "安全確認済",
    "accepted": "ほかの機関が受けた",
    "unconfirmed": "確認できず・対象外",
    "running": "確認中",
}
TIMINGS: Mapping[str, str] = {"within": "期限内", "after": "期限をすぎて", "running": "確認中"}
ENTRANCES: Mapping[str, str] = {
    "neighbour": "市民の窓口",
    "professional": "機関の窓口",
    "child": "子どもの窓口",
    "self": "保護者本人",
    "telephone": "電話",
    "letter": "手紙・文書",
    "counter": "来所",
    "forum": "相談の広場から",
}
POPULATIONS: Mapping[str, str] = {
    "found": "年度内に対応を決め、判定が該当のもの",
    "decided": "年度内に対応を決めたもの",
    "received": "年度内に受け付けたもの",
}


@dataclass(frozen=True)
class Meeting:
    """A meeting that was held. `attendees` are names and offices, one a line of the record.

    `earlier`: the versions before this one, oldest first; `reason`: why this one was written.
    """

    id: str
    kind: str
    held_on: date
    place: str
    attendees: tuple[str, ...]
    note: str
    case_ids: tuple[str, ...]
    staff: str
    at: datetime
    reason: str = ""
    earlier: tuple["Meeting", ...] = ()


@dataclass(frozen=True)
class NewMeeting:
    """A meeting as its form says it."""

    kind: str
    held_on: date
    place: str
    attendees: tuple[str, ...]
    note: str
    case_ids: tuple[str, ...]


@dataclass(frozen=True)
class Decided:
    """What was decided on one case, besides what screening records (受理, 判定, the axes).

    `authority`: a meeting (its id in `meeting_id`), a supervisor, or the worker alone.
    `for_what`: "course", or the two decisions that others act on: "unconfirmed", "close".
    """

    id: str
    case_id: str
    at: datetime
    staff: str
    authority: Literal["meeting", "supervisor", "worker"]
    meeting_id: str
    for_what: str
    text: str
    outcome: str
    agency: str
    roles: str
    check_on: date | None
    corrects: str
    values: Mapping[str, str]  # what screening recorded with it


@dataclass(frozen=True)
class AgendaFacts:
    """What an agenda must know of a case. `unseen`: children nobody has seen since the clock started."""

    case_id: str
    urgent: bool
    due_at: datetime
    clock_running: bool
    look_again_on: date | None
    opened_at: datetime
    children: int
    unseen: int
    last_seen_at: datetime | None
    accepted: bool
    check_on: date | None


@dataclass(frozen=True)
class AgendaLine:
    """A case proposed for a meeting, with the reasons in words. `overdue`: something's time has passed."""

    case_id: str
    overdue: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table of the annual statistics as the file says it."""

    id: str
    name: str
    rows: str
    columns: str
    population: str
    source: str
    status: str


@dataclass(frozen=True)
class CountedCase:
    """What statistics read of a case: when it came, what is clear, and what stood decided in each year."""

    received_on: date
    clear: Mapping[str, str]
    decided: Mapping[int, Mapping[str, str]]


@dataclass(frozen=True)
class CellChange:
    """A cell that a supervisor changed by hand; the counted number stays beside it."""

    table: str
    row: str
    column: str
    counted: int
    value: int
    reason: str
    staff: str
    at: datetime
