"""Commits into a Whoosh folder: rows to fields, merging, erasing, sweeping up after a kill."""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import pack_uint
from whoosh.index import LockError
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from forum.errors import Refused
from forum.language.tokens import grams
from forum.search.engines import tables
from forum.search.engines.tables import FIELDS
from forum.search.types import DocumentTerms, Row

LAYOUT = 2  # raise it when the fields below change
SEGMENT = 4_000  # documents of a full segment: erasing one document writes so many anew
WRITER_TIMEOUT = 20.0  # seconds
_STEP = 8  # a size is so many times the one below it, so every document is moved a few times in all
_SIZES = tuple(_STEP**power for power in range(1, 5) if _STEP**power <= SEGMENT) + (SEGMENT,)
_BESIDE = 20  # so many of one size may stand side by side: one new post in twenty waits for a merger

MergePolicy = Callable[[SegmentWriter, list[Any]], list[Any]]


class Terms(TEXT):  # type: ignore[misc]
    """A field that takes terms as they are: no analysis, no positions, nothing stored."""

    def __init__(self) -> None:
        super().__init__(analyzer=SpaceSeparatedTokenizer(), phrase=False, stored=False)
        self.scorable = False  # no lengths, see _codec

    def index(self, value: Sequence[str], **options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Each term once: bytes, how often, weight, and how often again as Whoosh's format keeps it."""
        for term, count in Counter(value).items():
            yield term.encode(), count, float(count), pack_uint(count)


def _codec() -> W3Codec:
    """Without lengths, which are kept in the tables: Whoosh would look one up for every posting."""
    codec = W3Codec()
    codec.length_stats = False
    return codec


class _Pool:
    """The postings of one commit by their terms, in memory: Whoosh's own sorts them one by one on disk.
    Documents come in the order of their numbers, as Whoosh wants them back."""

    def __init__(self) -> None:
        self.fieldnames: set[str] = set()
        self._terms: dict[tuple[str, bytes], list[tuple[int, float, bytes]]] = {}

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Field, term, document, weight, value."""
        field, term, doc, weight, value = item
        self.fieldnames.add(field)
        self._terms.setdefault((field, term), []).append((doc, weight, value))

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """All of them, by field, term and document."""
        for (field, term), postings in sorted(self._terms.items(), key=itemgetter(0)):
            for posting in postings:
                yield field, term, *posting

    def cleanup(self) -> None:
        """Nothing lies on disk."""
        self._terms.clear()


def create(folder: Path) -> None:
    """An empty index: base forms, readings as 3-grams, concept ids; nothing stored but the id."""
    fields = {name: Terms() for name in FIELDS}
    index.create_in(str(folder), Schema(id=ID(stored=True, unique=True), **fields))


def _fields(row: Row) -> dict[str, Any]:
    terms = row.terms
    texts = {
        "words": [*terms.title, *terms.body, *terms.replies],
        "reading": grams(list(terms.reading)),
        "concepts": terms.concepts,
    }
    return {"id": row.id, **{name: words for name, words in texts.items() if words}}


def commit(
    folder: Path, write: Callable[[SegmentWriter], None], mergetype: MergePolicy | None = None
) -> None:
    """One commit, merged by `_merge_small` or `mergetype`; nothing of it is kept when `write` raises."""
    try:
        writer = index.open_dir(str(folder)).writer(timeout=WRITER_TIMEOUT, delay=0.02, codec=_codec())
        writer.pool = _Pool()
    except LockError as locked:
        raise Refused("search_busy") from locked
    try:
        write(writer)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=mergetype or _merge_small)
    tabulate(folder)


def tabulate(folder: Path) -> None:
    """Make the tables that are missing beside their segments."""
    storage = FileStorage(str(folder))
    toc = index.TOC.read(storage, "MAIN")
    for segment in toc.segments:
        name = segment.segment_id()
        if segment.doc_count_all() and not tables.path_of(folder, name).exists():
            reader = SegmentReader(storage, toc.schema, segment)
            tables.save(tables.build(reader), folder, name)
            reader.close()


def add(rows: Collection[Row], writer: SegmentWriter) -> None:
    """Rows that are not in the index yet."""
    for row in rows:
        writer.add_document(**_fields(row))


def replace(rows: Collection[Row], writer: SegmentWriter) -> None:
    """Rows new or known; the last of one id counts."""
    latest = {row.id: row for row in rows}
    delete(latest, writer)
    add(latest.values(), writer)


def delete(ids: Iterable[str], writer: SegmentWriter) -> None:
    """Mark as deleted; the words stay in the files until their segment is rewritten.

    Where a document stands is looked up in the tables: Whoosh would open every segment for it.
    """
    wanted = [each.encode() for each in ids]
    offset = 0
    for segment in writer.segments:
        held = tables.load(Path(writer.storage.folder), segment.segment_id())
        if held is None:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            held = tables.build(reader)
            reader.close()
        for each in wanted:
            for place in np.flatnonzero(held.ids == each):
                writer.delete_document(offset + int(place))
        offset += segment.doc_count_all()


def replay(lines: list[str], writer: SegmentWriter) -> None:
    """The notes of a rebuild's journal; the last one on each document counts."""
    notes: list[dict[str, str]] = [json.loads(line) for line in lines]
    latest = {note.get("put") or note["drop"]: note for note in notes}
    delete(latest, writer)
    add([Row(key, DocumentTerms.from_json(n["terms"])) for key, n in latest.items() if "put" in n], writer)


def _merge_small(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """A merge policy of Whoosh: when more than _BESIDE segments of about one size stand side by side they
    become one of the next size. Full ones stay, so that erasing a document rewrites one segment at most."""
    for size in _SIZES:
        alike = [one for one in segments if size / _STEP <= one.doc_count_all() < size]
        if len(alike) > _BESIDE:
            _rewrite(writer, alike)
            return [segment for segment in segments if segment not in alike]
    return segments


def without_deletions(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """A merge policy of Whoosh: segments with deletions are written anew without them, others stay."""
    _rewrite(writer, [segment for segment in segments if segment.has_deletions()])
    return [segment for segment in segments if not segment.has_deletions()]


def _rewrite(writer: SegmentWriter, segments: list[Any]) -> None:
    for segment in segments:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()


def sweep(folder: Path) -> None:
    """Remove what a killed writer left: Whoosh itself only does so for some of its files."""
    toc = index.TOC.read(FileStorage(str(folder)), "MAIN")
    kept = {segment.segment_id() for segment in toc.segments}
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith("_MAIN_"):
            if path.name != f"_MAIN_{toc.generation}.toc":
                path.unlink(missing_ok=True)
        elif path.name.startswith("MAIN_") and "." in path.name and path.name.split(".")[0] not in kept:
            path.unlink(missing_ok=True)
