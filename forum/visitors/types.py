"""The anonymous hand."""

import hashlib
from dataclasses import dataclass

SECRET_BYTES = 10  # 80 bits: eight words of a list of 1,024


@dataclass(frozen=True)
class Hand:
    """One browser's secret. It proves what is its own and ties nothing together."""

    secret: bytes

    def _keyed(self, purpose: str, subject: str) -> str:
        # Keyed BLAKE2b is a MAC by itself; finding one's own threads tries thousands of them.
        message = f"{purpose}:{subject}".encode()
        return hashlib.blake2b(message, key=self.secret, digest_size=32, person=b"kosodate-hand").hexdigest()

    def tag(self, thread_id: str) -> str:
        """64 hex digits that are the same inside one thread and unrelated in the next."""
        return self._keyed("author", thread_id)

    def mark(self, kind: str, subject_id: str) -> str:
        """64 hex digits that let one hand press a button once."""
        return self._keyed(kind, subject_id)
