"""Threads for measurements: sentences of the pack's samples put together anew, the same for the same seed.

python -m tests.benchmarks.make_threads 10000 1 > threads.jsonl
"""

import json
import random
import re
import sys
from collections.abc import Iterator
from typing import Any

from config import ROOT

SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")


def samples() -> list[dict[str, Any]]:
    """The sample threads of the shipped pack."""
    path = ROOT / "forum" / "city" / "packs" / "otsu" / "samples.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def sentences(texts: list[str]) -> list[str]:
    """All sentences of some texts."""
    return [s.strip() for text in texts for s in SENTENCE.findall(text) if s.strip()]


def make_threads(number: int, seed: int) -> Iterator[dict[str, Any]]:
    """Threads with the lengths and reply counts of the samples, their sentences drawn from all of them."""
    chance = random.Random(seed)  # noqa: S311
    given = samples()
    bodies = sentences([s["body"] for s in given])
    answers = sentences([r["body"] for s in given for r in s["replies"]])
    titles = [s["title"] for s in given]
    for place in range(number):
        model = chance.choice(given)
        yield {
            "id": f"made-{seed}-{place}",
            "title": chance.choice(titles),
            "body": _as_long_as(model["body"], bodies, chance),
            "board": model["board"],
            "child_age_months": model["child_age_months"],
            "replies": [
                {"body": _as_long_as(r["body"], answers, chance), "kind": r["kind"]} for r in model["replies"]
            ],
        }


def _as_long_as(model: str, pool: list[str], chance: random.Random) -> str:
    text = ""
    while len(text) < len(model):
        text += chance.choice(pool)
    return text[:2000]


def main() -> None:
    number, seed = int(sys.argv[1]), int(sys.argv[2])
    for thread in make_threads(number, seed):
        print(json.dumps(thread, ensure_ascii=False))


if __name__ == "__main__":
    main()
