"""What a city's pack holds, as frozen values. Ages are in months; -1 is a child not born yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from forum.doors.hours import Schedule
from forum.doors.types import Door


@dataclass(frozen=True)
class District:
    """A school district with its reading and the larger block that is coarse enough to be told."""

    name: str
    kana: str
    block: str
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True)
class Board:
    """A place for one kind of worry. On sensitive ones nothing reveals more than the day.

    to_city: what is written there is meant for the city, and an officer answers.
    """

    id: str
    label: str
    description: str
    sensitive: bool
    to_city: bool = False


@dataclass(frozen=True)
class AgeBand:
    """A span of ages as parents say it; both ends included."""

    id: str
    label: str
    min_months: int
    max_months: int


@dataclass(frozen=True)
class Category:
    """A kind of service: its name, and what it is in plain words."""

    id: str
    label: str
    plain: str


@dataclass(frozen=True, kw_only=True)
class ServiceRecord:
    """A service as the public may see it.

    confirmed: phone, hours, fee and how to apply may be shown; otherwise they are empty here.
    door_id: the door that this service is; its number, hours and status stand over the list's.
    """

    id: str
    name: str
    name_kana: str
    category: str
    summary: str
    eligibility: str
    age_min_months: int | None
    age_max_months: int | None
    district: str
    address: str
    lat: float | None
    lon: float | None
    phone: str
    hours: str
    schedule: Schedule | None
    fee: str
    how_to_apply: str
    url: str
    source_url: str
    as_of: str
    confirmed: bool
    door_id: str


@dataclass(frozen=True, kw_only=True)
class Seed:
    """A short text that the city prepared, so that no question meets an empty page."""

    id: str
    title: str
    body: str
    board: str
    child_age_min_months: int | None
    child_age_max_months: int | None
    services: tuple[str, ...]
    source: str


@dataclass(frozen=True, kw_only=True)
class SampleReply:
    """A reply of a sample. `hours_after` counts from the thread; `voice` "asker" is the asker."""

    body: str
    kind: str
    hours_after: float
    helped: int
    voice: str


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A thread of the demonstration, marked as such wherever it is shown."""

    id: str
    title: str
    body: str
    board: str
    child_age_months: int | None
    district: str
    days_ago: float
    solved: bool
    me_too: int
    replies: tuple[SampleReply, ...]


@dataclass(frozen=True, kw_only=True)
class ChildCounts:
    """Children by district and age in full years; what is not there is unknown. as_of as in the source."""

    source: str
    as_of: str
    children: Mapping[tuple[str, int], int]


@dataclass(frozen=True)
class Reader:
    """Somebody on the roster: a name of the turn, its hours, and where alarms go (perhaps nowhere)."""

    name: str
    hours: Schedule
    mail: str


@dataclass(frozen=True)
class Watched:
    """A word that the city wants a person to read once, and why."""

    word: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Moderation:
    """Who reads what was written and when, and what those who write are promised.

    confirmed False: the city has not decided yet; a production board takes no texts. promise: paragraphs.
    night, night_flags: when that many different people say so at night, a text waits for a person.
    """

    confirmed: bool
    reading: Schedule
    readers: tuple[Reader, ...]
    watched: tuple[Watched, ...]
    promise: tuple[str, ...]
    night: Schedule
    night_flags: int
    claim_minutes: int
    heavy_a_day: int
    break_after: int
    notice_hours: int
    alarm_mail: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CityPack:
    """One city.

    place_words: names of places here, longest first. service_numbers: what may stand in public, as written.
    doors: as they may be shown; `forum.doors.choice` looks again at the day of each question.
    counts: None where the city has registered none.
    """

    id: str
    name: str
    site_name: str
    prefecture: str
    time_zone: str
    domain_words: tuple[str, ...]
    notes: str
    blocks: tuple[str, ...]
    districts: tuple[District, ...]
    boards: tuple[Board, ...]
    age_bands: tuple[AgeBand, ...]
    categories: tuple[Category, ...]
    services: tuple[ServiceRecord, ...]
    doors: tuple[Door, ...]
    seeds: tuple[Seed, ...]
    counts: ChildCounts | None
    moderation: Moderation
    place_words: tuple[str, ...]
    service_numbers: frozenset[str]
    synonym_paths: tuple[Path, ...]
    content_hash: str
    read_samples: Callable[[], tuple[Sample, ...]]

    def districts_of(self, place: str) -> frozenset[str]:
        """The districts for which a place, as told, stands: those of a block, or the one so named."""
        return frozenset(one.name for one in self.districts if place in (one.name, one.block))

    def samples(self) -> tuple[Sample, ...]:
        """The threads of the demonstration, read when asked for; none if the pack has no such file."""
        return self.read_samples()
