"""A real server and a real worker on a folder of their own, to be killed and started again."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

from config import ROOT

START_SECONDS = 30


def free_port() -> int:
    """A port of loopback that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Instance:
    """A door (gunicorn) and the worker of its wing, each in its own process group."""

    def __init__(
        self,
        folder: Path,
        *,
        door: str = "forum",
        samples: bool = False,
        root: Path = ROOT,
        **extra: str,
    ) -> None:
        self.folder = folder
        self.door = door
        self.root = root
        self.worker_of = "forum" if door == "forum" else "triage"
        self.database = folder / ("forum.sqlite" if door == "forum" else "vault.sqlite")
        self.port = free_port()
        self.environ = {
            **os.environ,
            "KOSODATE_MODE": "demo",
            "KOSODATE_INSTANCE": str(folder),
            "KOSODATE_SAMPLES": "1" if samples else "0",
            "PYTHONPATH": str(root),
            **extra,
        }
        self.log = (folder.parent / f"{folder.name}-{secrets.token_hex(2)}.log").open("ab")
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def flask(self, *words: str) -> None:
        """Run one command of the door to its end."""
        command = [sys.executable, "-m", "flask", "--app", f"wsgi:{self.door}", *words]
        subprocess.run(command, cwd=self.root, env=self.environ, stdout=self.log, stderr=self.log, check=True)  # noqa: S603

    def start(self, name: str) -> None:
        """Start the web or the worker."""
        python = [sys.executable, "-m"]
        once = ["--preload"] if self.door == "forum" else []  # as the supervisor starts it
        commands = {
            "web": [*python, "gunicorn", "--bind", f"127.0.0.1:{self.port}", "-w", "2", "--threads", "4",
                    "--worker-class", "gthread", "--reuse-port", *once, f"wsgi:{self.door}"],
            "worker": [*python, "flask", "--app", f"wsgi:{self.worker_of}", "worker"],
        }  # fmt: skip
        self.children[name] = subprocess.Popen(  # noqa: S603
            commands[name],
            cwd=self.root,
            env=self.environ,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def wait_until_up(self) -> None:
        """Return when the door answers."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                with closing(HTTPConnection("127.0.0.1", self.port, timeout=2)) as connection:
                    connection.request("GET", "/healthz")
                    if connection.getresponse().status == 200:
                        return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError(f"no answer; see {self.log.name}")

    def signal(self, name: str, number: signal.Signals) -> None:
        """Send a signal to every process of the web or of the worker."""
        try:
            os.killpg(self.children[name].pid, number)
        except ProcessLookupError:
            return

    def kill(self, name: str) -> None:
        """kill -9, as a power cut would."""
        self.signal(name, signal.SIGKILL)
        self.children[name].wait()

    def stop(self) -> None:
        """End everything in good order."""
        for name, child in self.children.items():
            if child.poll() is None:
                self.signal(name, signal.SIGTERM)
                try:
                    child.wait(15)
                except subprocess.TimeoutExpired:
                    self.kill(name)
        self.log.close()
