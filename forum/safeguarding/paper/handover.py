"""A case for another office: everything that may leave, in one box that only they can open.

The box is a libsodium sealed box (X25519, XSalsa20-Poly1305) around a tar of case.json and the papers as
PDF. The other office makes a key pair (`flask handover key`), tells its public half, and reads out the
eight letters of `tally` at the telephone; with the private half it opens the box (`flask handover open`).
"""

import io
import json
import tarfile
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from forum import clock
from forum.errors import Refused
from forum.safeguarding.cases.papers import PapersView

CASE = "case.json"
KEY_BYTES = 32
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that sounds or looks like another


def public_key(typed: str) -> bytes:
    """A public key as it was typed or pasted. Raises Refused("no_key")."""
    try:
        key = b64decode("".join(typed.split()), validate=True)
    except (NotBase64, ValueError):
        raise Refused("no_key") from None
    if len(key) != KEY_BYTES:
        raise Refused("no_key")
    return key


def tally(key: bytes) -> str:
    """Eight letters by which two people at the telephone know that they hold the same key."""
    digest = int.from_bytes(blake2b(key, digest_size=5, person=b"handover-key").digest(), "big")
    return "".join(_LETTERS[(digest >> (5 * place)) & 31] for place in range(8))


def sealed(view: PapersView, papers: Mapping[str, bytes], key: bytes) -> bytes:
    """The box: case.json and the papers (PDF by file name), for whoever holds the other half of `key`."""
    raw = json.dumps({"version": 1, "case": plain(view)}, ensure_ascii=False, indent=1).encode()
    try:
        return SealedBox(PublicKey(key)).encrypt(_packed({CASE: raw, **papers}))
    except CryptoError:  # a point that is no key
        raise Refused("no_key") from None


def opened(private: bytes, box: bytes) -> dict[str, bytes]:
    """What stands in a box, by file name. Raises Refused("not_for_this_key")."""
    try:
        packed = SealedBox(PrivateKey(private)).decrypt(box)
    except (CryptoError, ValueError):
        raise Refused("not_for_this_key") from None
    found = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        for member in tar.getmembers():
            file = tar.extractfile(member)
            if file is not None:
                found[member.name.rsplit("/", 1)[-1]] = file.read()
    return found


def plain(value: Any) -> Any:
    """Values as JSON knows them; of a moment only its day leaves."""
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, datetime):
        return clock.local(value).date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list | frozenset):
        return [plain(one) for one in value]
    return value


def _packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, raw in files.items():
            member = tarfile.TarInfo(name)  # its time is 0: a file's hour would tell when it was made
            member.size = len(raw)
            tar.addfile(member, io.BytesIO(raw))
    return out.getvalue()
