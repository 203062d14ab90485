"""A writer killed at any moment: the index opens, nothing acknowledged is lost, nothing lies about."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from forum.search.engines.whoosh_engine import WhooshEngine
from forum.search.types import Question
from tests.search import writer_process

ROUNDS = 8


def test_kill_minus_nine(tmp_path: Path) -> None:
    home = tmp_path / "index"
    engine = WhooshEngine(home, "stamp")
    engine.rebuild([], None)
    chance, acknowledged, first = random.Random(9), 0, 1
    for _ in range(ROUNDS):
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.search.writer_process", str(home), str(first)],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout
        assert child.stdout.readline().strip() == str(first)  # it has begun to write
        time.sleep(chance.uniform(0, 0.25))
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read().split()
        child.wait()
        child.stdout.close()
        acknowledged = int(rest[-1]) if rest else first
        assert engine.ready()
        assert acknowledged <= engine.count() <= acknowledged + 1
        for number in (1, acknowledged):
            found = engine.search(Question(((f"own{number}", 1.0),), (), ()), 10)
            assert [f.id for f in found] == [str(number)]
        first = acknowledged + 1
    engine.put([writer_process.row(first)])
    engine.purge()
    folder = home / (home / "CURRENT").read_text()
    assert not [path for path in folder.iterdir() if path.is_dir() or ".toc." in path.name]
    assert len(list(folder.glob("_MAIN_*.toc"))) == 1
