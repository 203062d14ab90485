"""The ways that a worry and a query take in production, without a database.

Everything measured goes through here, so that it is what parents meet.
"""

import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from forum.ask.rules import alike
from forum.ask.search_views import RANKED
from forum.ask.service import CANDIDATES, offered, signs_of
from forum.ask.types import Situation, Worry
from forum.city.pack import CityPack
from forum.directory.records import service_of
from forum.directory.types import Match
from forum.evaluation.files import LabelledThread
from forum.language.concepts import Thesaurus
from forum.language.vectors import Vectors
from forum.privacy.input import clean_input
from forum.search.service import SearchIndex, terms_of
from forum.search.types import Document
from forum.visitors import gate

Progress = Callable[[str, int], None]

PARTS = ("vectors", "concepts", "grams", "board")


@dataclass(frozen=True)
class House:
    """What the figures depend on besides the files."""

    pack: CityPack
    thesaurus: Thesaurus
    engine: str = "whoosh"
    vectors: Vectors | None = None
    without: frozenset[str] = frozenset()  # parts left out, to see what they bring

    def parts(self) -> dict[str, object]:
        """The parts at work, by name and content hash."""
        return {
            "engine": self.engine,
            "vectors": self.vectors.stamp if self.vectors else False,
            **({"without": sorted(self.without)} if self.without else {}),
            "thesaurus": self.thesaurus.stamp,
            "pack": f"{self.pack.id} {self.pack.content_hash}",
        }

    def public(self, text: str) -> str:
        """A text as the forum stores it: cleaned and masked."""
        return gate.review(text, self.pack).public_text()

    def worry(self, thread: LabelledThread) -> Worry:
        """A thread as it is right after posting."""
        return Worry(
            text=self.public(thread.body),
            title=self.public(thread.title),
            board=thread.board,
            child_age_months=thread.child_age_months,
            thread_id=thread.id,
        )

    def document(self, thread: LabelledThread) -> Document:
        """A thread as the index gets it."""
        replies = tuple(self.public(reply) for reply in thread.replies)
        doc = Document(thread.id, self.public(thread.title), self.public(thread.body), replies)
        if "grams" in self.without:
            return replace(doc, terms=replace(terms_of(doc, self.thesaurus), reading=()))
        return doc

    @contextmanager
    def index_of(self, threads: Sequence[LabelledThread], progress: Progress) -> Iterator[SearchIndex]:
        """An index of these threads in a folder that is gone afterwards."""
        with tempfile.TemporaryDirectory() as folder:
            index = SearchIndex(Path(folder) / "index", self.engine, self.thesaurus, vectors=self.vectors)
            index.rebuild(map(self.document, threads), lambda done: progress("indexed", done))
            yield index

    def offered(self, worry: Worry) -> list[Match]:
        """The services that the answer shows for a worry."""
        services = [service_of(record) for record in self.pack.services]
        return offered(worry, signs_of(worry), services, self.pack, self.thesaurus)


def left_out(house: House, parts: Collection[str]) -> House:
    """The house without some of PARTS. For services `concepts` leaves only the wording of their cards."""
    return replace(
        house,
        thesaurus=Thesaurus([]) if "concepts" in parts else house.thesaurus,
        vectors=None if "vectors" in parts else house.vectors,
        without=frozenset(parts),
    )


def found(index: SearchIndex, query: str) -> tuple[list[str], float]:
    """Ids that the search page finds, best first, and the milliseconds it took."""
    started = time.perf_counter()
    hits = index.find(clean_input(query).strip(), limit=RANKED)
    return [hit.id for hit in hits], (time.perf_counter() - started) * 1000


def similar(index: SearchIndex, worry: Worry, situations: Mapping[str, Situation]) -> tuple[list[str], float]:
    """Ids of the threads that the answer to a worry is taken from, best first, and the milliseconds."""
    started = time.perf_counter()
    exclude: Collection[str] = (worry.thread_id,) if worry.thread_id else ()
    hits = index.similar(worry.title, worry.text, limit=CANDIDATES, exclude=exclude)
    hits = alike(hits, Situation(worry.board, worry.child_age_months), situations)
    return [hit.id for hit in hits], (time.perf_counter() - started) * 1000
