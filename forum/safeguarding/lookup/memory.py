"""What is held open in this process, and for whom: nothing longer than somebody is signed in.

One index serves everybody who is signed in; each search shows a worker only what is theirs. When the last
session that used it has ended (signed out, idle, revoked, here or at another process), it is let go.
Python can neither lock memory against being swapped out nor wipe it: the machine needs an encrypted swap,
and letting go means that nothing points to it any more.
"""

import threading
from collections.abc import Callable, Iterable

from forum.safeguarding.lookup.index import Index

SWEEP_EVERY = 30.0  # seconds


class Shelf:
    """The index of this process with the sessions that hold it. Use `index` inside `with shelf.lock`."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.index = Index()
        self._holders: set[bytes] = set()
        self._timer: threading.Timer | None = None

    def __repr__(self) -> str:
        return f"Shelf({len(self._holders)} sessions)"

    @property
    def holders(self) -> frozenset[bytes]:
        """The tags of the sessions that hold the index."""
        with self.lock:
            return frozenset(self._holders)

    def hold(self, session: bytes) -> None:
        """A session uses the index from now on."""
        with self.lock:
            self._holders.add(session)

    def forget(self, sessions: Iterable[bytes]) -> None:
        """These sessions are over; with the last one everything goes."""
        with self.lock:
            self._holders -= set(sessions)
            if not self._holders:
                self.index.clear()

    def sweep(self, alive: Callable[[bytes], bool]) -> None:
        """Forget every session that is over."""
        self.forget([session for session in self.holders if not alive(session)])

    def watch(self, alive: Callable[[bytes], bool], every: float = SWEEP_EVERY) -> None:
        """Sweep again and again for as long as anybody holds the index. `alive` may fail; then all goes."""
        with self.lock:
            if self._timer is not None:
                return
            self._timer = threading.Timer(every, self._swept, (alive, every))
            self._timer.daemon = True
            self._timer.start()

    def _swept(self, alive: Callable[[bytes], bool], every: float) -> None:
        try:
            self.sweep(alive)
        except Exception:  # noqa: BLE001  (who cannot ask whether a session lives must not keep it open)
            self.forget(self.holders)
        with self.lock:
            self._timer = None
            if self._holders:
                self.watch(alive, every)


SHELF = Shelf()
