"""A city's record of a service under HSDS names; pure."""

from forum.city.types import ServiceRecord
from forum.directory.types import Location, Service


def service_of(record: ServiceRecord) -> Service:
    """The service as the pack shows it; the pack left out what is not confirmed."""
    placed = record.address or record.district or record.lat is not None
    place = Location(record.address, record.district, record.lat, record.lon)
    return Service(
        id=record.id,
        name=record.name,
        category=record.category,
        alternate_name=record.name_kana,
        description=record.summary,
        eligibility_description=record.eligibility,
        minimum_age=record.age_min_months,
        maximum_age=record.age_max_months,
        schedules=record.hours,
        opening_hours=record.schedule.text if record.schedule else "",
        fees_description=record.fee,
        application_process=record.how_to_apply,
        url=record.url,
        phones=tuple(number.strip() for number in record.phone.split("/") if number.strip()),
        locations=(place,) if placed else (),
        source_url=record.source_url,
        assured_date=record.as_of,
        verified=record.confirmed,
    )
