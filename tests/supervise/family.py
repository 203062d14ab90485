"""Real child processes for the tests, and a supervisor over them that can run as a program of its own.

    python -m tests.supervise.family FOLDER

Runs two children: one that starts a process of its own (as a server does) and one that takes its time to end.
"""

import os
import sys
import time
from pathlib import Path

from config import ROOT
from forum.supervise.children import Child
from forum.supervise.loop import Patience, Supervisor

QUICK = Patience(first_wait=0.1, longest_wait=0.4, steady_after=60, tries_at_start=3, stop=1.5)

# Writes its process id into a file and sleeps; SIGTERM ends it at once.
SLEEPER = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(600)"
# Starts a sleeper, as a server starts its workers, and waits for it.
PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-u', '-c', sys.argv[2], sys.argv[1]])"
# Will not end when asked.
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + SLEEPER


def child(name: str, code: str, *words: str, **more: object) -> Child:
    """A child that runs some lines of Python."""
    command = (sys.executable, "-u", "-c", code, *words)
    return Child(name=name, command=command, cwd=ROOT, environ=dict(os.environ), **more)  # type: ignore[arg-type]


def alive(pid: int) -> bool:
    """True if a process runs (a dead one that nobody took off the list does not count)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def wait_until(true: object, seconds: float = 10) -> None:
    """Return when the function says True; fail after some seconds."""
    assert callable(true)
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


def pids(file: Path) -> list[int]:
    """The process ids that sleepers wrote into a file, oldest first."""
    return [int(line) for line in file.read_text(encoding="ascii").split()] if file.exists() else []


def main() -> None:
    folder = Path(sys.argv[1])
    children = [
        child("server", PARENT, str(folder / "grandchild"), SLEEPER),
        child("worker", SLEEPER, str(folder / "child")),
    ]
    show = lambda name, line: print(name, line, flush=True)  # noqa: E731
    sys.exit(Supervisor(children, show, lambda: show("", "ready"), QUICK).run())


if __name__ == "__main__":
    main()
