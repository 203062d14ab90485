"""Commits into a Whoosh folder: rows to fields, merging, erasing, sweeping up after a kill."""

import json
import shutil
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import LockError
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from forum.errors import Refused
from forum.language.tokens import grams
from forum.search.engines.whoosh_scoring import TEXT_FIELDS
from forum.search.types import DocumentTerms, Row

LAYOUT = 1  # raise it when the fields below change
SEGMENT = 1_000  # documents of a full segment
WRITER_TIMEOUT = 20.0  # seconds
_SMALL_SEGMENTS = 8  # so many small ones may stand beside the full ones

MergePolicy = Callable[[SegmentWriter, list[Any]], list[Any]]


def create(folder: Path) -> None:
    """An empty index: base forms by part, readings as 3-grams, concept ids; nothing stored but the id."""
    names = (*TEXT_FIELDS, "reading", "concepts")
    fields = {name: TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False, stored=False) for name in names}
    index.create_in(str(folder), Schema(id=ID(stored=True, unique=True), **fields))


def _fields(row: Row) -> dict[str, str]:
    terms = row.terms
    texts = {
        "title": terms.title,
        "body": terms.body,
        "replies": terms.replies,
        "reading": grams(list(terms.reading)),
        "concepts": terms.concepts,
    }
    return {"id": row.id, **{name: " ".join(words) for name, words in texts.items() if words}}


def commit(
    folder: Path, write: Callable[[SegmentWriter], None], mergetype: MergePolicy | None = None
) -> None:
    """One commit, merged by `_merge_small` or `mergetype`; nothing of it is kept when `write` raises."""
    try:
        writer = index.open_dir(str(folder)).writer(timeout=WRITER_TIMEOUT, delay=0.02, limitmb=128)
    except LockError as locked:
        raise Refused("search_busy") from locked
    try:
        write(writer)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=mergetype or _merge_small)


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
    """Mark as deleted; the words stay in the files until their segment is rewritten."""
    for each in ids:
        writer.delete_by_term("id", each)


def replay(lines: list[str], writer: SegmentWriter) -> None:
    """The notes of a rebuild's journal; the last one on each document counts."""
    notes: list[dict[str, str]] = [json.loads(line) for line in lines]
    latest = {note.get("put") or note["drop"]: note for note in notes}
    delete(latest, writer)
    add([Row(key, DocumentTerms.from_json(n["terms"])) for key, n in latest.items() if "put" in n], writer)


def _merge_small(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """A merge policy of Whoosh: many small segments become one; full ones stay, so that erasing a
    document rewrites one or two thousand at most (some seconds)."""
    small = [segment for segment in segments if segment.doc_count_all() < SEGMENT]
    if len(small) <= _SMALL_SEGMENTS:
        return segments
    small.sort(key=lambda segment: segment.doc_count_all())
    merged: list[Any] = []
    total = 0
    for segment in small:
        total += segment.doc_count_all()
        if total > SEGMENT and len(merged) > 1:
            break
        merged.append(segment)
    _rewrite(writer, merged)
    return [segment for segment in segments if segment not in merged]


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
