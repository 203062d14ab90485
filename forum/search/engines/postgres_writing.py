"""Changes of an index in PostgreSQL: new segments, shelves, deletions, erasing.

Small segments are kept whole and grow together as in the embedded engine; from SHELF on a segment is
a shelf, whose postings stand term by term, so that a question reads only what it needs.
"""

from collections.abc import Collection, Sequence
from itertools import islice

import numpy as np

from forum.search.engines.postgres_tables import Connection, Index
from forum.search.engines.tables import FIELDS, Array, Tables
from forum.search.engines.tabulating import merge, pack, tabulate, unpack
from forum.search.types import Row

SHELF = 4_096  # documents from which on a segment's postings stand term by term
BATCH = 32_768  # documents of a shelf that a rebuild makes: about 200 MB while it is made
_STEP = 8
_SIZES = tuple(_STEP**power for power in range(1, 5))
_BESIDE = 20  # so many of one size may stand side by side
_FETCH = 5_000  # rows of postings at a time


def replace(connection: Connection, index: Index, rows: Collection[Row]) -> None:
    """Rows new or known; the last of one id counts."""
    latest = list({row.id: row for row in rows}.values())
    bury(connection, index, [row.id for row in latest])
    add(connection, index, latest)
    _grow_together(connection, index)


def add(connection: Connection, index: Index, rows: Sequence[Row]) -> None:
    """Rows of which none is in the index, as one segment."""
    if not rows:
        return
    tables = tabulate(rows)
    segment = _segment(connection, index, tables)
    with (
        connection.cursor() as cursor,
        cursor.copy(index.sql("copy {document} (id, segment_id, number) from stdin")) as copy,
    ):
        for number, row in enumerate(rows):
            copy.write_row((row.id, segment, number))


def add_missing(connection: Connection, index: Index, rows: Sequence[Row]) -> None:
    """Of these rows those that are neither there nor dropped meanwhile."""
    ids = [row.id for row in rows]
    known = connection.execute(index.sql("select id from {document} where id = any(%s)"), (ids,))
    there = {each for (each,) in known}
    add(connection, index, [row for row in rows if row.id not in there])


def bury(connection: Connection, index: Index, ids: Collection[str]) -> None:
    """Take documents out of the answers."""
    connection.execute(
        index.sql(
            "with gone as (delete from {document} where id = any(%s) returning segment_id, number)"
            " insert into {dead} select segment_id, number from gone where segment_id is not null"
        ),
        (list(ids),),
    )


def remember_dropped(connection: Connection, index: Index, ids: Collection[str]) -> None:
    """Tombstones: a rebuild that has not come to these documents yet must not bring them back."""
    connection.execute(
        index.sql("insert into {document} (id) select unnest(%s::text[]) on conflict do nothing"),
        (list(ids),),
    )


def _segment(connection: Connection, index: Index, tables: Tables) -> int:
    """Keep the tables of a new segment; its number."""
    size = int(tables.ids.size)
    lengths = np.concatenate([tables.fields[name].lengths.astype("<u4") for name in FIELDS]).tobytes()
    row = connection.execute(
        index.sql("insert into {segment} (size, lengths, tables) values (%s, %s, %s) returning id"),
        (size, lengths, pack(tables) if size < SHELF else None),
    ).fetchone()
    assert row is not None
    if size >= SHELF:
        _shelve(connection, index, int(row[0]), tables)
    return int(row[0])


def _shelve(connection: Connection, index: Index, segment: int, tables: Tables) -> None:
    """Write the postings of a segment term by term."""
    types = ["int8", "int2", "int8", "int4", "bytea", "bytea"]
    with (
        connection.cursor() as cursor,
        cursor.copy(
            index.sql(
                "copy {posting} (hash, field, segment_id, size, docs, counts) from stdin with (format binary)"
            )
        ) as copy,
    ):
        copy.set_types(types)
        for number, name in enumerate(FIELDS):
            field = tables.fields[name]
            hashes, starts = field.hashes.view("<i8").tolist(), field.starts.tolist()
            docs, counts = field.docs.astype("<u4"), field.counts
            for at, value in enumerate(hashes):
                first, last = starts[at], starts[at + 1]
                copy.write_row(
                    (
                        value,
                        number,
                        segment,
                        last - first,
                        docs[first:last].tobytes(),
                        counts[first:last].tobytes(),
                    )
                )


