"""Changes to the list of services. Call inside `writing()`."""

from typing import Any

from sqlalchemy import select

from forum.city.pack import CityPack
from forum.city.types import ServiceRecord
from forum.db import db
from forum.directory.models import ServiceRow


def load(pack: CityPack) -> int:
    """Bring the table to what the pack says; returns how many rows changed, came or went.

    Repeating it changes nothing.
    """
    rows = {row.id: row for row in db.session.scalars(select(ServiceRow))}
    changed = 0
    for position, record in enumerate(pack.services):
        values = _values(record, position)
        row = rows.pop(record.id, None)
        if row is None:
            db.session.add(ServiceRow(**values))
            changed += 1
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed += 1
    for row in rows.values():
        db.session.delete(row)
    db.session.flush()
    return changed + len(rows)


def _values(record: ServiceRecord, position: int) -> dict[str, Any]:
    """A record of the pack under the names of the table. The pack left out what is not confirmed."""
    return {
        "id": record.id,
        "position": position,
        "name": record.name,
        "alternate_name": record.name_kana,
        "category": record.category,
        "description": record.summary,
        "eligibility_description": record.eligibility,
        "minimum_age": record.age_min_months,
        "maximum_age": record.age_max_months,
        "status": "active",
        "schedules": record.hours,
        "opening_hours": record.schedule.text if record.schedule else "",
        "fees_description": record.fee,
        "application_process": record.how_to_apply,
        "url": record.url,
        "phones": [number.strip() for number in record.phone.split("/") if number.strip()],
        "address": record.address,
        "district": record.district,
        "latitude": record.lat,
        "longitude": record.lon,
        "source_url": record.source_url,
        "assured_date": record.as_of,
        "verified": record.confirmed,
    }
