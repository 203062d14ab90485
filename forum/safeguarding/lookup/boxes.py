"""A summary as bytes, sealed to the desk in blocks of one size, and back. Touches no database."""

import json
from dataclasses import asdict
from typing import Any

from forum.safeguarding.lookup.types import Age, Name, Part, Place, Sign, Summary
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import Box, DataKey, DeskKey

BLOCK = 2048  # most summaries fit into one; blocks of a report would make opening all of them slow
_LISTS = ("schools", "phones")
_KINDS: dict[str, Any] = {"names": Name, "places": Place, "ages": Age, "signs": Sign, "hours": Sign}


def place(case_id: str) -> str:
    """The context of a summary: it opens for no other case."""
    return f"case:{case_id}:summary"


def sealed(summary: Summary, desk: DeskKey) -> Box:
    """A summary, sealed to the desk."""
    key = DataKey.fresh()
    raw = json.dumps([_plain(part) for part in summary.parts], ensure_ascii=False).encode()
    return Box(desk.id, key.wrap(desk.public), key.seal(raw, place(summary.case_id), BLOCK))


def opened(ring: KeyRing, box: Box, case_id: str, version: int) -> Summary:
    """The summary of a box. Raises Unopenable."""
    return Summary(case_id, version, tuple(_part(one) for one in json.loads(ring.open(box, place(case_id)))))


def _plain(part: Part) -> dict[str, Any]:
    """What is known of a part; what is not, is left out."""
    found = {name: value for name, value in asdict(part).items() if value}
    for kind in _KINDS:
        if kind in found:
            found[kind] = [{k: v for k, v in one.items() if v} for one in found[kind]]
    return found


def _part(read: dict[str, Any]) -> Part:
    for name in read:
        if name in _KINDS:
            read[name] = tuple(_value(_KINDS[name], one) for one in read[name])
        elif name in _LISTS:
            read[name] = tuple(read[name])
    return Part(**read)


def _value(kind: Any, read: dict[str, Any]) -> Any:
    return kind(**{name: tuple(one) if isinstance(one, list) else one for name, one in read.items()})
