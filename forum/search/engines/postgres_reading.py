"""One state of an index in PostgreSQL, open for questions."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forum.search.engines.postgres_tables import Connection, Index
from forum.search.engines.scoring import NOTHING, Scorer
from forum.search.engines.tables import FIELDS, Array, Tables, hashes_of
from forum.search.engines.tabulating import unpack


@dataclass(frozen=True)
class Segment:
    """A segment as a process remembers it; `tables` are None for a shelf. Never changes."""

    number: int
    size: int
    lengths: Mapping[str, Array]
    tables: Tables | None


Known = dict[int, Segment]


class State(Scorer):
    """The segments of an index after one of its changes; documents are numbered through, segment by segment.

    Asks over `connection`, which the caller sets before a question and takes away after it.
    """

    connection: Connection

    def __init__(self, connection: Connection, index: Index, known: Known) -> None:
        """`known` is kept by the caller from one state to the next: only what is new is read."""
        self.index = index
        rows = connection.execute(index.sql("select id from {segment} order by id")).fetchall()
        ids = [int(each) for (each,) in rows]
        for segment in _read_segments(connection, index, [each for each in ids if each not in known]):
            known[segment.number] = segment
        for gone in set(known) - set(ids):
            del known[gone]
        self._segments = [known[each] for each in ids]
        sizes = [segment.size for segment in self._segments]
        self._offsets: Array = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        self.size = sum(sizes)
        self._place = {each: place for place, each in enumerate(ids)}
        self._has_shelves = any(segment.tables is None for segment in self._segments)
        dead = connection.execute(index.sql("select segment_id, number from {dead}")).fetchall()
        self.deleted = np.array(
            [self._offsets[self._place[segment]] + number for segment, number in dead], dtype=np.int64
        )
        self.weigh()

    def lengths(self, name: str) -> Array:
        """See Scorer."""
        parts = [segment.lengths[name] for segment in self._segments]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint32)

    def frequencies(self, name: str, texts: Sequence[str]) -> Array:
        """See Scorer."""
        wanted = hashes_of(texts)
        totals = np.zeros(wanted.size, dtype=np.int64)
        for segment in self._segments:
            if segment.tables is not None:
                lows, highs = _places(segment.tables, name, wanted)
                totals += highs - lows
        if self._has_shelves:
            values = wanted.view("<i8").tolist()
            rows = self.connection.execute(
                self.index.sql(
                    "select hash, sum(size) from {posting} where field = %s and hash = any(%s) group by hash"
                ),
                (FIELDS.index(name), values),
            )
            found = {value: int(size) for value, size in rows}
            totals += np.array([found.get(value, 0) for value in values], dtype=np.int64)
        return totals

    def postings(self, name: str, texts: Sequence[str], until: float) -> list[tuple[Array, Array]]:
        """See Scorer. The server is asked once, for all terms; when the time is over, not at all."""
        wanted = hashes_of(texts)
        parts: list[list[tuple[int, Array, Array]]] = [[] for _ in texts]
        if time.perf_counter() < until:
            self._from_small(name, wanted, parts)
            if self._has_shelves and texts:
                self._from_shelves(name, wanted, parts)
        return [_joined(each) for each in parts]

    def _from_small(self, name: str, wanted: Array, parts: list[list[tuple[int, Array, Array]]]) -> None:
        for place, segment in enumerate(self._segments):
            if segment.tables is not None:
                field = segment.tables.fields[name]
                lows, highs = _places(segment.tables, name, wanted)
                for i in np.flatnonzero(highs):
                    docs = field.docs[lows[i] : highs[i]].astype(np.int32) + np.int32(self._offsets[place])
                    parts[i].append((place, docs, field.counts[lows[i] : highs[i]]))

    def _from_shelves(self, name: str, wanted: Array, parts: list[list[tuple[int, Array, Array]]]) -> None:
        at = {value: i for i, value in enumerate(wanted.view("<i8").tolist())}
        statement = "select hash, segment_id, docs, counts from {posting} where field = %s and hash = any(%s)"
        with self.connection.cursor(binary=True) as cursor:
            cursor.execute(self.index.sql(statement), (FIELDS.index(name), list(at)))
            for value, segment, packed, counts in cursor:
                place = self._place.get(segment)
                if place is not None:
                    docs = np.frombuffer(packed, dtype="<u4").astype(np.int32) + np.int32(
                        self._offsets[place]
                    )
                    parts[at[value]].append((place, docs, np.frombuffer(counts, dtype=np.uint8)))

    def ids(self, docs: Array) -> dict[int, str]:
        """See Scorer. One that was dropped in this moment is missing."""
        places = np.searchsorted(self._offsets, docs, side="right") - 1
        segments = [self._segments[place].number for place in places]
        numbers = [int(doc - self._offsets[place]) for doc, place in zip(docs, places, strict=True)]
        rows = self.connection.execute(
            self.index.sql(
                "select n.place, d.id from unnest(%s::bigint[], %s::int[]) with ordinality"
                " as n(segment_id, number, place) join {document} d using (segment_id, number)"
            ),
            (segments, numbers),
        )
        return {int(docs[place - 1]): each for place, each in rows}


def _joined(parts: list[tuple[int, Array, Array]]) -> tuple[Array, Array]:
    """The postings of one term over all segments, documents ascending."""
    if not parts:
        return NOTHING
    parts.sort(key=lambda part: part[0])
    return np.concatenate([docs for _, docs, _ in parts]), np.concatenate([counts for _, _, counts in parts])


def _places(tables: Tables, name: str, wanted: Array) -> tuple[Array, Array]:
    """Where the postings of each term begin and end; both 0 where there are none."""
    field = tables.fields[name]
    lows = np.zeros(wanted.size, dtype=np.int64)
    highs = np.zeros(wanted.size, dtype=np.int64)
    if field.hashes.size and wanted.size:
        at = np.minimum(np.searchsorted(field.hashes, wanted), field.hashes.size - 1)
        there = field.hashes[at] == wanted
        lows[there] = field.starts[at[there]]
        highs[there] = field.starts[at[there] + 1]
    return lows, highs


def _read_segments(connection: Connection, index: Index, numbers: Sequence[int]) -> list[Segment]:
    if not numbers:
        return []
    with connection.cursor(binary=True) as cursor:
        cursor.execute(
            index.sql("select id, size, lengths, tables from {segment} where id = any(%s)"), (list(numbers),)
        )
        found = []
        for number, size, lengths, packed in cursor:
            parts = np.frombuffer(lengths, dtype="<u4").reshape(len(FIELDS), size)
            by_field = dict(zip(FIELDS, parts, strict=True))
            found.append(Segment(number, size, by_field, unpack(packed) if packed is not None else None))
        return found
