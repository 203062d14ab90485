"""How long the desk's search takes over many cases: ready after sign-in, a query, a new report, memory.

    python -m tests.benchmarks.desk_lookup [--cases 5000] [--queries 400]

Prints JSON. Invented families in an empty vault of its own; nothing of it stays.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from forum.safeguarding.cases.types import Actor
from forum.safeguarding.lookup import service, summaries
from forum.safeguarding.lookup.service import Desk
from forum.safeguarding.policy import GROUP_IDS, current
from forum.safeguarding.vault import sealed, store
from forum.safeguarding.vault.db import vault_db, writing
from tests.safeguarding.conftest import DESK, build_doors, furnish
from tests.safeguarding.lookup.families import Family, Voice, families

SEED = 20261123
WORKER = Actor(1, "計測", frozenset(GROUP_IDS))


def fill(many: list[Family], voice: Voice) -> None:
    """One report for each family."""
    for start in range(0, len(many), 250):
        chunk = many[start : start + 250]
        prepared = [sealed.prepare(voice.tells(one), None, (), DESK.key, reporter=None) for one in chunk]
        with writing():
            for number, one in enumerate(prepared, start):
                store.put_report(
                    one, current(), entrance="neighbour", groups=GROUP_IDS, urgent=False, once=f"b{number}"
                )
        vault_db.session.remove()


def typed(one: Family, rng: random.Random, voice: Voice) -> str:
    """What a worker remembers of a family."""
    surname, child = one.surname, one.child
    return rng.choice(
        (
            voice.name(one),
            surname[1],
            surname[1][:-1] + "あ",
            child[0],
            child[1],
            one.phone[-4:],
            voice.phone(one.phone),
            voice.place(one),
            one.town,
            f"{surname[0]} {one.town}",
            voice.school(one.school),
            "泣き声",
        )
    )


def timed(work: Callable[[], object], times: int) -> dict[str, float]:
    """Milliseconds of each of many runs."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
        vault_db.session.rollback()
    cuts = statistics.quantiles(took, n=100)
    return {"p50_ms": round(cuts[49], 1), "p95_ms": round(cuts[94], 1), "most_ms": round(max(took), 1)}


def resident_mib() -> float:
    """Memory of this process that is in the machine's own."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def read_for_the_first_time(cases: int) -> float:
    """Fill the vault and make every summary, in a process of its own; seconds for the summaries."""
    result, told = os.pipe()
    if os.fork() == 0:
        vault_db.engine.dispose(close=False)
        rng = random.Random(SEED)
        fill(families(rng, cases), Voice(rng))
        began = time.perf_counter()
        while summaries.bring_up_to_date(
            service.shelf().index, DESK.ring, WORKER, service.towns(), budget=60.0
        ):
            pass
        os.write(told, str(time.perf_counter() - began).encode())
        os._exit(0)
    os.close(told)
    with os.fdopen(result, encoding="ascii") as answer:
        seconds = float(answer.read())
    os.wait()
    return seconds


def measure(app: Flask, cases: int, queries: int) -> dict[str, object]:
    service.install(app)
    first = read_for_the_first_time(cases)
    rng = random.Random(SEED)
    voice, many = Voice(rng), families(rng, cases)
    desk = Desk(WORKER, (1, "session001"), DESK.ring)
    service.towns()
    voice.tells(many[0])
    before = resident_mib()
    began = time.perf_counter()
    service.search("佐藤", desk)
    ready = time.perf_counter() - began
    held = resident_mib() - before
    found = service.shelf().index
    return {
        "cases": len(found),
        "first_reading_ms_a_case": round(first / cases * 1000, 1),
        "ready_after_sign_in_s": round(ready, 2),
        "search": timed(lambda: service.search(typed(rng.choice(many), rng, voice), desk), queries),
        "same_house": timed(
            lambda: service.same_house(rng.choice(list(found.summaries)), desk), max(2, queries // 4)
        ),
        "memory_mib": round(held, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--queries", type=int, default=400)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = build_doors(Path(folder))[1]
        furnish(app)
        with app.app_context():
            print(json.dumps(measure(app, asked.cases, asked.queries), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
