"""Services under the names of HSDS 3 (Open Referral Human Services Data Specification), and needs."""

from dataclasses import dataclass

from forum.city.types import Category


@dataclass(frozen=True)
class Location:
    """Where a service is. `district` is empty when it serves the whole city; degrees are WGS 84."""

    address: str = ""
    district: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Service:
    """One service. Ages are in months here, both ends included (HSDS counts years); None is open.

    `alternate_name` is the reading in kana, `schedules` the hours in words, `opening_hours` the same
    in OpenStreetMap notation where the city gave it. `verified` False: the city still has to confirm,
    and then telephone, hours, fees and how to apply are empty. `assured_date` may be a year, a month
    or a day, as its source has it.
    """

    id: str
    name: str
    category: str
    alternate_name: str = ""
    description: str = ""
    eligibility_description: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    status: str = "active"
    schedules: str = ""
    opening_hours: str = ""
    fees_description: str = ""
    application_process: str = ""
    url: str = ""
    phones: tuple[str, ...] = ()
    locations: tuple[Location, ...] = ()
    source_url: str = ""
    assured_date: str = ""
    verified: bool = False

    @property
    def states_ages(self) -> bool:
        """Whether it names an age itself."""
        return self.minimum_age is not None or self.maximum_age is not None

    @property
    def districts(self) -> frozenset[str]:
        """The districts it is for; empty when it serves the whole city."""
        return frozenset(place.district for place in self.locations if place.district)


@dataclass(frozen=True)
class Need:
    """A worry as the matching reads it. Age in months, below 0 before birth, None when not told.

    `place` is where the writer lives, as told, `districts` those it stands for; both empty when not told.
    """

    text: str
    title: str = ""
    child_age_months: int | None = None
    place: str = ""
    districts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Match:
    """A service for a worry: `reason` a sentence, `evidence` the writer's own words that it answers.

    `evidence` is empty when no words were decisive. Scores compare inside one answer only.
    """

    service: Service
    category: Category
    reason: str
    evidence: str
    score: float
