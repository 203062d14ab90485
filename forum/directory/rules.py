"""Whom a service is for, and when it is open; pure."""

from datetime import datetime
from functools import lru_cache

from forum.directory.taxonomy import Taxonomy, national
from forum.directory.types import Service
from forum.doors.hours import Schedule


def ages(service: Service) -> tuple[int | None, int | None]:
    """Youngest and oldest age in months: as the service states it, else as usual for its kind."""
    low, high = national().kind(service.category).ages
    return (
        low if service.minimum_age is None else service.minimum_age,
        high if service.maximum_age is None else service.maximum_age,
    )


def admits(service: Service, age_months: int | None) -> bool:
    """Whether a child of this age may use it. No age told excludes nothing.

    Before birth 0 counts as reached, since many apply in time.
    """
    return _between(ages(service), age_months)


def states_no_other_age(service: Service, age_months: int | None) -> bool:
    """Whether the ages that the service itself states leave room for a child of this age."""
    return _between((service.minimum_age, service.maximum_age), age_months)


def _between(span: tuple[int | None, int | None], age_months: int | None) -> bool:
    low, high = span
    if age_months is None:
        return True
    return (low is None or low <= max(0, age_months)) and (high is None or age_months <= high)


def suggested_ages(service: Service, taxonomy: Taxonomy) -> tuple[int, int] | None:
    """The ages in months that its description of for whom it is suggests; None if it suggests none.

    Only for the order of what is offered: words are no statement, so they exclude nobody.
    """
    rest = service.eligibility_description
    found: list[tuple[int, int]] = []
    for word, youngest, oldest in taxonomy.stages:
        if word in rest:
            found.append((youngest, oldest))
            rest = rest.replace(word, "／")
    return (min(low for low, _ in found), max(high for _, high in found)) if found else None


def serves(service: Service, districts: frozenset[str]) -> bool:
    """Whether it is for one of these districts (empty: not told); a service for others alone is not."""
    return not districts or not service.districts or bool(districts & service.districts)


def overlaps(service: Service, youngest: int, oldest: int | None) -> bool:
    """Whether it is for some age between the two (months, both included; None is open), as in `admits`."""
    low, high = ages(service)
    return (high is None or youngest <= high) and (oldest is None or low is None or low <= max(0, oldest))


def is_open(opening_hours: str, at: datetime) -> bool | None:
    """Whether hours in OpenStreetMap notation are open at an aware moment.

    None where no structured hours are known: then nothing is claimed.
    """
    return _schedule(opening_hours).is_open(at) if opening_hours else None


@lru_cache(maxsize=1024)
def _schedule(notation: str) -> Schedule:
    return Schedule.parse(notation)
