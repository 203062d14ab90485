"""services.csv, read under the rule that the list of doors stands over it."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from forum.city.faults import Faults, known
from forum.city.tables import Row, read_table
from forum.city.types import ServiceRecord
from forum.doors import rules
from forum.doors.types import Door

COLUMNS = (
    "id", "name", "name_kana", "category", "summary", "eligibility", "age_min_months", "age_max_months",
    "district", "address", "lat", "lon", "phone", "hours", "fee", "how_to_apply", "url", "source_url",
    "as_of", "verified",
)  # fmt: skip
EXTRAS = ("door", "opening_hours")
VERIFIED = ("yes", "partial", "no")


def read_services(
    path: Path,
    categories: Collection[str],
    districts: Collection[str],
    doors: Sequence[Door],
    faults: Faults,
) -> tuple[ServiceRecord, ...]:
    """services.csv in its order, each as the public may see it.

    `doors` are whole (not yet shown): a number of a door that waits for its review is not shown here either.
    """
    by_id = {door.id: door for door in doors}
    waiting = frozenset[str]().union(
        *(rules.numbers_in(f"{door.number} {door.other_number}") for door in doors if not door.confirmed)
    )
    services: dict[str, ServiceRecord] = {}
    for row in read_table(path, COLUMNS, EXTRAS, faults):
        service = _service(row, services, categories, districts, by_id, waiting)
        services[service.id] = service
    return tuple(services.values())


def _service(
    row: Row,
    earlier: Mapping[str, ServiceRecord],
    categories: Collection[str],
    districts: Collection[str],
    doors: Mapping[str, Door],
    waiting: frozenset[str],
) -> ServiceRecord:
    verified = row.choice("verified", VERIFIED) == "yes"
    door = doors.get(row.choice("door", known(doors), empty=True))
    phone, hours, schedule = row.number("phone"), row.text("hours"), row.hours("opening_hours")
    own = verified and not waiting & rules.numbers_in(phone)
    if door is not None:
        own = verified and door.confirmed
        phone, hours, schedule = _numbers(door), door.hours_text, door.hours
    confirmed = door.confirmed if door is not None else own
    low, high = row.months("age_min_months"), row.months("age_max_months")
    if low is not None and high is not None and low > high:
        row.say(f"「age_min_months」（{low}）が「age_max_months」（{high}）より大きくなっています。")
    if verified and not row.text("source_url"):
        row.say("確認ずみ（verified が yes）なのに、出典「source_url」がありません。")
    lat, lon = row.decimal("lat", 20, 46), row.decimal("lon", 122, 154)
    if (lat is None) != (lon is None):
        row.say("「lat」と「lon」は、両方を書くか、両方を空にしてください。")
    return ServiceRecord(
        id=row.id("id", earlier),
        name=row.required("name"),
        name_kana=row.text("name_kana"),
        category=row.choice("category", categories),
        summary=row.required("summary"),
        eligibility=row.text("eligibility"),
        age_min_months=low,
        age_max_months=high,
        district=row.choice("district", districts, empty=True),
        address=row.text("address"),
        lat=lat,
        lon=lon,
        phone=phone if confirmed else "",
        hours=hours if confirmed else "",
        schedule=schedule if confirmed else None,
        fee=row.text("fee") if own else "",
        how_to_apply=row.text("how_to_apply") if own else "",
        url=row.web("url"),
        source_url=row.web("source_url"),
        as_of=row.about("as_of"),
        confirmed=confirmed,
        door_id=door.id if door else "",
    )


def _numbers(door: Door) -> str:
    return " / ".join(number for number in (door.number, door.other_number) if number)
