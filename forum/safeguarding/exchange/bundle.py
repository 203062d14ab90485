"""A file of the exchange: JSON, signed. What stands in it is sealed already, or told to every reporter."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

SIGNATURE_BYTES = 64
FORMAT = 1


class BadBundle(Exception):
    """Not a file of the other machine, or damaged on the way."""


@dataclass(frozen=True)
class Bundle:
    """Things by name, and digests of things that arrived on the side that wrote this.

    `heard`: the number of the newest file that this side has read of the other one, 0 if it read none. By
    it the other side learns that its files arrive, also while there is nothing to acknowledge.
    """

    side: str
    number: int
    things: Mapping[str, Mapping[str, Any]]
    acknowledged: Mapping[str, str]
    heard: int = 0

    def signed(self, key: SigningKey) -> bytes:
        """The bytes of the file."""
        body = {
            "format": FORMAT,
            "side": self.side,
            "number": self.number,
            "things": dict(self.things),
            "acknowledged": dict(self.acknowledged),
            "heard": self.heard,
        }
        return bytes(key.sign(json.dumps(body, sort_keys=True).encode()))


def read_bundle(raw: bytes, key: VerifyKey, side: str) -> Bundle:
    """The bundle that `side` signed. Raises BadBundle; nothing of an unsigned file is looked at."""
    try:
        body = json.loads(key.verify(raw))
    except (BadSignatureError, ValueError, TypeError) as error:
        raise BadBundle("not signed by the other machine") from error
    if body.get("format") != FORMAT or body.get("side") != side:
        raise BadBundle("of another format, or of our own side")
    return Bundle(side, int(body["number"]), body["things"], body["acknowledged"], int(body.get("heard", 0)))


def digest_of(thing: Mapping[str, Any]) -> bytes:
    """32 bytes that change when the thing does."""
    return hashlib.sha256(json.dumps(thing, sort_keys=True).encode()).digest()


def packed(raw: bytes | None) -> str | None:
    """Bytes for JSON."""
    return None if raw is None else base64.b64encode(raw).decode("ascii")


def unpacked(text: str | None) -> bytes | None:
    """The bytes again."""
    return None if text is None else base64.b64decode(text)


def some(text: str) -> bytes:
    """Bytes that must be there."""
    return base64.b64decode(text)
