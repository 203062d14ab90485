"""The loop of the supervisor: start, listen, restart, stop. One thread."""

import selectors
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import Any

from forum.supervise.children import Child, Process

TICK_SECONDS = 0.1
PROBE_EVERY = 0.2


@dataclass(frozen=True)
class Patience:
    """Seconds, and how often: when to start again, when to give up, when to end by force."""

    first_wait: float = 1.0
    longest_wait: float = 30.0
    steady_after: float = 60.0  # who ran this long starts again without a longer wait
    tries_at_start: int = 3  # who never came up is not tried for ever
    stop: float = 8.0


@dataclass
class Slot:
    """A child and what became of it."""

    child: Child
    process: Process | None = None
    due: float = 0.0
    deaths: int = 0
    done: bool = False
    healthy: bool = False


class Supervisor:
    """Runs the children until told to stop. `say(name, line)` shows a line; `ready()` is called once, when
    every child that waits for another was started and every door answers.
    """

    def __init__(
        self,
        children: Sequence[Child],
        say: Callable[[str, str], None],
        ready: Callable[[], None],
        patience: Patience | None = None,
    ) -> None:
        self.slots = {child.name: Slot(child) for child in children}
        self.say = say
        self.ready = ready
        self.patience = patience or Patience()
        self.was_ready = False
        self.stops = 0
        self.code = 0
        self._probed = 0.0
        self._asked = 0.0
        self._selector = selectors.DefaultSelector()

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Ask for the end. Asking again, a second later or more, ends by force; sooner it is the same
        request that came by two ways (to the group and through make).
        """
        moment = time.monotonic()
        if not self.stops or moment - self._asked > 1:
            self.stops += 1
            self._asked = moment

    def run(self) -> int:
        """Run to the end. Returns the exit code: 0 after a stop that was asked for, 1 if a start failed."""
        before = self._catch_signals()
        try:
            while not self.stops:
                self._start_due()
                self._listen(TICK_SECONDS)
                self._take_ended()
                self._probe()
        finally:
            self._stop_all()
            self._selector.close()
            for number, handler in before.items():
                signal.signal(number, handler)
        return self.code

    def _catch_signals(self) -> dict[signal.Signals, Any]:
        before: dict[signal.Signals, Any] = {}
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number is signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN:
                continue  # nohup: meant to outlive the terminal
            before[number] = signal.signal(number, self.stop)
        return before

    def _start_due(self) -> None:
        for slot in self.slots.values():
            if slot.process or slot.done or self._waits(slot) or time.monotonic() < slot.due:
                continue
            try:
                slot.process = Process(slot.child)
            except OSError as error:
                self._fail(f"{slot.child.name}: cannot start {slot.child.command[0]}: {error.strerror}")
                return
            self._selector.register(slot.process.output, selectors.EVENT_READ, slot)

    def _waits(self, slot: Slot) -> bool:
        """Once all was up, nobody waits for another: a door that is down must not keep a worker down."""
        return not self.was_ready and not all(self._is_up(self.slots[name]) for name in slot.child.after)

    def _listen(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            slot: Slot = key.data
            assert slot.process is not None
            lines = slot.process.lines()
            if lines is None:
                self._selector.unregister(key.fileobj)
            for line in lines or ():
                self.say(slot.child.name, line)

    def _take_ended(self) -> None:
        for slot in self.slots.values():
            if slot.process is None:
                continue
            code = slot.process.ended()
            if code is None:
                continue
            ran = time.monotonic() - slot.process.started
            self._let_go(slot)
            if slot.child.once:
                slot.done = code == 0
                if not slot.done and not self.stops:
                    self._fail(f"{slot.child.name} did not succeed ({_words(code)}). Stopping.")
            elif not self.stops:
                self._start_later(slot, code, ran)

    def _start_later(self, slot: Slot, code: int, ran: float) -> None:
        slot.deaths = 1 if ran >= self.patience.steady_after else slot.deaths + 1
        slot.healthy = False
        if not self.was_ready and slot.deaths >= self.patience.tries_at_start:
            times = f"{slot.deaths} times before all was up"
            self._fail(f"{slot.child.name} ended {times} ({_words(code)}). Stopping.")
            return
        wait = min(self.patience.first_wait * 2 ** (slot.deaths - 1), self.patience.longest_wait)
        slot.due = time.monotonic() + wait
        self.say("", f"{slot.child.name} ended unasked ({_words(code)}); starting it again in {wait:g} s")

    def _let_go(self, slot: Slot) -> None:
        """Show the last words of a process that has ended, and forget it."""
        process = slot.process
        assert process is not None
        for line in process.last_lines():
            self.say(slot.child.name, line)
        if process.output in self._selector.get_map():
            self._selector.unregister(process.output)
        process.close()
        slot.process = None

    def _probe(self) -> None:
        if time.monotonic() - self._probed < PROBE_EVERY:
            return
        self._probed = time.monotonic()
        for slot in self.slots.values():
            if slot.process and slot.child.health and not slot.healthy and slot.child.health.answers():
                slot.healthy = True
                if self.was_ready:
                    self.say("", f"{slot.child.name} answers again")
        if not self.was_ready and all(self._is_up(slot) for slot in self.slots.values()):
            self.was_ready = True
            self.ready()

    @staticmethod
    def _is_up(slot: Slot) -> bool:
        if slot.child.once:
            return slot.done
        return slot.process is not None and (slot.healthy or slot.child.health is None)

    def _fail(self, words: str) -> None:
        self.say("", words)
        self.code = 1
        self.stops = max(self.stops, 1)

    def _running(self) -> list[Slot]:
        return [slot for slot in self.slots.values() if slot.process]

    def _stop_all(self) -> None:
        """Ask all groups to end, listen to their last words, then end by force who is still there."""
        for slot in self._running():
            assert slot.process is not None
            slot.process.send(signal.SIGTERM)
        deadline = time.monotonic() + self.patience.stop
        asked = self.stops
        while self._running() and time.monotonic() < deadline and self.stops <= asked:
            self._listen(TICK_SECONDS)
            self._take_ended()
        for slot in self._running():
            assert slot.process is not None
            self.say("", f"{slot.child.name} does not end; ending it by force")
            slot.process.send(signal.SIGKILL)
        while self._running():
            self._listen(TICK_SECONDS)
            self._take_ended()


def _words(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
