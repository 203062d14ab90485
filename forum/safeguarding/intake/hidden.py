"""What one page hands to the next: sealed under the door's own secret, in hidden fields of no-store pages.

Nothing of it lies in a cookie, in an address or on the server, and the page's source does not show it.
"""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from forum import clock
from forum.safeguarding.vault.words import Words

VISIT_LIFETIME = timedelta(hours=2)  # then the words are asked again


def put(purpose: str, facts: Mapping[str, Any]) -> str:
    """Seal facts for one purpose."""
    made = {"for": purpose, "at": int(clock.now().timestamp()), **facts}
    return urlsafe_b64encode(_box().encrypt(json.dumps(made, ensure_ascii=False).encode())).decode()


def take(purpose: str, text: str | None, lifetime: timedelta) -> dict[str, Any] | None:
    """The facts, or None if they are not ours, for another purpose, or too old."""
    try:
        facts: dict[str, Any] = json.loads(_box().decrypt(urlsafe_b64decode((text or "").encode())))
    except (CryptoError, ValueError):
        return None
    age = clock.now().timestamp() - facts["at"]
    return facts if facts["for"] == purpose and age <= lifetime.total_seconds() else None


def _box() -> SecretBox:
    secret = str(current_app.secret_key).encode()
    return SecretBox(hashlib.blake2b(secret, digest_size=32, person=b"intake-hidden").digest())


@dataclass(frozen=True, repr=False)
class Visit:
    """Somebody who sent a report just now, or came back with its words."""

    words: Words
    report_id: str

    def put(self) -> str:
        """For a hidden field."""
        return put("visit", {"words": self.words.secret.hex(), "report": self.report_id})

    @classmethod
    def take(cls, text: str | None) -> "Visit | None":
        """The visit in a hidden field; None if there is none, or it is over."""
        facts = take("visit", text, VISIT_LIFETIME)
        return cls(Words(bytes.fromhex(facts["words"])), facts["report"]) if facts else None
