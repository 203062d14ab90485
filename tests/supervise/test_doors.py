"""A real door as the supervisor starts it."""

import os
import socket
from pathlib import Path

from config import Door
from forum.supervise.plan import plan
from tests.supervise.test_loop import Run


def test_a_door_answers_and_its_log_names_no_visitor(tmp_path: Path) -> None:
    """Also not one who sends what no browser sends, nor the path that somebody asked for."""
    decided = plan({"PATH": os.environ["PATH"], "KOSODATE_INSTANCE": str(tmp_path / "i")})
    run = Run(*(child for child in decided.children if child.name in ("vault", "intake")))
    port = decided.listening.ports[Door.INTAKE]
    answers: list[bytes] = []

    def send(words: bytes) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(words)
            answers.append(connection.recv(200))

    def knock() -> None:
        send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        send(b"GET /somewhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        send(b"\x16\x03\x01 nonsense\r\n\r\n")

    assert run.until(lambda: run.readiness, knock) == 0
    assert [answer.split()[1] for answer in answers] == [b"200", b"404", b"400"]
    assert "127.0.0.1" not in run.words()
    assert "somewhere" not in run.words()
    assert "vault: database ready" in run.words()
