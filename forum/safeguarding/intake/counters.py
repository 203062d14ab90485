"""Counts of the last minutes, in this process's memory only: nothing about a source is ever stored.

A source is a hash under a key that is drawn at random, lives in memory, and is thrown away every day.
"""

import hashlib
import hmac
import ipaddress
import secrets
from collections import deque
from datetime import date, datetime, timedelta
from threading import Lock
from typing import cast

from flask import Flask, current_app, request

from forum import clock
from forum.safeguarding.intake import rules

# Memory stays bounded under any flood: the oldest are forgotten first, and beyond these numbers
# a count says no more than "very many".
SOURCES_MAX = 20_000
TIMES_MAX = 1_000


class Counter:
    """How often something happened within a window, by source and from everywhere."""

    def __init__(self, window: timedelta) -> None:
        self.window = window
        self._times: dict[bytes, deque[datetime]] = {}
        self._all: deque[datetime] = deque(maxlen=TIMES_MAX)
        self._key, self._day = b"", date.min
        self._lock = Lock()

    def add(self, address: str) -> int:
        """Count one more; how many came from there before it, within the window."""
        with self._lock:
            source, moment = self._source(address), clock.now()
            times = self._times.pop(source, deque(maxlen=TIMES_MAX))
            self._forget(times)
            before = len(times)
            times.append(moment)
            self._times[source] = times  # the newest stands last
            self._all.append(moment)
            while len(self._times) > SOURCES_MAX:
                self._times.pop(next(iter(self._times)))
            return before

    def of(self, address: str) -> tuple[int, datetime | None]:
        """How many came from there within the window, and when the last."""
        with self._lock:
            times = self._times.get(self._source(address), deque())
            self._forget(times)
            return len(times), times[-1] if times else None

    def everywhere(self) -> int:
        """How many came within the window, from all sources."""
        with self._lock:
            self._forget(self._all)
            return len(self._all)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._times.clear()
            self._all.clear()

    def _forget(self, times: deque[datetime]) -> None:
        limit = clock.now() - self.window
        while times and times[0] <= limit:
            times.popleft()

    def _source(self, address: str) -> bytes:
        if clock.today() != self._day:
            self._key, self._day = secrets.token_bytes(32), clock.today()
            self._times.clear()
        return hmac.digest(self._key, _network(address).encode(), hashlib.sha256)


def _network(address: str) -> str:
    """A household's whole IPv6 network counts as one source, as it does with IPv4."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6:
        return str(ipaddress.ip_network((int(found), 64), strict=False).network_address)
    return str(found)


class Counters:
    """What one letterbox counts: letters, and words that found nothing."""

    def __init__(self) -> None:
        self.letters = Counter(rules.BURST_WINDOW)
        self.misses = Counter(rules.MISSES_WINDOW)

    def clear(self) -> None:
        """Forget everything."""
        self.letters.clear()
        self.misses.clear()


def install(app: Flask) -> None:
    """Give the app its counters."""
    app.extensions["counters"] = Counters()


def here() -> Counters:
    """The counters of the running door."""
    return cast(Counters, current_app.extensions["counters"])


def arrived() -> int:
    """Count one letter from the address of this request; how far it stands behind others."""
    return rules.burst_rank(here().letters.add(request.remote_addr or ""))
