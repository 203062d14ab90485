"""Changes to the list of services. Call inside `writing()`."""

from typing import Any

from sqlalchemy import select

from forum.city.pack import CityPack
from forum.db import db
from forum.directory.models import ServiceRow
from forum.directory.records import service_of
from forum.directory.types import Location, Service


def load(pack: CityPack) -> int:
    """Bring the table to what the pack says; returns how many rows changed, came or went.

    Repeating it changes nothing.
    """
    rows = {row.id: row for row in db.session.scalars(select(ServiceRow))}
    changed = 0
    for position, record in enumerate(pack.services):
        values = _values(service_of(record), position)
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


def _values(service: Service, position: int) -> dict[str, Any]:
    """A service under the names of the table's columns."""
    place = service.locations[0] if service.locations else Location()
    values = {name: value for name, value in vars(service).items() if name != "locations"}
    return {**values, **vars(place), "phones": list(service.phones), "position": position}
