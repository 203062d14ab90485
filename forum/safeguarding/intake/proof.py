"""Proof of acceptance: a signed slip with time, office and a hash. It tells nothing of what was sent.

It exists only once somebody with the words asks for it. Pure: key, time and facts are arguments.

    receipt-v1
    office: NAME
    received: 2026-11-23            (or 2026-11-23 21:04 +09:00)
    sha256: HASH OF THE SEALED BODY, 64 hexadecimal digits
    signature: Ed25519 over the four lines above, joined by line feeds, in base64
"""

import base64
import binascii
import unicodedata
from datetime import datetime

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from forum.clock import local

HEAD = "receipt-v1"
_FIELDS = ("office", "received", "sha256", "signature")
_SPKI = bytes.fromhex("302a300506032b6570032100")  # RFC 8410: what stands before an Ed25519 key in a .pem


def make(seed: bytes, office: str, received_at: datetime, digest: bytes, *, to_the_minute: bool) -> str:
    """The slip as text. `seed`: 32 bytes of the vault; `digest`: SHA-256 of the sealed body."""
    there = local(received_at)
    when = f"{there:%Y-%m-%d %H:%M} +09:00" if to_the_minute else f"{there:%Y-%m-%d}"
    body = "\n".join((HEAD, f"office: {office}", f"received: {when}", f"sha256: {digest.hex()}"))
    signature = SigningKey(seed).sign(body.encode()).signature
    return f"{body}\nsignature: {base64.b64encode(signature).decode()}"


def is_ours(text: str, public: bytes) -> bool:
    """True if this key signed the slip and nothing of it was changed. Spaces around lines do not count."""
    lines = [line.strip() for line in unicodedata.normalize("NFC", text).splitlines() if line.strip()]
    if len(lines) != len(_FIELDS) + 1 or lines[0] != HEAD:
        return False
    if any(not line.startswith(f"{name}: ") for name, line in zip(_FIELDS, lines[1:], strict=True)):
        return False
    try:
        signature = base64.b64decode(lines[-1].removeprefix("signature: "), validate=True)
        VerifyKey(public).verify("\n".join(lines[:-1]).encode(), signature)
    except (BadSignatureError, binascii.Error, ValueError):
        return False
    return True


def public_key(seed: bytes) -> bytes:
    """The half with which anybody checks a slip: 32 bytes."""
    return bytes(SigningKey(seed).verify_key)


def pem(public: bytes) -> str:
    """The public key as other programs read it."""
    text = base64.b64encode(_SPKI + public).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----"
