"""Passwords: argon2id from libsodium, for signing in and for keys that only the password opens."""

import threading

from nacl import exceptions
from nacl.pwhash import argon2id
from nacl.utils import random

from forum.errors import Refused

SHORTEST = 12  # characters: a sentence in kana is long enough and can be remembered
LONGEST = 200
SALT_BYTES = argon2id.SALTBYTES
KEY_BYTES = 32
AT_ONCE = 2  # 64 MB each: however many knock at the door, the machine keeps its memory
_COMMON = (
    "password",
    "qwerty",
    "12345",
    "abcdef",
    "iloveyou",
    "kosodate",
    "パスワード",
    "ぱすわーど",
    "あいうえお",
)

_room = threading.BoundedSemaphore(AT_ONCE)


def check_new(password: str, login: str = "") -> None:
    """Raises Refused("weak_password", why=...) for a password that is short, common or like the name."""
    lowered = password.lower()
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refused("weak_password", why="length")
    if len(set(password)) < 5 or any(one in lowered for one in _COMMON):
        raise Refused("weak_password", why="common")
    if login and login.lower() in lowered:
        raise Refused("weak_password", why="name")


def hashed(password: str) -> str:
    """The password as it may be stored."""
    with _room:
        return argon2id.str(
            password.encode(), argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE
        ).decode("ascii")


# Somebody who does not exist is checked against this, so that the time tells nothing.
NOBODY = "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def fits(password: str, stored: str) -> bool:
    """True if this is the password."""
    with _room:
        try:
            return argon2id.verify(stored.encode("ascii"), password.encode()[: LONGEST * 4])
        except (exceptions.InvalidkeyError, exceptions.ValueError):
            return False


def new_salt() -> bytes:
    """16 random bytes for `key_of`."""
    return random(SALT_BYTES)


def key_of(secret: str, salt: bytes) -> bytes:
    """A key of 32 bytes that only this password (or these passwords, one after another) gives."""
    with _room:
        return argon2id.kdf(
            KEY_BYTES, secret.encode(), salt, argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE
        )
