"""How long sending a report and opening the inbox take, with many cases in the vault.

    python -m tests.benchmarks.wing_pages [--cases 5000] [--times 60]

In one process, without a network: the figures are those of the house, not of a line. Prints one JSON object.
"""

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
from flask import Flask

from forum import clock
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault import sealed, store
from forum.safeguarding.vault.content import Content, Paragraph
from forum.safeguarding.vault.db import vault_db, writing
from tests.pages import Visitor
from tests.safeguarding.conftest import build_doors, furnish
from tests.safeguarding.desk import sign_in

BATCH = 100


def fill(app: Flask, cases: int) -> None:
    """So many cases, three quarters of them read, over the last half year."""
    chance = random.Random(1)  # noqa: S311
    policy = app.extensions["policy"]
    assert isinstance(policy, Policy)
    now = clock.now()
    with app.app_context():
        desk = store.desk_key()
        for start in range(0, cases, BATCH):
            made = []
            for number in range(start, min(start + BATCH, cases)):
                told = Content((Paragraph(f"{number}番目。夜に泣き声がする。"),), f"{number % 97}号棟")
                made.append((number, sealed.prepare(told, None, (), desk, reporter=None)))
            with writing():
                for number, prepared in made:
                    at = now - timedelta(hours=chance.uniform(0, 24 * 180))
                    kept = store.put_report(
                        prepared, policy, entrance="neighbour", groups=["family"], urgent=False,
                        once=f"bench-{number}", at=at,
                    )  # fmt: skip
                    if number % 4:
                        store.mark_read(kept.report_id)
        vault_db.session.remove()


def timed(act: Callable[[], object], times: int) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        taken.append((time.perf_counter() - started) * 1000)
    return {
        "p50_ms": round(statistics.median(taken), 1),
        "p95_ms": round(sorted(taken)[int(len(taken) * 0.95)], 1),
    }


def run(cases: int, times: int) -> dict[str, Any]:
    """The figures."""
    with tempfile.TemporaryDirectory(prefix="kosodate-bench-") as folder:
        intake, desk = build_doors(Path(folder))
        furnish(intake)
        fill(intake, cases)
        worker = sign_in(Visitor(desk))

        def report() -> None:
            person = Visitor(intake)
            person.get("/")
            started = time.perf_counter()
            person.submit("text", text="となりの家から、毎晩さけび声がする", clue="3階の角")
            sending.append((time.perf_counter() - started) * 1000)

        sending: list[float] = []
        for _ in range(times):
            report()
        ordered = sorted(sending)
        return {
            "cases": cases,
            "send_report": {
                "p50_ms": round(statistics.median(sending), 1),
                "p95_ms": round(ordered[int(len(ordered) * 0.95)], 1),
            },
            "inbox": timed(lambda: worker.get("/"), times),
            "inbox_new": timed(lambda: worker.get("/?show=new"), times),
            "memory_mb_one_process_both_doors": round(psutil.Process().memory_info().rss / 2**20),
        }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--times", type=int, default=60)
    options = parser.parse_args()
    print(json.dumps(run(options.cases, options.times)))


if __name__ == "__main__":
    main()
