"""Several processes write at once beside the worker: no lock error reaches a person.

    python -m tests.faults.contention --processes 4 --writes 500

Each process opens threads through the same functions as a request. Prints one JSON object; exit code 1
if a write failed or is missing.
"""

import argparse
import json
import multiprocessing
import os
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.faults.kill9 import drain
from tests.faults.server import Instance


def write(
    folder: str, number: int, writes: int, results: "multiprocessing.Queue[tuple[int, float, float]]"
) -> None:
    """One process: its failures, its median and its slowest write in milliseconds."""
    os.environ.update(KOSODATE_INSTANCE=folder, KOSODATE_MODE="demo", KOSODATE_SAMPLES="0")
    from sqlalchemy.exc import OperationalError

    from config import Door, load_settings
    from forum.app import create_forum_app
    from forum.board import service
    from forum.board.types import NewThread
    from forum.db import writing
    from forum.ids import new_public_id

    app = create_forum_app(load_settings(Door.FORUM))
    failures, taken = 0, []
    with app.app_context():
        for place in range(writes):
            new = NewThread(
                public_id=new_public_id(), author_tag=f"{number:02d}{place:062d}", once=None,
                body=f"{number}の{place}番目。夜泣きで眠れません。",
            )  # fmt: skip
            started = time.perf_counter()
            try:
                with writing():
                    service.open_thread(new)
            except OperationalError:
                failures += 1
            taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    results.put((failures, taken[len(taken) // 2], taken[-1]))


def run(processes: int, writes: int) -> dict[str, Any]:
    """The whole trial; returns the figures."""
    with tempfile.TemporaryDirectory(prefix="kosodate-contention-") as temporary:
        instance = Instance(Path(temporary) / "instance")
        instance.folder.mkdir()
        try:
            instance.flask("setup")
            instance.start("worker")
            before = stored(instance.folder)
            started = time.monotonic()
            outcome = _write_all(instance.folder, processes, writes)
            seconds = time.monotonic() - started
            return {
                "processes": processes,
                "writes": writes,
                "failures": sum(failures for failures, _, _ in outcome),
                "missing": processes * writes - (stored(instance.folder) - before),
                "median_ms": round(max(median for _, median, _ in outcome), 1),
                "slowest_ms": round(max(slowest for _, _, slowest in outcome), 1),
                "seconds": round(seconds, 1),
                "drained": drain(instance.database, 300),
            }
        finally:
            instance.stop()


def _write_all(folder: Path, processes: int, writes: int) -> list[tuple[int, float, float]]:
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[tuple[int, float, float]] = context.Queue()
    workers = [
        context.Process(target=write, args=(str(folder), number, writes, results))
        for number in range(processes)
    ]
    for worker in workers:
        worker.start()
    outcome = [results.get(timeout=600) for _ in workers]
    for worker in workers:
        worker.join()
    return outcome


def stored(folder: Path) -> int:
    """Threads in the database."""
    connection = sqlite3.connect(folder / "forum.sqlite")
    try:
        return int(connection.execute("select count(*) from thread").fetchone()[0])
    finally:
        connection.close()


def good(figures: dict[str, Any]) -> bool:
    """True if every write came through and the worker kept up."""
    return not figures["failures"] and not figures["missing"] and bool(figures["drained"])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--writes", type=int, default=500)
    options = parser.parse_args()
    figures = run(options.processes, options.writes)
    print(json.dumps(figures))
    sys.exit(0 if good(figures) else 1)


if __name__ == "__main__":
    main()
