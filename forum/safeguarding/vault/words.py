"""The reporter's 合言葉: words, and the two things made of them: a name to be found by, and a key pair.

The words themselves are never stored. argon2id makes guessing dear; two different salts inside the
derivation keep the name to be found by from telling anything about the key.
"""

import hashlib
from dataclasses import dataclass

from nacl.public import PrivateKey
from nacl.pwhash import argon2id
from nacl.utils import random

from forum.language import spoken

SECRET_BYTES = 8  # 64 bits, stretched
SALT_BYTES = argon2id.SALTBYTES
_MASTER_BYTES = 64


@dataclass(frozen=True, repr=False)
class Words:
    """The secret behind a reporter's words."""

    secret: bytes

    @property
    def spoken(self) -> tuple[str, ...]:
        """Nine words: eight for the 64 bits, one to catch mistakes."""
        return spoken.spell(self.secret)


@dataclass(frozen=True, repr=False)
class ReporterKeys:
    """What is made of the words: 16 bytes to be found by, and a key pair for what the desk answers."""

    lookup: bytes
    private: bytes
    public: bytes


def make_words(secret: bytes | None = None) -> Words:
    """New words, or those of a secret of eight bytes that was made before."""
    return Words(random(SECRET_BYTES) if secret is None else secret)


def read_words(typed: str) -> Words | None:
    """The words behind what somebody typed, small slips forgiven; None if they cannot be read."""
    secret = spoken.read_forgiving(typed, SECRET_BYTES)
    return Words(secret) if secret is not None else None


def keys_of(words: Words, salt: bytes) -> ReporterKeys:
    """Derive the keys: 64 MB and some 0.1 s, so never inside a transaction. `salt` is the vault's own."""
    master = argon2id.kdf(
        _MASTER_BYTES,
        words.secret,
        salt,
        opslimit=argon2id.OPSLIMIT_INTERACTIVE,
        memlimit=argon2id.MEMLIMIT_INTERACTIVE,
    )
    lookup = hashlib.blake2b(key=master, digest_size=16, person=b"report-lookup").digest()
    seed = hashlib.blake2b(key=master, digest_size=32, person=b"report-keypair").digest()
    private = PrivateKey.from_seed(seed)
    return ReporterKeys(lookup, bytes(private), bytes(private.public_key))
