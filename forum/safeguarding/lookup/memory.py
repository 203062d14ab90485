"""What is held open in this process, and for whom: nothing longer than somebody is signed in.

One index serves everybody who is signed in; each search shows a worker only what is theirs. When the last
session that used it has ended (signed out, idle, revoked, here or at another process), it is let go.
Python can neither lock memory against being swapped out nor wipe it: the machine needs an encrypted swap,
and letting go means that nothing points to it any more.
"""

import threading
from collections.abc import Callable, Iterable
from typing import NoReturn

from forum.safeguarding.lookup.index import Index

SWEEP_EVERY = 30.0  # seconds
Holder = tuple[int, str]  # a member of staff and the public id of one of their sessions


class Shelf:
    """The index of this process with the sessions that hold it. Use `index` inside `with shelf.lock`.

    `alive` says whether a session still stands; while anybody holds the index, it is asked every while.
    """

    def __init__(self, alive: Callable[[Holder], bool], every: float = SWEEP_EVERY) -> None:
        self.lock = threading.RLock()
        self.index = Index()
        self._alive = alive
        self._every = every
        self._holders: set[Holder] = set()
        self._timer: threading.Timer | None = None

    def __repr__(self) -> str:
        return f"Shelf({len(self._holders)} sessions)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("what was opened in memory is never written down")

    @property
    def holders(self) -> frozenset[Holder]:
        """The sessions that hold the index."""
        with self.lock:
            return frozenset(self._holders)

    def hold(self, session: Holder) -> None:
        """A session uses the index from now on."""
        with self.lock:
            self._holders.add(session)
            self._watch()

    def forget(self, sessions: Iterable[Holder]) -> None:
        """These sessions are over; with the last one everything goes."""
        with self.lock:
            self._holders -= set(sessions)
            if not self._holders:
                self.index.clear()

    def sweep(self) -> None:
        """Forget every session that is over."""
        self.forget([session for session in self.holders if not self._alive(session)])

    def _watch(self) -> None:
        if self._timer is None and self._holders:
            self._timer = threading.Timer(self._every, self._on_timer)
            self._timer.daemon = True
            self._timer.start()

    def _on_timer(self) -> None:
        try:
            self.sweep()
        except Exception:  # noqa: BLE001  (who cannot ask whether a session lives must not keep it open)
            self.forget(self.holders)
        with self.lock:
            self._timer = None
            self._watch()
