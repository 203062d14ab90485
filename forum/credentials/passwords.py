"""Passwords: argon2id from libsodium, for signing in and for keys that only the password opens."""

import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from nacl import exceptions
from nacl.pwhash import argon2id
from nacl.utils import random

from forum.errors import Refused

SHORTEST = 12  # characters of a password in Latin letters
SHORTEST_JAPANESE = 8  # kana and kanji carry more each; a short sentence can be remembered
LONGEST = 200
DIFFERENT = 5  # characters that must differ
SALT_BYTES = argon2id.SALTBYTES
KEY_BYTES = 32
AT_ONCE = 2  # 64 MB each: however many knock at the door, the machine keeps its memory
PATIENCE = 10.0  # seconds that one waits for room; then the door says to come again
_COMMON = Path(__file__).with_name("common.txt")

_room = threading.BoundedSemaphore(AT_ONCE)


def tidy(password: str) -> str:
    """The password as it is hashed: half width or full width, composed or not, it is the same one."""
    return unicodedata.normalize("NFKC", password)


def check_new(password: str, *about: str) -> None:
    """Raises Refused("weak_password", why="length"|"common"|"name") for what is quickly guessed.

    `about`: words that stand for the person, such as the name they sign in with.
    """
    text = tidy(password)
    japanese = sum(not letter.isascii() for letter in text) * 2 > len(text)
    if not (SHORTEST_JAPANESE if japanese else SHORTEST) <= len(text) <= LONGEST:
        raise Refused("weak_password", why="length")
    lowered = text.casefold()
    if len(set(lowered)) < DIFFERENT or any(one in lowered for one in common()):
        raise Refused("weak_password", why="common")
    if any(len(one) > 2 and tidy(one).casefold() in lowered for one in about):
        raise Refused("weak_password", why="name")


@cache
def common() -> Sequence[str]:
    """What is tried first by everybody who guesses; no password contains one of them."""
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def hashed(password: str) -> str:
    """The password as it may be stored. Some 0.1 s and 64 MB: never inside a transaction."""
    with _some_room():
        return argon2id.str(
            tidy(password).encode(), argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE
        ).decode("ascii")


# Somebody who does not exist is checked against this, so that the time tells nothing.
NOBODY = "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def fits(password: str, stored: str) -> bool:
    """True if this is the password. Costs what `hashed` costs. Raises Refused("busy")."""
    if len(password) > LONGEST:
        return False
    with _some_room():
        try:
            return argon2id.verify(stored.encode("ascii"), tidy(password).encode())
        except (exceptions.InvalidkeyError, exceptions.ValueError):
            return False


def new_salt() -> bytes:
    """16 random bytes for `key_of`."""
    return random(SALT_BYTES)


def key_of(salt: bytes, *secrets: str) -> bytes:
    """A key of 32 bytes that only this password gives, or these two together. Costs what `hashed` costs."""
    told = "".join(f"{len(tidy(one))}:{tidy(one)}" for one in secrets)
    with _some_room():
        return argon2id.kdf(
            KEY_BYTES, told.encode(), salt, argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE
        )


@contextmanager
def _some_room() -> Iterator[None]:
    if not _room.acquire(timeout=PATIENCE):
        raise Refused("busy")
    try:
        yield
    finally:
        _room.release()
