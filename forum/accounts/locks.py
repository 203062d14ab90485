"""Small locked boxes for the secrets of authenticators: only the door's own secret opens them."""

import hashlib
import hmac

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from forum.errors import Refused


def _key(secret: str) -> bytes:
    return hmac.new(secret.encode(), b"accounts:code", hashlib.sha256).digest()


def lock(content: str, secret: str) -> bytes:
    """Lock a text with a key made of the door's secret."""
    return bytes(SecretBox(_key(secret)).encrypt(content.encode()))


def unlock(box: bytes, secret: str) -> str:
    """The text again. Raises Refused("sign_in") where the door's secret is another one now."""
    try:
        return SecretBox(_key(secret)).decrypt(box).decode()
    except (CryptoError, ValueError):
        raise Refused("sign_in") from None
