"""kill -9 of web and worker at random moments while parents post: nothing acknowledged is lost or doubled.

    python -m tests.faults.kill9 --posts 500 --kills 50 [--seed 1]

A kill counts as "inside a write" when, with the processes stopped (SIGSTOP) just before the kill, the
write lock of the database or the index is held by them. Half of the kills are aimed: a lock is watched
until somebody holds it, and only then are the processes stopped. The next kill waits until the parents
got through again, so that a slow start does not turn the trial into one long outage. Prints one JSON
object; exit code 1 if anything is missing.
"""

import argparse
import fcntl
import json
import random
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.faults.client import Browser
from tests.faults.server import Instance

PARENTS = 8
AIM_SECONDS = 20.0  # a write of the web lasts a few thousandths, and there may be one a second
BREATH_SECONDS = 15.0  # the longest wait for a write after a start


class Killer(threading.Thread):
    """Kills, restarts, counts."""

    def __init__(self, instance: Instance, kills: int, chance: random.Random, done: threading.Event) -> None:
        super().__init__(daemon=True)
        self.instance, self.kills, self.chance, self.done = instance, kills, chance, done
        self.killed = {"web": 0, "worker": 0}
        self.inside = {"web": 0, "worker": 0}

    def run(self) -> None:
        for number in range(self.kills):
            if self.done.is_set():
                return
            self.watch(BREATH_SECONDS)
            time.sleep(self.chance.uniform(0.2, 1.2))
            name = self.chance.choice(["web", "web", "worker"])
            caught = self.stop_at(name, aimed=number % 2 == 0)
            self.instance.kill(name)
            self.killed[name] += 1
            self.inside[name] += caught
            self.instance.start(name)
            if name == "web":
                self.instance.wait_until_up()

    def stop_at(self, name: str, *, aimed: bool) -> bool:
        """Stop the processes; True if one of them stands inside a write."""
        deadline = time.monotonic() + AIM_SECONDS
        while True:
            if aimed:
                self.watch(max(0.0, deadline - time.monotonic()))
            self.instance.signal(name, signal.SIGSTOP)
            time.sleep(0.001)
            if self.is_inside(name):
                return True
            if not aimed or time.monotonic() > deadline:
                return False
            self.instance.signal(name, signal.SIGCONT)

    def watch(self, seconds: float) -> None:
        """Return in the moment in which somebody writes, or after so many seconds."""
        connection = sqlite3.connect(self.instance.database, timeout=0, isolation_level=None)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not held(connection):
            time.sleep(0.0002)
        connection.close()

    def is_inside(self, name: str) -> bool:
        """Held by the stopped ones: whoever runs on would let go within a moment."""
        if name == "worker" and index_locked(self.instance.folder):
            return True
        for _ in range(40):
            if not database_locked(self.instance.database):
                return False
            time.sleep(0.002)
        return True


def held(connection: sqlite3.Connection) -> bool:
    """True if somebody else holds the write lock just now."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    return False


def database_locked(database: Path) -> bool:
    """True if somebody holds the write lock of this database just now."""
    connection = sqlite3.connect(database, timeout=0, isolation_level=None)
    try:
        return held(connection)
    finally:
        connection.close()


def index_locked(folder: Path) -> bool:
    """True if the writer's lock file of the search index is held just now."""
    for path in (folder / "index").rglob("*WRITELOCK"):
        with path.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return True
    return False


def nonce(number: int) -> str:
    """A word that stands in one post alone."""
    return f"zq{number:05d}x"


def post_all(instance: Instance, posts: int) -> dict[int, str]:
    """Let the parents post; returns the id that each post was acknowledged with."""
    acknowledged: dict[int, str] = {}

    def parent(first: int) -> int:
        resent = 0
        for number in range(first, posts, PARENTS):
            browser = Browser(instance.port)  # a fresh browser each time: limits are for hands
            acknowledged[number] = browser.post_worry(
                f"夜泣きがつづいて、朝まで何度も起きます。合図は{nonce(number)}です。"
            )
            resent += browser.resent
        return resent

    with ThreadPoolExecutor(PARENTS) as pool:
        list(pool.map(parent, range(PARENTS)))
    return acknowledged


