"""The list of services to take along: JSON and CSV under HSDS 3 names; pure.

Ages are given in months, which the field `age_unit` says (HSDS counts years and would round a
baby's age away).
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from forum.directory.types import Service
from forum.web import spreadsheets

COLUMNS = (
    "id", "name", "alternate_name", "category", "description", "eligibility_description", "minimum_age",
    "maximum_age", "age_unit", "status", "schedules", "opening_hours", "fees_description",
    "application_process", "phones", "address", "district", "latitude", "longitude",
    "url", "source_url", "assured_date", "verified",
)  # fmt: skip


def as_json(services: Iterable[Service], publisher: str, licence: str, day: date) -> str:
    """All services with who gives them out, under which licence, and the day."""
    content = {
        "publisher": publisher,
        "licence": licence,
        "date": day.isoformat(),
        "schema": "HSDS 3 field names",
        "services": [_record(service) for service in services],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def as_csv(services: Iterable[Service]) -> str:
    """All services as a table: byte order mark, CRLF line ends, no cell that a spreadsheet would run."""
    return spreadsheets.as_csv(COLUMNS, ([row[name] for name in COLUMNS] for row in map(_row, services)))


def _record(service: Service) -> dict[str, Any]:
    return {
        "id": service.id,
        "name": service.name,
        "alternate_name": service.alternate_name or None,
        "category": service.category,
        "description": service.description,
        "eligibility_description": service.eligibility_description or None,
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "age_unit": "months",
        "status": service.status,
        "schedules": [
            {"description": service.schedules or None, "opening_hours": service.opening_hours or None}
        ]
        if service.schedules or service.opening_hours
        else [],
        "fees_description": service.fees_description or None,
        "application_process": service.application_process or None,
        "phones": [{"number": number} for number in service.phones],
        "locations": [
            {
                "address": place.address or None,
                "district": place.district or None,
                "latitude": place.latitude,
                "longitude": place.longitude,
            }
            for place in service.locations
        ],
        "url": service.url or None,
        "source_url": service.source_url or None,
        "assured_date": service.assured_date or None,
        "verified": service.verified,
    }


def _row(service: Service) -> Mapping[str, object]:
    record = _record(service)
    place = record["locations"][0] if record["locations"] else {}
    return {
        **record,
        **{name: place.get(name) for name in ("address", "district", "latitude", "longitude")},
        "schedules": service.schedules,
        "opening_hours": service.opening_hours,
        "phones": " / ".join(service.phones),
        "verified": "yes" if service.verified else "no",
    }
