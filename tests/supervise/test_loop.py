"""The supervisor with real processes: they start, are started again, and none is left behind."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config import ROOT
from forum.supervise.children import Child, Health
from forum.supervise.loop import Supervisor
from tests.supervise.family import PARENT, QUICK, SLEEPER, STUBBORN, alive, child, pids, wait_until


class Run:
    """A supervisor that runs in this process; a thread plays the person beside it."""

    def __init__(self, *children: Child) -> None:
        self.said: list[tuple[str, str]] = []
        self.readiness: list[float] = []
        self.supervisor = Supervisor(children, self.say, self.ready, QUICK)

    def ready(self) -> None:
        self.readiness.append(time.monotonic())

    def say(self, name: str, line: str) -> None:
        self.said.append((name, line))

    def words(self) -> str:
        return "\n".join(line for _, line in self.said)

    def until(self, happened: Callable[[], object], then: Callable[[], object] | None = None) -> int:
        """Run; when something has happened, do something and stop. Returns the exit code."""
        missed: list[AssertionError] = []

        def person() -> None:
            try:
                wait_until(happened)
                if then:
                    then()
            except AssertionError as error:  # shown by the test, not lost in the thread
                missed.append(error)
            self.supervisor.stop()

        beside = threading.Thread(target=person)
        beside.start()
        code = self.supervisor.run()
        beside.join()
        if missed:
            raise missed[0]
        return code


def test_what_must_be_done_first_is_done_first(tmp_path: Path) -> None:
    order = tmp_path / "order"
    note = "import sys, time; time.sleep(float(sys.argv[3])); open(sys.argv[1], 'a').write(sys.argv[2])"
    run = Run(
        child("door", note + "; time.sleep(600)", str(order), " door", "0", after=("setup",)),
        child("setup", note, str(order), "setup", "0.5", once=True),
    )
    assert run.until(lambda: run.readiness and "door" in order.read_text()) == 0
    assert order.read_text().split() == ["setup", "door"]
    assert len(run.readiness) == 1


def test_a_setup_that_fails_stops_the_start(tmp_path: Path) -> None:
    run = Run(
        child("setup", "print('the pack has a fault'); raise SystemExit(1)", once=True),
        child("door", SLEEPER, str(tmp_path / "door"), after=("setup",)),
        child("worker", SLEEPER, str(tmp_path / "worker")),
    )
    assert run.supervisor.run() == 1
    assert ("setup", "the pack has a fault") in run.said
    assert "setup did not succeed (exit code 1)" in run.words()
    assert not (tmp_path / "door").exists()
    assert not [pid for pid in pids(tmp_path / "worker") if alive(pid)]
    assert run.readiness == []


def test_a_killed_child_is_started_again_and_that_is_said(tmp_path: Path) -> None:
    file = tmp_path / "worker"
    run = Run(child("worker", SLEEPER, str(file)))

    def kill_and_wait() -> None:
        os.kill(pids(file)[0], signal.SIGKILL)
        wait_until(lambda: len(pids(file)) == 2)

    assert run.until(lambda: pids(file) and run.readiness, kill_and_wait) == 0
    assert "worker ended unasked (SIGKILL); starting it again in 0.1 s" in run.words()
    assert not [pid for pid in pids(file) if alive(pid)]
    assert len(run.readiness) == 1


def test_who_dies_again_and_again_is_started_less_and_less_often(tmp_path: Path) -> None:
    file = tmp_path / "steady"
    flicker = "import os, sys; sys.exit(3 if os.path.exists(sys.argv[1]) else __import__('time').sleep(600))"
    run = Run(child("worker", flicker, str(file)))

    def make_it_fail() -> None:
        file.touch()
        process = run.supervisor.slots["worker"].process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        wait_until(lambda: run.words().count("ended unasked") >= 5)

    assert run.until(lambda: run.readiness, make_it_fail) == 0
    waits = [line.rsplit(" in ", 1)[1] for _, line in run.said if "starting it again" in line]
    assert waits[:5] == ["0.1 s", "0.2 s", "0.4 s", "0.4 s", "0.4 s"]


def test_who_never_comes_up_is_not_tried_for_ever() -> None:
    run = Run(
        child("door", "raise SystemExit(3)", health=Health("127.0.0.1", 1)),
        child("worker", "import time; time.sleep(600)"),
    )
    assert run.supervisor.run() == 1
    assert "door ended 3 times before all was up (exit code 3)" in run.words()


def test_a_server_takes_its_own_processes_with_it(tmp_path: Path) -> None:
    file = tmp_path / "grandchild"
    run = Run(child("server", PARENT, str(file), SLEEPER))

    def kill_the_master_only() -> None:
        process = run.supervisor.slots["server"].process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        wait_until(lambda: len(pids(file)) == 2)
        wait_until(lambda: not alive(pids(file)[0]), 1)

    assert run.until(lambda: pids(file), kill_the_master_only) == 0
    wait_until(lambda: not any(alive(pid) for pid in pids(file)), 1)


def test_one_who_will_not_end_is_ended_by_force(tmp_path: Path) -> None:
    file = tmp_path / "stubborn"
    run = Run(child("worker", STUBBORN, str(file)))
    assert run.until(lambda: pids(file)) == 0
    assert "worker does not end; ending it by force" in run.words()
    assert not alive(pids(file)[0])


def test_last_words_without_an_end_of_line_are_shown() -> None:
    run = Run(child("setup", "import sys; sys.stdout.write('あと少しで'); sys.exit(1)", once=True))
    assert run.supervisor.run() == 1
    assert ("setup", "あと少しで") in run.said


def test_nobody_is_told_the_address_before_every_door_answers() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = (
        "import sys, time; from http.server import *; time.sleep(0.8)\n"
        "class Door(BaseHTTPRequestHandler):\n"
        "    def do_GET(self):\n"
        "        self.send_response(200 if self.path == '/healthz' else 404); self.end_headers()\n"
        "HTTPServer(('127.0.0.1', int(sys.argv[1])), Door).serve_forever()"
    )
    started = time.monotonic()
    run = Run(child("door", serve, str(port), health=Health("127.0.0.1", port)))
    assert run.until(lambda: run.readiness) == 0
    assert run.readiness[0] - started > 0.8


@pytest.fixture
def program(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A supervisor that runs as a program, with its children up."""
    command = [sys.executable, "-m", "tests.supervise.family", str(tmp_path)]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    wait_until(lambda: pids(tmp_path / "child") and pids(tmp_path / "grandchild"))
    yield running
    running.kill()
    running.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_leaves_nothing_behind(
    number: signal.Signals, program: subprocess.Popen[str], tmp_path: Path
) -> None:
    program.send_signal(number)
    assert program.wait(10) == 0
    family = [*pids(tmp_path / "child"), *pids(tmp_path / "grandchild")]
    wait_until(lambda: not any(alive(pid) for pid in family), 1)


def test_killed_it_leaves_no_child_behind(program: subprocess.Popen[str], tmp_path: Path) -> None:
    """Nothing runs on unwatched; what a child had started is for the child to end, as servers do."""
    program.kill()
    wait_until(lambda: not alive(pids(tmp_path / "child")[0]), 5)