def _grow_together(connection: Connection, index: Index) -> None:
    """When more than _BESIDE small segments of about one size stand side by side they become one."""
    sizes = connection.execute(
        index.sql("select id, size from {segment} where tables is not null order by id")
    ).fetchall()
    for size in _SIZES:
        alike = [segment for segment, held in sizes if size / _STEP <= held < size]
        if len(alike) > _BESIDE:
            _rewrite(connection, index, alike)
            return


def _rewrite(connection: Connection, index: Index, segments: Sequence[int]) -> None:
    """Make one of small segments, without what is dead in them."""
    parts, moved = [], []
    for segment, packed in connection.execute(
        index.sql("select id, tables from {segment} where id = any(%s) order by id"), (list(segments),)
    ).fetchall():
        documents = connection.execute(
            index.sql("select id, number from {document} where segment_id = %s order by number"), (segment,)
        ).fetchall()
        tables = unpack(packed)
        kept = np.array([number for _, number in documents], dtype=np.int64)
        held = np.array([each.encode() for each, _ in documents] or [b""], dtype="S")[: kept.size]
        ids = np.zeros(tables.fields[FIELDS[0]].lengths.size, dtype=held.dtype)
        ids[kept] = held
        parts.append((Tables(ids, tables.fields), kept))
        moved += [each for each, _ in documents]
    if moved:
        new = _segment(connection, index, merge(parts))
        connection.execute(
            index.sql(
                "update {document} d set segment_id = %s, number = n.number - 1"
                " from unnest(%s::text[]) with ordinality as n(id, number) where d.id = n.id"
            ),
            (new, moved),
        )
    _forget(connection, index, segments)


def _forget(connection: Connection, index: Index, segments: Sequence[int]) -> None:
    connection.execute(index.sql("delete from {dead} where segment_id = any(%s)"), (list(segments),))
    connection.execute(index.sql("delete from {segment} where id = any(%s)"), (list(segments),))


def erase(connection: Connection, index: Index) -> None:
    """Write every segment with dead documents anew without them."""
    rows = connection.execute(
        index.sql(
            "select d.segment_id, s.tables is null, array_agg(d.number) from {dead} d"
            " join {segment} s on s.id = d.segment_id group by 1, 2"
        )
    ).fetchall()
    for segment, is_shelf, numbers in rows:
        if is_shelf:
            _erase_from_shelf(connection, index, segment, np.array(numbers, dtype="<u4"))
        else:
            _rewrite(connection, index, [segment])
    connection.execute(index.sql("delete from {dead}"))


def _erase_from_shelf(connection: Connection, index: Index, segment: int, dead: Array) -> None:
    """Take the postings of some documents out of a shelf; its other documents keep their numbers."""
    with connection.cursor(name="shelf", binary=True) as cursor:
        cursor.execute(
            index.sql("select hash, field, docs, counts from {posting} where segment_id = %s"), (segment,)
        )
        while rows := list(islice(cursor, _FETCH)):
            changed = []
            for value, number, docs, counts in rows:
                stays = ~np.isin(np.frombuffer(docs, dtype="<u4"), dead)
                if not stays.all():
                    left = np.frombuffer(docs, dtype="<u4")[stays]
                    some = np.frombuffer(counts, dtype=np.uint8)[stays]
                    changed.append((left.size, left.tobytes(), some.tobytes(), value, number, segment))
            with connection.cursor() as writer:
                writer.executemany(
                    index.sql(
                        "update {posting} set size = %s, docs = %s, counts = %s"
                        " where hash = %s and field = %s and segment_id = %s"
                    ),
                    changed,
                )
    connection.execute(index.sql("delete from {posting} where segment_id = %s and size = 0"), (segment,))
