"""Reads of the list of services: frozen values, in the order of the city's pack."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.db import db
from forum.directory import rules
from forum.directory.models import ServiceRow
from forum.directory.types import Location, Service
from forum.errors import NotFound


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; None leaves it wide. Ages in months, both ends included."""

    category: str | None = None
    youngest: int | None = None
    oldest: int | None = None
    districts: frozenset[str] = frozenset()
    open_at: datetime | None = None  # only what is known to be open at this moment


def all_services() -> tuple[Service, ...]:
    """Every service that is offered now."""
    rows = db.session.scalars(
        select(ServiceRow).where(ServiceRow.status == "active").order_by(ServiceRow.position, ServiceRow.id)
    )
    return tuple(map(_service, rows))


def list_services(filters: Filters) -> tuple[Service, ...]:
    """The services that pass the filters."""
    return tuple(service for service in all_services() if _passes(service, filters))


def open_ids(at: datetime) -> tuple[str, ...]:
    """Ids of the services that are known to be open at a moment. Quick: asked at every view of the list."""
    known = db.session.execute(
        select(ServiceRow.id, ServiceRow.opening_hours).where(ServiceRow.opening_hours != "")
    )
    return tuple(sorted(id_ for id_, hours in known if rules.is_open(hours, at)))


def kinds() -> frozenset[str]:
    """The categories that have a service."""
    return frozenset(db.session.scalars(select(ServiceRow.category).distinct()))


def get_service(service_id: str) -> Service:
    """One service. Raises NotFound."""
    row = db.session.get(ServiceRow, service_id)
    if row is None or row.status != "active":
        raise NotFound
    return _service(row)


def _passes(service: Service, filters: Filters) -> bool:
    return (
        filters.category in (None, service.category)
        and (filters.youngest is None or rules.overlaps(service, filters.youngest, filters.oldest))
        and rules.serves(service, filters.districts)
        and (filters.open_at is None or rules.is_open(service.opening_hours, filters.open_at) is True)
    )


def _service(row: ServiceRow) -> Service:
    placed = row.address or row.district or row.latitude is not None
    place = Location(row.address, row.district, row.latitude, row.longitude)
    return Service(
        id=row.id,
        name=row.name,
        category=row.category,
        alternate_name=row.alternate_name,
        description=row.description,
        eligibility_description=row.eligibility_description,
        minimum_age=row.minimum_age,
        maximum_age=row.maximum_age,
        status=row.status,
        schedules=row.schedules,
        opening_hours=row.opening_hours,
        fees_description=row.fees_description,
        application_process=row.application_process,
        url=row.url,
        phones=tuple(row.phones),
        locations=(place,) if placed else (),
        source_url=row.source_url,
        assured_date=row.assured_date,
        verified=row.verified,
    )
