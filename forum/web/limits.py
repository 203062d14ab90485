"""Rate limits without keeping addresses.

What is counted is a keyed hash; the key changes every day and is derived, never written down. The
counters live in memory, or in the shared store that the settings name.
"""

import hashlib
import hmac
from typing import cast

from flask import Flask, current_app, request
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from forum import clock
from forum.errors import Refused
from forum.web.forms import settings


def install(app: Flask, storage: str) -> None:
    """Give the app its counters."""
    app.extensions["limits"] = MovingWindowRateLimiter(storage_from_string(storage))


def _hashed(value: str) -> str:
    key = f"{settings().secret_key}|{clock.today().isoformat()}".encode()
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()[:32]


def spend(purpose: str, limit: str, who: str | None = None) -> None:
    """Count one use of `purpose` by `who` (default: the address of the request).

    Raises Refused("too_many", seconds=...) when the limit, such as "6 per 10 minutes", is reached.
    """
    limiter = cast(MovingWindowRateLimiter, current_app.extensions["limits"])
    item = parse(limit)
    identifiers = (purpose, _hashed(who or request.remote_addr or ""))
    if not limiter.hit(item, *identifiers):
        reset = limiter.get_window_stats(item, *identifiers).reset_time
        raise Refused("too_many", seconds=max(1, int(reset - clock.now().timestamp())))
