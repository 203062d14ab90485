"""How the index grows: time of a question, of a new post, of a rebuild; size on disk and in memory.

    python -m tests.benchmarks.search_growth [--threads 1000 10000 100000] [--short]
    python -m tests.benchmarks.search_growth --engine postgres --database URL

Threads are those of make_threads; their terms are put together from the terms of their sentences, so
that a hundred thousand need no hours of analysis. --short: threads of about 50 characters without
replies. The index in the database named is made anew. Prints one JSON object. Other work on the machine
shows in the figures.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from forum.language.concepts import Thesaurus
from forum.search.service import SearchIndex
from forum.search.terms import terms_of
from forum.search.types import Document, DocumentTerms
from tests.benchmarks.make_threads import SENTENCE, make_threads, samples, sentences

QUESTIONS = 300
POSTS = 60


@cache
def thesaurus() -> Thesaurus:
    """The words of the country."""
    return Thesaurus.load()


@cache
def terms_of_sentence(text: str) -> DocumentTerms:
    """One sentence analysed as a body."""
    return terms_of(Document("", "", text), thesaurus())


def joined(title: str, bodies: list[str], replies: list[str]) -> DocumentTerms:
    """The terms of a thread from those of its sentences."""

    def parts(texts: list[str]) -> list[DocumentTerms]:
        return [terms_of_sentence(s) for text in texts for s in SENTENCE.findall(text)]

    head, body, answers = parts([title]), parts(bodies), parts(replies)
    every = [*head, *body, *answers]
    return DocumentTerms(
        analyser=every[0].analyser,
        thesaurus=every[0].thesaurus,
        title=tuple(w for part in head for w in part.body),
        body=tuple(w for part in body for w in part.body),
        replies=tuple(w for part in answers for w in part.body),
        reading=tuple(r for part in every for r in part.reading),
        concepts=tuple(c for part in every for c in part.concepts),
    )


def documents(number: int, *, short: bool) -> Iterator[Document]:
    """Threads with their terms."""
    for thread in make_threads(number, 7):
        bodies = SENTENCE.findall(thread["body"])
        body = bodies[0] if short else thread["body"]
        replies = [] if short else [reply["body"] for reply in thread["replies"]]
        terms = joined(thread["title"], [body], replies)
        yield Document(thread["id"], thread["title"], body, tuple(replies), terms)


def questions(number: int) -> list[str]:
    """What somebody might type: titles, sentences and pieces of them, the same every time."""
    chance = random.Random(3)  # noqa: S311
    pool = [s["title"] for s in samples()] + sentences([s["body"] for s in samples()])
    return [
        text if chance.random() < 0.5 else text[: chance.randint(3, 14)]
        for text in chance.choices(pool, k=number)
    ]


def spread(seconds: list[float]) -> dict[str, float]:
    """Milliseconds: median, 95 of 100, worst."""
    ordered = sorted(s * 1000 for s in seconds)
    return {
        "p50": round(ordered[len(ordered) // 2], 1),
        "p95": round(ordered[int(len(ordered) * 0.95)], 1),
        "max": round(ordered[-1], 1),
    }


def timed(work: Callable[[], Any]) -> float:
    """Seconds that some work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def memory() -> dict[str, float]:
    """Megabytes of this process: its share of what it has (PSS), and all of it (RSS)."""
    rollup = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    found = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in rollup if line.endswith("kB")}
    return {"pss_mb": round(found["Pss"]), "rss_mb": round(found["Rss"])}


def index_at(folder: Path, url: str) -> SearchIndex:
    """The index of this trial: files in a folder, or tables where `url` says."""
    if not url:
        return SearchIndex(folder, thesaurus=thesaurus())
    return SearchIndex(folder, "postgres", thesaurus(), create_engine(url))


def size_of(folder: Path, url: str) -> int:
    """Bytes on disk."""
    if not url:
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    tables = "select sum(pg_total_relation_size(oid)) from pg_class where relkind = 'r' and relnamespace = "
    with create_engine(url).connect() as connection:
        return int(connection.execute(text(f"{tables}'search'::regnamespace")).scalar_one())


def read(folder: Path, url: str) -> dict[str, Any]:
    """A fresh process that only asks: opening, first and later questions, memory."""
    thesaurus().find("夜泣き")
    before = memory()
    begun = time.perf_counter()
    index = index_at(folder, url)
    index.find("夜泣きがつらい")
    opened = time.perf_counter() - begun
    asked = questions(QUESTIONS)
    cold = [timed(lambda q=q: index.find(q)) for q in asked]  # type: ignore[misc]
    warm = [timed(lambda q=q: index.find(q)) for q in asked]  # type: ignore[misc]
    posts = [(t["title"], t["body"]) for t in make_threads(POSTS, 99)]
    alike = [timed(lambda p=p: index.similar(*p)) for p in posts]  # type: ignore[misc]
    return {
        "open_and_first_ms": round(opened * 1000),
        "first_time": spread(cold),
        "again": spread(warm),
        "similar": spread(alike),
        "before": before,
        "after": memory(),
    }


class Source:
    """Documents one at a time: how many characters they had, and the seconds it took to make them up."""

    def __init__(self, docs: Iterator[Document]) -> None:
        self._docs = docs
        self.characters = 0
        self.seconds = 0.0

    def __iter__(self) -> "Source":
        return self

    def __next__(self) -> Document:
        begun = time.perf_counter()
        try:
            doc = next(self._docs)
        finally:
            self.seconds += time.perf_counter() - begun
        self.characters += len(doc.title) + len(doc.body) + sum(map(len, doc.replies))
        return doc


def measure(number: int, *, short: bool, url: str) -> dict[str, Any]:
    """One size, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="growth-") as temporary:
        folder = Path(temporary) / "index"
        index = index_at(folder, url)
        source = Source(documents(number, short=short))
        rebuilt = timed(lambda: index.rebuild(source)) - source.seconds
        bytes_ = size_of(folder, url)
        command = [
            sys.executable,
            "-m",
            "tests.benchmarks.search_growth",
            "--read",
            str(folder),
            "--database",
            url,
        ]
        asked = json.loads(subprocess.run(command, check=True, capture_output=True, env=os.environ).stdout)  # noqa: S603
        added = []
        for thread in make_threads(POSTS, 31):
            doc = Document(thread["id"], thread["title"], thread["body"])
            added.append(timed(lambda d=doc: index.put([d])))  # type: ignore[misc]
            assert thread["id"] in {
                hit.id for hit in index.similar(thread["title"], thread["body"], limit=20)
            }
        return {
            "threads": number,
            "characters": round(source.characters / number),
            "rebuild_s": round(rebuilt, 1),
            "bytes_a_thread": round(bytes_ / number),
            "put_one_ms": spread(added),
            **asked,
        }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--engine", choices=["whoosh", "postgres"], default="whoosh")
    parser.add_argument("--database", default="", help="for the engine postgres")
    parser.add_argument("--read", type=Path)
    given = parser.parse_args()
    if given.engine == "postgres" and not given.database:
        parser.error("--engine postgres needs --database URL")
    if given.read:
        print(json.dumps(read(given.read, given.database)))
        return
    sizes = [measure(number, short=given.short, url=given.database) for number in given.threads]
    print(json.dumps({"engine": given.engine, "short": given.short, "sizes": sizes}, indent=1))


if __name__ == "__main__":
    main()
