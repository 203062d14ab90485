"""Pages per second and p95 of the main pages, beside the same server's hello page, and the time of a post.

    python -m tests.benchmarks.load [--threads 10000] [--seconds 8] [--folder DIR to keep and use again]

Loads the threads into an instance of its own, starts gunicorn (2 workers x 4 threads) and the worker, and
lets wrk (16 connections) ask for each page. Prints one JSON object. Needs wrk.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from config import Door, load_settings
from tests.benchmarks.make_threads import make_threads
from tests.faults.client import Browser
from tests.faults.kill9 import drain
from tests.faults.server import Instance

CONNECTIONS = 16
QUERIES = (
    "夜泣き 寝不足",
    "離乳食を食べない",
    "保育園 申込み",
    "イヤイヤ期の対応",
    "子どもが熱を出したとき預けられる場所",
)
# wrk itself prints no 95th percentile.
TELL_LUA = """
done = function(summary, latency, requests)
  io.write(string.format("p50 %.2f p95 %.2f p99 %.2f ms\\n", latency:percentile(50) / 1000,
    latency:percentile(95) / 1000, latency:percentile(99) / 1000))
end
"""
SEARCH_LUA = """
local queries = {%s}
local n = 0
request = function()
  n = n + 1
  local headers = {["Content-Type"] = "application/x-www-form-urlencoded", ["Sec-Fetch-Site"] = "same-origin"}
  return wrk.format("POST", "/search", headers, "q=" .. queries[n %% #queries + 1])
end
"""


def tell(done: int) -> None:
    """Say on the side how far the index is."""
    if done % 1000 == 0:
        print(f"index {done}", file=sys.stderr)


def fill(folder: Path, number: int) -> float:
    """Write the threads into the instance's database and build the index; returns seconds."""
    os.environ.update(KOSODATE_INSTANCE=str(folder), KOSODATE_MODE="demo", KOSODATE_SAMPLES="0")
    from forum import clock, wiring
    from forum.board import importing
    from forum.board.types import Kind, Origin
    from forum.cli import create_forum_app_with_commands
    from forum.db import writing

    started = time.monotonic()
    app = create_forum_app_with_commands(load_settings(Door.FORUM))
    with app.app_context():
        entries = []
        for place, made in enumerate(make_threads(number, 1)):
            created = clock.now() - timedelta(minutes=10 * (number - place))
            replies = tuple(
                importing.EntryReply(
                    kind=Kind(r["kind"]),
                    body=r["body"],
                    created_at=created + timedelta(minutes=5 * (n + 1)),
                    voice=f"v{n}",
                )
                for n, r in enumerate(made["replies"])
            )
            entries.append(
                importing.Entry(
                    key=made["id"], origin=Origin.PARENT, title=made["title"], body=made["body"],
                    board=made["board"], created_at=created, child_age_months=made["child_age_months"],
                    replies=replies,
                )
            )  # fmt: skip
        for start in range(0, len(entries), 200):
            with writing():
                for entry in entries[start : start + 200]:
                    importing.add(entry)
        wiring.rebuild_index(
            lambda done: print(f"index {done}", file=sys.stderr) if done % 1000 == 0 else None
        )
        with writing():  # the index has them all: the worker need not bring them again
            from sqlalchemy import text

            from forum.db import db

            db.session.execute(text("delete from outbox"))
    return time.monotonic() - started


def wrk(url: str, seconds: int, script: Path) -> dict[str, float]:
    """Requests per second and latencies in milliseconds of one page."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script), url]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    percent = re.search(r"p50 ([\d.]+) p95 ([\d.]+) p99 ([\d.]+) ms", out)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    assert rate is not None and percent is not None, out
    found = {"per_second": float(rate[1])}
    found |= {name: float(percent[place]) for place, name in enumerate(("p50_ms", "p95_ms", "p99_ms"), 1)}
    return found | ({"bad": float(bad[1])} if bad else {})


def times_of(action: Any, number: int, parallel: int) -> dict[str, float]:
    """Run an action many times, a few at once; milliseconds."""

    def timed(place: int) -> float:
        started = time.perf_counter()
        action(place)
        return (time.perf_counter() - started) * 1000

    with ThreadPoolExecutor(parallel) as pool:
        taken = sorted(pool.map(timed, range(number)))
    return {
        "n": float(number),
        "p50_ms": round(statistics.median(taken), 1),
        "p95_ms": round(taken[int(len(taken) * 0.95) - 1], 1),
    }


def posting(port: int, number: int) -> dict[str, float]:
    """The time from sending a worry to its 303, four parents at once, each with a browser of their own."""
    forms = []
    for _ in range(number):
        browser = Browser(port)
        forms.append((browser, *browser.form("/ask", "text")))
    time.sleep(1.1)

    def send(place: int) -> None:
        browser, action, fields = forms[place]
        text = f"{place}番目の相談です。8か月の子が夜中に何度も起きて、わたしも眠れません。"
        status, _, _ = browser.request("POST", action, {**fields, "text": text})
        assert status == 303, status

    return times_of(send, number, 4)


def pss_megabytes(instance: Instance) -> dict[str, float]:
    """Proportional memory of each process, by its parent's name."""
    found = {}
    for name, child in instance.children.items():
        group = [p for p in Path("/proc").iterdir() if p.name.isdigit() and _group(p) == child.pid]
        for number, process in enumerate(sorted(group, key=lambda p: int(p.name))):
            rollup = (process / "smaps_rollup").read_text()
            pss = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
            found[f"{name}-{number}"] = round(int(pss[1]) / 1024, 1) if pss else 0.0
    return found


def _group(process: Path) -> int:
    try:
        return os.getpgid(int(process.name))
    except ProcessLookupError:
        return -1


def measure(folder: Path, threads: int, seconds: int) -> dict[str, Any]:
    """All figures."""
    instance = Instance(folder)
    figures: dict[str, Any] = {"threads": threads, "connections": CONNECTIONS}
    if not folder.exists():
        folder.mkdir(parents=True)
        instance.flask("setup")
        figures["fill_seconds"] = round(fill(folder, threads), 1)
    try:
        instance.start("web")
        instance.start("worker")
        instance.wait_until_up()
        drain(folder / "forum.sqlite")  # what an earlier run posted is indexed first
        reader = Browser(instance.port)
        _, body, _ = reader.until_answered("GET", "/threads")
        thread = re.findall(r"/threads/[0-9a-z]{10}", body)[0]
        tell, search = folder / "tell.lua", folder / "search.lua"
        tell.write_text(TELL_LUA)
        search.write_text(TELL_LUA + SEARCH_LUA % ", ".join(f'"{quote_plus(q)}"' for q in QUERIES))
        base = f"http://127.0.0.1:{instance.port}"
        pages = {
            "hello": "/healthz",
            "home": "/",
            "list": "/threads",
            "thread": thread,
            "services": "/services",
        }
        for name, path in pages.items():
            wrk(base + path, 1, tell)
            figures[name] = wrk(base + path, seconds, tell)
        figures["search"] = wrk(base + "/search", seconds, search)
        figures["search_one_by_one"] = times_of(
            lambda n: reader.until_answered("POST", "/search", {"q": QUERIES[n % len(QUERIES)]}), 100, 1
        )
        figures["thread_fresh"] = first_views(instance.port, body)
        figures["posting"] = posting(instance.port, 100)
        figures["pss_mb"] = pss_megabytes(instance)
    finally:
        instance.stop()
    return figures


def first_views(port: int, listing: str) -> dict[str, float]:
    """Thread pages that nobody asked for since the last change: rendered, with their answer, one by one."""
    paths = sorted(set(re.findall(r"/threads/[0-9a-z]{10}", listing)))[1:]
    browser = Browser(port)
    return times_of(lambda n: browser.until_answered("GET", paths[n]), len(paths), 1)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--threads", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("NOT RUN: wrk is not installed")
    if options.folder:
        print(json.dumps(measure(options.folder, options.threads, options.seconds)))
        return
    with tempfile.TemporaryDirectory(prefix="kosodate-load-") as temporary:
        print(json.dumps(measure(Path(temporary) / "instance", options.threads, options.seconds)))


if __name__ == "__main__":
    main()
