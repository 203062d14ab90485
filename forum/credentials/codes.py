"""One-time codes of an authenticator (RFC 6238), recovery codes, and tags under which secrets are found."""

import hashlib
import secrets
import unicodedata
from datetime import datetime

import pyotp
import segno

STEP_SECONDS = 30
DRIFT = 1  # steps: telephones are seldom half a minute wrong
RECOVERY_CODES = 8
RECOVERY_LETTERS = 16  # 78 bits: cannot be found from its tag by trying
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is read as something else


def new_secret() -> str:
    """A secret for an authenticator, base32."""
    return pyotp.random_base32()


def uri(secret: str, name: str, issuer: str) -> str:
    """What the QR code holds."""
    return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(name=name, issuer_name=issuer)


def qr(text: str) -> str:
    """An inline picture without any style of its own."""
    return segno.make(text, error="m").svg_inline(
        scale=4, border=4, dark="#000", light="#fff", omitsize=False
    )


def step_of(secret: str, code: str, last_step: int, at: datetime) -> int | None:
    """The time step to which the code belongs, None if it is wrong or was used already.

    Raises ValueError for what is no secret. Whoever accepts the code keeps the step as the next `last_step`.
    """
    digits = "".join(unicodedata.normalize("NFKC", code).split())
    if not (digits.isascii() and digits.isdigit()):
        return None
    now = int(at.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > last_step and secrets.compare_digest(totp.at(step * STEP_SECONDS), digits):
            return step
    return None


def new_recovery() -> tuple[str, ...]:
    """Codes that each stand in for the authenticator once, in groups of four letters."""
    made = ["".join(secrets.choice(_LETTERS) for _ in range(RECOVERY_LETTERS)) for _ in range(RECOVERY_CODES)]
    return tuple("-".join(one[i : i + 4] for i in range(0, RECOVERY_LETTERS, 4)) for one in made)


def recovery_tag(staff_id: int, typed: str) -> bytes:
    """What is stored of one person's recovery code, however it was typed."""
    text = unicodedata.normalize("NFKC", typed).lower()
    return tag_of(f"{staff_id}:{''.join(letter for letter in text if letter in _LETTERS)}")


def tag_of(secret: str) -> bytes:
    """32 bytes by which a random secret is found again without being stored."""
    return hashlib.sha256(secret.encode()).digest()


def new_token() -> str:
    """A secret of 256 bits for a cookie or a link. In hexadecimal no address contains a word by chance."""
    return secrets.token_hex(32)
