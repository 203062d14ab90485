"""A data key per box, the content sealed with it, the data key sealed to the desk's public key.

XChaCha20-Poly1305 for contents, with the context as associated data, and X25519 sealed boxes for data
keys; both from libsodium. Contents are padded, so that their size tells little.
"""

import struct
from dataclasses import dataclass

from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox
from nacl.utils import random

KEY_BYTES = 32
NONCE_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
# One line and a long report look alike; a photo tells its size to within 64 KiB.
TEXT_BLOCK = 8 * 1024
FILE_BLOCK = 64 * 1024
_FORMAT = 1


class Unopenable(Exception):
    """The box is damaged, or was sealed for another key or another place."""


@dataclass(frozen=True)
class DeskKey:
    """The public half of the desk's key; `id` says which one, so that it can be changed."""

    id: str
    public: bytes

    def __post_init__(self) -> None:
        if len(self.public) != KEY_BYTES:
            raise ValueError("a desk key has 32 bytes")


@dataclass(frozen=True, repr=False)
class DataKey:
    """The key of one box. Never stored as it is."""

    secret: bytes

    @classmethod
    def fresh(cls) -> "DataKey":
        """A new random key."""
        return cls(random(KEY_BYTES))

    def seal(self, content: bytes, context: str, block: int = TEXT_BLOCK) -> bytes:
        """Seal content for one place, named by `context`; it opens nowhere else."""
        nonce = random(NONCE_BYTES)
        padded = bindings.sodium_pad(content, block)
        sealed = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(
            padded, context.encode(), nonce, self.secret
        )
        return struct.pack(">BI", _FORMAT, block) + nonce + sealed

    def open(self, sealed: bytes, context: str) -> bytes:
        """The content. Raises Unopenable."""
        try:
            version, block = struct.unpack_from(">BI", sealed)
            if version != _FORMAT:
                raise Unopenable("unknown format")
            nonce, body = sealed[5 : 5 + NONCE_BYTES], sealed[5 + NONCE_BYTES :]
            padded = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
                body, context.encode(), nonce, self.secret
            )
            return bindings.sodium_unpad(padded, block)
        except (CryptoError, struct.error, ValueError) as error:
            raise Unopenable("damaged, or sealed for another place") from error

    def wrap(self, public: bytes) -> bytes:
        """This key, sealed to a public key (the desk's, or that of a reporter's words)."""
        return SealedBox(PublicKey(public)).encrypt(self.secret)


@dataclass(frozen=True)
class Box:
    """Content sealed to the desk: which key opens it, its data key wrapped, its body."""

    key_id: str
    wrapped_key: bytes
    body: bytes

    def to_bytes(self) -> bytes:
        """One string of bytes for a queue or a file."""
        name = self.key_id.encode("ascii")
        head = struct.pack(">BBH", _FORMAT, len(name), len(self.wrapped_key))
        return head + name + self.wrapped_key + self.body

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Box":
        """The box in these bytes. Raises Unopenable."""
        try:
            version, name_bytes, key_bytes = struct.unpack_from(">BBH", raw)
            name = raw[4 : 4 + name_bytes].decode("ascii")
        except (struct.error, UnicodeDecodeError) as error:
            raise Unopenable("not a box") from error
        wrapped = raw[4 + name_bytes : 4 + name_bytes + key_bytes]
        body = raw[4 + name_bytes + key_bytes :]
        if version != _FORMAT or len(wrapped) != key_bytes or not body:
            raise Unopenable("not a box")
        return cls(name, wrapped, body)


def seal(content: bytes, desk: DeskKey, context: str) -> Box:
    """Seal content to the desk under a data key of its own."""
    key = DataKey.fresh()
    return Box(desk.id, key.wrap(desk.public), key.seal(content, context))
