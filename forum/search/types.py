"""Values that go in and out of the index."""

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol


@dataclass(frozen=True)
class DocumentTerms:
    """What the analysis made of a document, to be stored beside it and given back on a rebuild.

    Words are base forms in order; `reading` holds katakana runs (n-grams are cut when indexing);
    `concepts` group ids, as often as they occur. `analyser` and `thesaurus` are the stamps under
    which this was made: under others the text is analysed again.
    """

    analyser: str
    thesaurus: str
    title: tuple[str, ...]
    body: tuple[str, ...]
    replies: tuple[str, ...]
    reading: tuple[str, ...]
    concepts: tuple[str, ...]

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps(self.__dict__, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "DocumentTerms":
        """The reverse of `to_json`. Raises ValueError or TypeError on anything else."""
        fields: dict[str, Any] = json.loads(text)
        if not isinstance(fields, dict):
            raise TypeError("terms must be a JSON object")
        lists: dict[str, Any] = {name: tuple(v) for name, v in fields.items() if isinstance(v, list)}
        return cls(**{**fields, **lists})


@dataclass(frozen=True)
class Document:
    """A text to be found again; `replies` as on the page. `terms`, when known, spare the analysis."""

    id: str
    title: str
    body: str
    replies: tuple[str, ...] = ()
    terms: DocumentTerms | None = None


@dataclass(frozen=True)
class Hit:
    """A document that fits. Scores compare inside one answer only. `words` (base forms) and `concepts`
    (group ids) are what it shares with the question, for marking the passage."""

    id: str
    score: float
    words: tuple[str, ...]
    concepts: tuple[str, ...] = ()


class Row(NamedTuple):
    """A document as an engine keeps it."""

    id: str
    terms: DocumentTerms


class Question(NamedTuple):
    """What is asked, as weighted terms; a term's weight multiplies its score."""

    words: tuple[tuple[str, float], ...]
    grams: tuple[tuple[str, float], ...]
    concepts: tuple[tuple[str, float], ...]


class Found(NamedTuple):
    """A candidate of an engine. `word_share` and `gram_share` are the parts (0 to 1) of the question's
    information, by IDF, that the document holds; words that no document holds count in full."""

    id: str
    score: float
    words: tuple[str, ...]
    concepts: tuple[str, ...]
    word_share: float
    gram_share: float


class Engine(Protocol):
    """A place where rows are kept and scored. Changes raise Refused("search_busy") when another
    process holds the index too long; nothing else of the index's state ever raises."""

    def ready(self) -> bool:
        """Whether a sound index under the present stamp is there."""

    def generation(self) -> str:
        """Changes with every change of the index, by whichever process; "" without an index."""

    def count(self) -> int:
        """Documents that can be found."""

    def put(self, rows: Collection[Row]) -> None:
        """Add or replace; findable when this returns. Without an index nothing: the rebuild brings them."""

    def drop(self, ids: Collection[str]) -> None:
        """Make documents unfindable at once."""

    def purge(self) -> None:
        """Erase from the files what was dropped, replaced or left behind by a killed process."""

    def search(self, question: Question, limit: int) -> list[Found]:
        """The best candidates, best first; [] without an index."""

    def rebuild(self, rows: Iterable[Row], progress: Callable[[int], None] | None) -> None:
        """Build beside the old index, then change over. Refused("rebuild_running") if one is at work."""
