"""The index as the rest of the house knows it: documents in, hits out."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from sqlalchemy import Engine as Database

from forum.language.concepts import Thesaurus
from forum.language.tokens import analyser_stamp
from forum.language.vectors import Vectors
from forum.search.engines import open_engine
from forum.search.rules import ranked, understood
from forum.search.terms import question_of, question_of_post, terms_of
from forum.search.types import Document, Hit, Question, Row
from forum.search.vectors import DocumentVectors

__all__ = ["SearchIndex", "terms_of"]

_CANDIDATES = 100  # taken from the engine beyond the limit, so that rules and exclusions leave enough


class SearchIndex:
    """An index in a folder; several processes may read it, one writes at a time. Safe for threads.

    Questions never raise, whatever is typed and whatever state the files are in: without a sound
    index there are simply no hits (`ready()` tells). Changes may raise Refused("search_busy").
    """

    def __init__(
        self,
        path: Path,
        engine: str = "whoosh",
        thesaurus: Thesaurus | None = None,
        database: Database | None = None,
        vectors: Vectors | None = None,
    ) -> None:
        """`path` is made when needed; `thesaurus` defaults to the national base; `database` is where the
        engine "postgres" keeps its tables; `vectors` are those of words, by which what is near in meaning
        moves up. KeyError: unknown engine."""
        self.thesaurus = thesaurus or Thesaurus.load()
        self._engine = open_engine(engine, path, f"{analyser_stamp()}-{self.thesaurus.stamp}", database)
        self._vectors = DocumentVectors(path, vectors) if vectors else None

    def ready(self) -> bool:
        """Whether the index is there, sound, and made by the present analyser and thesaurus; else rebuild."""
        return self._engine.ready() and (self._vectors is None or self._vectors.ready())

    def generation(self) -> str:
        """Changes with every change by any process (for ETags); "" without an index. About 0.1 ms."""
        return self._engine.generation()

    def count(self) -> int:
        """Documents in the index; 0 without one."""
        return self._engine.count()

    def put(self, docs: Iterable[Document]) -> None:
        """Add documents or replace those with the same id; found by every process afterwards."""
        rows = [Row(doc.id, terms_of(doc, self.thesaurus)) for doc in docs]
        self._engine.put(rows)
        if self._vectors:
            self._vectors.put(rows)

    def drop(self, ids: Collection[str]) -> None:
        """Take documents out of the answers at once; `purge` erases them from the files."""
        self._engine.drop(ids)
        if self._vectors:
            self._vectors.drop(ids)

    def purge(self) -> None:
        """Erase dropped and replaced documents, and what killed processes left, from the files."""
        self._engine.purge()

    def find(self, query: str, limit: int = 50, exclude: Collection[str] = ()) -> list[Hit]:
        """Documents for what was typed into a search box, best first; [] when nothing fits."""
        return self._ask(question_of(query, self.thesaurus), limit, exclude)

    def similar(self, title: str, body: str, limit: int = 50, exclude: Collection[str] = ()) -> list[Hit]:
        """Documents like a post (found by its most telling words and concepts), best first."""
        return self._ask(question_of_post(title, body, self.thesaurus), limit, exclude)

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> None:
        """Build a new index beside the old one and change over; `progress` gets the number done so far.

        The old index answers until then; what is put or dropped meanwhile is in the new one too.
        A killed rebuild leaves the old index as it was. Raises Refused("rebuild_running").
        """
        rows: Iterable[Row] = (Row(doc.id, terms_of(doc, self.thesaurus)) for doc in documents)
        self._engine.rebuild(self._vectors.rebuild(rows) if self._vectors else rows, progress)

    def _ask(self, question: Question, limit: int, exclude: Collection[str]) -> list[Hit]:
        candidates = self._engine.search(question, limit + len(exclude) + _CANDIDATES)
        # Of what the thesaurus does not know, the words themselves tell more than what is near them.
        if self._vectors and understood(question):
            candidates = self._vectors.fused(question, candidates)
        return [
            Hit(found.id, round(found.score, 4), found.words, found.concepts)
            for found in ranked(candidates, question, limit, exclude)
        ]
