"""A child process: started in a group of its own, read line by line, never left behind."""

import ctypes
import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path

PROBE_SECONDS = 0.5
LONGEST_LINE = 16_384
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_OWN_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Health:
    """Where a door says that it lives: GET /healthz. `name` is the host name it answers to."""

    host: str
    port: int
    tls: bool = False
    name: str = ""

    def answers(self) -> bool:
        """True if the door answers 200 within half a second."""
        try:
            connection = self._connection()
            try:
                connection.request("GET", "/healthz", headers={"Host": self.name} if self.name else {})
                return connection.getresponse().status == 200
            finally:
                connection.close()
        except (OSError, HTTPException):
            return False

    def _connection(self) -> HTTPConnection:
        if not self.tls:
            return HTTPConnection(self.host, self.port, timeout=PROBE_SECONDS)
        # Our own child on our own machine: whose certificate it shows is not the question here.
        context = ssl._create_unverified_context()  # noqa: S323, SLF001
        return HTTPSConnection(self.host, self.port, timeout=PROBE_SECONDS, context=context)


@dataclass(frozen=True, kw_only=True)
class Child:
    """What to start. `once`: runs to its end. `after`: waits at the start until these are done or answer."""

    name: str
    command: tuple[str, ...]
    cwd: Path
    environ: Mapping[str, str]
    once: bool = False
    after: tuple[str, ...] = ()
    health: Health | None = None


class Process:
    """One run of a child."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.started = time.monotonic()
        self._rest = b""
        # preexec_fn is safe here: this program has one thread. The thread matters twice: the kernel
        # sends the death signal when the thread that started the child ends.
        self._popen = subprocess.Popen(  # noqa: S603
            child.command,
            cwd=child.cwd,
            env=dict(child.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_before_start(os.getpid()),
        )
        assert self._popen.stdout is not None
        self.output = self._popen.stdout
        os.set_blocking(self.output.fileno(), False)

    @property
    def pid(self) -> int:
        """Process id, which is also the id of its group."""
        return self._popen.pid

    def lines(self) -> list[str] | None:
        """Whole lines written since the last call; None when the output is closed for good."""
        data = self._read()
        if data == b"":
            return None
        *whole, self._rest = (self._rest + (data or b"")).split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            whole, self._rest = [*whole, self._rest], b""
        return [_text(line) for line in whole]

    def last_lines(self) -> list[str]:
        """Everything that can still be read, also what has no end of line."""
        data, self._rest = self._rest, b""
        while more := self._read():
            data += more
        return [_text(line) for line in data.split(b"\n") if line]

    def _read(self) -> bytes | None:
        """Some bytes; none of them at the end of the output; None when there is nothing just now."""
        try:
            return os.read(self.output.fileno(), 65_536)
        except BlockingIOError:
            return None

    def ended(self) -> int | None:
        """Exit code (negative: the signal) once it has ended, else None. Its group ends with it."""
        if self._popen.returncode is not None:
            return self._popen.returncode
        # Look without taking the exit code: until then the group's number cannot belong to others.
        if os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            return None
        self.send(signal.SIGKILL)
        return self._popen.wait()

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the whole group, if the child was not yet taken off the list."""
        if self._popen.returncode is None:
            try:
                os.killpg(self.pid, number)
            except (ProcessLookupError, PermissionError):
                return

    def close(self) -> None:
        """Forget its output."""
        self.output.close()


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").rstrip("\r")


def _before_start(parent: int) -> Callable[[], None]:
    """What runs in the child before its program: default signals, and an end when we end."""

    def prepare() -> None:
        for number in _OWN_SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:  # we died in between: no signal will come
                os._exit(1)

    return prepare
