"""The hidden ticket of a form: the same form sent twice counts once, and machines are too fast."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from forum import clock


@dataclass(frozen=True)
class Ticket:
    """A ticket that this app signed: a random key and when its form was made."""

    key: str
    issued_at: datetime

    def age(self) -> timedelta:
        return clock.now() - self.issued_at


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="form-ticket")


def issue() -> str:
    """A fresh ticket, signed, not bound to any visitor."""
    return str(_signer().dumps([secrets.token_hex(16), int(clock.now().timestamp())]))


def read(text: str | None, lifetime: timedelta) -> Ticket | None:
    """The ticket, or None if it is not ours or older than `lifetime`."""
    try:
        key, issued = _signer().loads(text or "")
        ticket = Ticket(str(key), datetime.fromtimestamp(int(issued), UTC))
    except (BadSignature, ValueError, TypeError):
        return None
    return ticket if ticket.age() <= lifetime else None