def drain(database: Path, seconds: float = 120, table: str = "outbox") -> bool:
    """Wait until the worker has delivered everything; False if it did not."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        connection = sqlite3.connect(database, timeout=5)
        waiting = connection.execute(f"select count(*) from {table}").fetchone()[0]
        connection.close()
        if waiting == 0:
            return True
        time.sleep(0.2)
    return False


def judge(instance: Instance, acknowledged: dict[int, str]) -> dict[str, Any]:
    """Look for every acknowledged post: in the database once, and behind the search."""
    connection = sqlite3.connect(instance.database)
    rows = connection.execute("select public_id, body from thread where origin = 'parent'").fetchall()
    intact = connection.execute("pragma integrity_check").fetchone()[0]
    stored = [(number, [i for i, body in rows if nonce(number) in body]) for number in acknowledged]
    searcher = Browser(instance.port)
    unfound = []
    for number, thread_id in acknowledged.items():
        _, body, _ = searcher.until_answered("POST", "/search", {"q": nonce(number)})
        if f"/threads/{thread_id}" not in body:
            unfound.append(thread_id)
    return {
        "acknowledged": len(acknowledged),
        "stored": len(rows),
        "lost": sum(1 for number, ids in stored if acknowledged[number] not in ids),
        "doubled": sum(1 for _, ids in stored if len(ids) > 1),
        "not_searchable": len(unfound),
        "integrity": intact,
    }


def run(posts: int, kills: int, seed: int) -> dict[str, Any]:
    """The whole trial in a folder of its own; returns the figures."""
    with tempfile.TemporaryDirectory(prefix="kosodate-kill-") as temporary:
        instance = Instance(Path(temporary) / "instance")
        try:
            return _trial(instance, posts, kills, seed)
        finally:
            instance.stop()


def _trial(instance: Instance, posts: int, kills: int, seed: int) -> dict[str, Any]:
    instance.folder.mkdir()
    instance.flask("setup")
    instance.start("web")
    instance.start("worker")
    instance.wait_until_up()
    done = threading.Event()
    killer = Killer(instance, kills, random.Random(seed), done)  # noqa: S311
    started = time.monotonic()
    killer.start()
    acknowledged = post_all(instance, posts)
    while killer.is_alive() and sum(killer.killed.values()) < kills:
        more = post_all_more(instance, len(acknowledged))
        acknowledged.update(more)
    done.set()
    killer.join(60)
    if instance.children["worker"].poll() is not None:
        instance.start("worker")
    drained = drain(instance.database)
    return {
        "kills": sum(killer.killed.values()),
        "killed": killer.killed,
        "inside_a_write": sum(killer.inside.values()),
        "inside": killer.inside,
        "drained": drained,
        "seconds": round(time.monotonic() - started, 1),
        **judge(instance, acknowledged),
    }


def post_all_more(instance: Instance, start: int) -> dict[int, str]:
    """One more post while kills are still to come."""
    browser = Browser(instance.port)
    text = f"夜泣きがつづいて、朝まで何度も起きます。合図は{nonce(start)}です。"
    return {start: browser.post_worry(text)}


def good(figures: dict[str, Any]) -> bool:
    """True if nothing acknowledged is lost, doubled or out of the search's reach."""
    clean = not (figures["lost"] or figures["doubled"] or figures["not_searchable"])
    return clean and figures["integrity"] == "ok" and bool(figures["drained"])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=500)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    figures = run(options.posts, options.kills, options.seed)
    print(json.dumps(figures, ensure_ascii=False))
    sys.exit(0 if good(figures) else 1)


if __name__ == "__main__":
    main()
