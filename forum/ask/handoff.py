"""The memo for the counter: one page without a name, opened once by a code, gone afterwards.

The text is locked with a key made of the code (libsodium's secretbox); the database holds neither
the code nor anything that opens it.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from sqlalchemy import delete, select

from forum import clock
from forum.ask.models import MemoRow
from forum.db import db
from forum.errors import NotFound
from forum.ids import ALPHABET
from forum.language.normalise import normalise

CODE_GROUPS, GROUP_LENGTH = 3, 4  # 60 bits
PADDED = 4_096  # bytes: a box tells nothing about the length of what is in it


@dataclass(frozen=True)
class Memo:
    """What the counter sees: the same lines that the writer saw, and the day it was made."""

    lines: tuple[str, ...]
    made_on: str  # ISO date


def code_for(ticket: str, secret: str) -> str:
    """A code to be read aloud, such as k4m2-9xtp-w0c7.

    Made of the form's ticket, so that the same form sent twice shows the same code and nothing that
    could lead back to it has to be stored.
    """
    digest = hmac.new(secret.encode(), f"memo-code:{ticket}".encode(), hashlib.sha256).digest()
    letters = [ALPHABET[byte % len(ALPHABET)] for byte in digest[: CODE_GROUPS * GROUP_LENGTH]]
    return "-".join("".join(letters[i : i + GROUP_LENGTH]) for i in range(0, len(letters), GROUP_LENGTH))


def _plain(code: str) -> str:
    """The code as typed at a counter: any width and case, with or without hyphens; o, i, l are digits."""
    kept = "".join(c for c in normalise(code) if c.isascii() and c.isalnum())
    return kept.translate(str.maketrans("oil", "011"))


def _lookup(code: str) -> str:
    return hashlib.blake2b(_plain(code).encode(), digest_size=32, person=b"memo-lookup").hexdigest()


def _box(code: str) -> SecretBox:
    return SecretBox(hashlib.blake2b(_plain(code).encode(), digest_size=32, person=b"memo-key").digest())


def keep(lines: Sequence[str], lifetime: timedelta, code: str) -> datetime:
    """Lock the lines away under `code`; returns when they will be erased. Needs an open transaction."""
    expires = clock.now() + lifetime
    present = db.session.scalar(select(MemoRow).where(MemoRow.lookup == _lookup(code)))
    if present is not None:
        return present.expires_at
    text = json.dumps({"lines": list(lines), "made_on": clock.today().isoformat()}, ensure_ascii=False)
    padded = text.encode().ljust(-(-len(text.encode()) // PADDED) * PADDED)
    db.session.add(MemoRow(lookup=_lookup(code), box=bytes(_box(code).encrypt(padded)), expires_at=expires))
    return expires


def take(code: str) -> Memo:
    """Open a memo and erase it: a code works once. Needs an open transaction.

    Raises NotFound for a code that is wrong, used or too old.
    """
    row = db.session.scalar(select(MemoRow).where(MemoRow.lookup == _lookup(code)).with_for_update())
    if row is None or not row.box or row.expires_at <= clock.now():
        raise NotFound
    try:
        opened = json.loads(_box(code).decrypt(row.box).decode())
    except CryptoError:
        raise NotFound from None
    row.box = b""  # the lookup stays until its day, so that the form sent again does not revive it
    return Memo(tuple(opened["lines"]), opened["made_on"])


def expire() -> None:
    """Erase memos whose time is over. Needs an open transaction."""
    db.session.execute(delete(MemoRow).where(MemoRow.expires_at <= clock.now()))
