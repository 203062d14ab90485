"""How the words of a row go into its box and come out. Touches no database."""

import json
from collections.abc import Mapping
from typing import Any, Protocol

from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import Box, DataKey, DeskKey, seal

BLOCK = 512  # most rows are short; padding them to 8 KiB would make a search over all cases slow


class Sealed(Protocol):
    """A row that holds a box in three columns."""

    key_id: Any
    wrapped_key: Any
    body: Any


def place(case_id: str, table: str, row_id: str) -> str:
    """The context of a row of a case: it opens in no other."""
    return f"case:{case_id}:{table}:{row_id}"


def sealed(desk: DeskKey, case_id: str, table: str, row_id: str, words: Mapping[str, str]) -> dict[str, Any]:
    """Words as the three columns of a row, sealed to the desk. Long texts are padded to whole blocks."""
    raw = json.dumps(dict(words), ensure_ascii=False).encode()
    context = place(case_id, table, row_id)
    if len(raw) > BLOCK:
        box = seal(raw, desk, context)
    else:
        key = DataKey.fresh()
        box = Box(desk.id, key.wrap(desk.public), key.seal(raw, context, BLOCK))
    return {"key_id": box.key_id, "wrapped_key": box.wrapped_key, "body": box.body}


def opened(ring: KeyRing, row: Sealed, case_id: str, table: str, row_id: str) -> dict[str, str]:
    """The words of a row. Raises Unopenable."""
    raw = ring.open(Box(row.key_id, row.wrapped_key, row.body), place(case_id, table, row_id))
    words: dict[str, str] = json.loads(raw)
    return words
