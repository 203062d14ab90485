"""Ranking on general text: `python -m tests.benchmarks.search_paragraphs DOCS QUERIES...`.

DOCS: JSON lines with id, title, body (also gzipped). QUERIES: JSON lines with text and rel, the ids of the
paragraphs that answer. One JSON object for each file of queries. `BenchAdapter` lets another harness
drive the same index.
"""

import argparse
import gzip
import json
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from forum.evaluation import metrics
from forum.language.vectors import Vectors
from forum.search.service import SearchIndex
from forum.search.types import Document

DEPTH = 10


class BenchAdapter:
    """An index in a folder with the manners of a harness: documents are {"id", "title", "body"}."""

    def __init__(self, work: str, *, vectors: bool = False, **_: object) -> None:
        self._index = SearchIndex(Path(work) / "index", vectors=Vectors.load() if vectors else None)

    def add_many(self, docs: Iterable[Mapping[str, str]]) -> None:
        """Build the index of these documents anew."""
        self._index.rebuild(map(_document, docs))

    def search(self, text: str, k: int = DEPTH) -> list[str]:
        """Ids, best first."""
        return [hit.id for hit in self._index.find(text, k)]

    def add(self, doc: Mapping[str, str]) -> None:
        """Add one; found when this returns."""
        self._index.put([_document(doc)])


def _document(doc: Mapping[str, str]) -> Document:
    return Document(doc["id"], doc.get("title", ""), doc["body"])


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    data = path.read_bytes()
    for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines():
        yield json.loads(line)


def measure(adapter: BenchAdapter, queries: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Figures over the queries; times are those of a whole question in milliseconds."""
    ranks, recalls, times = [], [], []
    for query in queries:
        started = time.perf_counter()
        ranking = adapter.search(query["text"])
        times.append((time.perf_counter() - started) * 1000)
        ranks.append(metrics.reciprocal_rank(ranking, set(query["rel"]), DEPTH))
        recalls.append(metrics.recall(ranking, set(query["rel"]), DEPTH))
    return {
        "n": len(ranks),
        "mrr@10": round(metrics.mean(ranks), 4),
        "recall@10": round(metrics.mean(recalls), 4),
        "p50_ms": round(metrics.percentile(times, 0.5), 1),
        "p95_ms": round(metrics.percentile(times, 0.95), 1),
    }


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("docs", type=Path)
    parser.add_argument("queries", type=Path, nargs="+")
    parser.add_argument("--vectors", action="store_true", help="with the table of word vectors")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        adapter = BenchAdapter(folder, vectors=given.vectors)
        started = time.perf_counter()
        adapter.add_many(_lines(given.docs))
        built = round(time.perf_counter() - started, 1)
        for path in given.queries:
            figures = {"queries": path.name, "vectors": given.vectors, "build_s": built}
            print(json.dumps({**figures, **measure(adapter, _lines(path))}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
