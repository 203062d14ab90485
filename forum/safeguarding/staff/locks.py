"""Small locked boxes for keys: whoever has the 32 bytes opens them."""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from forum.sealing.envelope import Unopenable

KEY_BYTES = 32


def lock(content: bytes, key: bytes) -> bytes:
    """Lock bytes with a key of 32 bytes."""
    return bytes(SecretBox(key).encrypt(content))


def unlock(box: bytes, key: bytes) -> bytes:
    """The bytes again. Raises Unopenable."""
    try:
        return SecretBox(key).decrypt(box)
    except (CryptoError, ValueError) as error:
        raise Unopenable("another key") from error


def keys_to_bytes(keys: Mapping[str, bytes]) -> bytes:
    """Several keys by id."""
    return json.dumps({name: b64encode(key).decode() for name, key in keys.items()}).encode()


def keys_from_bytes(raw: bytes) -> dict[str, bytes]:
    """The keys again."""
    return {name: b64decode(key) for name, key in json.loads(raw).items()}


def link_key(token: str) -> bytes:
    """32 bytes that only a link's secret gives."""
    return hashlib.blake2b(token.encode(), digest_size=KEY_BYTES, person=b"invitation").digest()
