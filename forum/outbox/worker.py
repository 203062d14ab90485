"""The loop of a worker process: deliver the outbox, run what is due by the clock, beat the heart."""

import logging
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from forum import clock
from forum.outbox.relay import Relay

log = logging.getLogger("forum.worker")

IDLE_SECONDS = 0.2
HEARTBEAT = timedelta(seconds=10)


@dataclass
class Chore:
    """Something that is done again and again; its last time is kept in memory only."""

    name: str
    every: timedelta
    run: Callable[[], None]
    last: datetime | None = None


class Worker:
    """One worker: the only process that delivers events of its wing."""

    def __init__(self, relay: Relay, chores: list[Chore], heartbeat: Path) -> None:
        self.relay = relay
        self.chores = chores
        self.heartbeat = heartbeat
        self.stopping = False

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Finish the present batch, then leave."""
        self.stopping = True

    def run(self) -> None:
        """Work until told to stop. A fault of one round never ends the worker."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        while not self.stopping:
            if not self.step():
                time.sleep(IDLE_SECONDS)

    def step(self) -> bool:
        """One round; True if there was something to do."""
        busy = False
        try:
            outcome = self.relay.run_once()
            busy = outcome.delivered > 0
        except Exception as error:  # noqa: BLE001  (the database may be away; the next round tries again)
            self.relay.handle.session.remove()
            log.error("round failed: %s", type(error).__name__)
            time.sleep(1)
        for chore in self.chores:
            self._do(chore)
        return busy

    def _do(self, chore: Chore) -> None:
        moment = clock.now()
        # A clock that was set back must not stop what is done again and again.
        if chore.last is not None and timedelta() <= moment - chore.last < chore.every:
            return
        chore.last = moment
        try:
            chore.run()
        except Exception as error:  # noqa: BLE001
            self.relay.handle.session.remove()
            log.error("chore %s failed: %s", chore.name, type(error).__name__)

    def beat(self) -> None:
        """Leave a sign of life in a file."""
        self.heartbeat.touch()
