"""How values of this room and the next go into boxes and come out. Touches no database."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from forum.safeguarding.cases.boxes import Sealed
from forum.safeguarding.screening.types import (
    Assessment,
    Authority,
    Codes,
    Combination,
    Item,
    Record,
    Sheet,
)
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import TEXT_BLOCK, Box, DataKey, DeskKey


def seal(desk: DeskKey, context: str, value: Mapping[str, Any], block: int = TEXT_BLOCK) -> Box:
    """Seal a value as JSON for one place. Dates become texts."""
    key = DataKey.fresh()
    raw = json.dumps(value, ensure_ascii=False, default=_text).encode()
    return Box(desk.id, key.wrap(desk.public), key.seal(raw, context, block))


def opened(ring: KeyRing, row: Sealed, context: str) -> dict[str, Any]:
    """The value of a row. Raises Unopenable."""
    box = Box(row.key_id, row.wrapped_key, row.body)
    read: dict[str, Any] = json.loads(ring.open(box, context))
    return read


def columns(box: Box) -> dict[str, Any]:
    """A box as the three columns of a row."""
    return {"key_id": box.key_id, "wrapped_key": box.wrapped_key, "body": box.body}


def _text(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def read_day(text: str | None) -> date | None:
    """A date as `seal` wrote it."""
    return date.fromisoformat(text) if text else None


def read_assessment(read: Mapping[str, Any], row_id: str, case_id: str) -> Assessment:
    """The assessment in an opened box."""
    sheet = read["sheet"]
    return Assessment(
        id=row_id,
        case_id=case_id,
        at=datetime.fromisoformat(read["at"]),
        staff=read["staff"],
        sheet=Sheet(
            **{
                **sheet,
                "groups": tuple((one, name) for one, name in sheet["groups"]),
                "items": tuple(Item(**one) for one in sheet["items"]),
                "combinations": tuple(
                    Combination(**{**one, "items": tuple(one["items"])}) for one in sheet["combinations"]
                ),
            }
        ),
        answers=read["answers"],
        note=read["note"],
    )


def read_record(read: Mapping[str, Any], row_id: str) -> Record:
    """The decision in an opened box."""
    return Record(
        **{
            **read,
            "id": row_id,
            "at": datetime.fromisoformat(read["at"]),
            "authority": Authority(**read["authority"]),
        }
    )


def codes_values(codes: Codes) -> dict[str, Any]:
    """What a summary holds, without what is empty."""
    return {name: value for name, value in asdict(codes).items() if value}


def read_codes(read: Mapping[str, Any]) -> Codes:
    """The summary in an opened box."""
    days = {name: read_day(read.get(name)) for name in ("accepted_on", "decided_on", "check_on")}
    return Codes(**{**read, **days})
