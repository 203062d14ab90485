"""Where PostgreSQL keeps an index: a schema of its own, and in it the tables of each index.

It is a cache that a rebuild makes anew, so no migration knows it. An index is never emptied, but
dropped with its tables: nothing of it stays in pages of the database.

postings_index            which indexes there are, under which stamp, which one answers, its changes
document_<n>              id -> segment and number (a tombstone without segment while a rebuild is at work)
segment_<n>               sizes and lengths; a small segment carries its tables, a shelf has postings
posting_<n>               one row a term and shelf: documents and counts as arrays
dead_<n>                  numbers of documents that were dropped or replaced
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import psycopg
from psycopg import sql
from psycopg.errors import LockNotAvailable
from sqlalchemy import Engine as Database

from forum.errors import Refused

SCHEMA = "search"
LAYOUT = 1  # raise it when the tables below change
WRITER = 7_366  # numbers of the locks that writers and rebuilds queue for
REBUILDER = 7_367
WRITER_TIMEOUT = 20.0  # seconds

Connection = psycopg.Connection[Any]

_HEAD = """
create schema if not exists search;
create table if not exists search.postings_index (
    id bigint generated always as identity primary key,
    stamp text not null,
    answers boolean not null default false,
    changes bigint not null default 0
);
"""
_TABLES = """
create table {document} (id text primary key, segment_id bigint, number integer);
create index on {document} (segment_id, number);
create table {segment} (
    id bigint generated always as identity primary key,
    size integer not null,
    lengths bytea not null,
    tables bytea
);
create table {posting} (
    hash bigint not null,
    field smallint not null,
    segment_id bigint not null,
    size integer not null,
    docs bytea not null,
    counts bytea not null,
    primary key (hash, field, segment_id)
);
alter table {posting} alter docs set storage external, alter counts set storage external;
create table {dead} (segment_id bigint not null, number integer not null, primary key (segment_id, number));
"""


class Index:
    """The tables of one index by their names."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._tables = {
            name: sql.Identifier(SCHEMA, f"{name}_{number}")
            for name in ("document", "segment", "posting", "dead")
        }

    def sql(self, text: str) -> sql.Composed:
        """A statement with the tables in it, {document} and so on."""
        return sql.SQL(text).format(**self._tables)


@contextmanager
def connected(database: Database) -> Iterator[Connection]:
    """A connection of the pool in a transaction of its own, which is kept when the block ends well."""
    with database.connect() as pooled:
        raw = cast(Connection, pooled.connection.driver_connection)
        try:
            yield raw
            raw.commit()
        except BaseException:
            if not raw.closed:
                raw.rollback()
            raise


@contextmanager
def writing(database: Database) -> Iterator[Connection]:
    """Alone among writers. Raises Refused("search_busy") after WRITER_TIMEOUT."""
    with connected(database) as connection:
        try:
            connection.execute(f"set local lock_timeout = {int(WRITER_TIMEOUT * 1000)}")
            connection.execute("select pg_advisory_xact_lock(%s)", (WRITER,))
        except LockNotAvailable as busy:
            raise Refused("search_busy") from busy
        yield connection


def prepare(connection: Connection) -> None:
    """Make the schema where it is missing."""
    connection.execute(_HEAD)


def present(connection: Connection) -> bool:
    """Whether the schema is there."""
    row = connection.execute("select to_regclass(%s)", ("search.postings_index",)).fetchone()
    return bool(row and row[0])


def answering(connection: Connection, stamp: str) -> tuple[Index, int] | None:
    """The index that answers under this stamp, and how often it changed."""
    if not present(connection):
        return None
    row = connection.execute(
        "select id, changes from search.postings_index where answers and stamp = %s", (stamp,)
    ).fetchone()
    return (Index(row[0]), row[1]) if row else None


def building(connection: Connection, stamp: str) -> Index | None:
    """The index of a rebuild at work."""
    row = connection.execute(
        "select id from search.postings_index where not answers and stamp = %s order by id desc", (stamp,)
    ).fetchone()
    return Index(row[0]) if row else None


def create(connection: Connection, stamp: str) -> Index:
    """An empty index that does not answer yet; what killed rebuilds left goes."""
    prepare(connection)
    for (number,) in connection.execute("select id from search.postings_index where not answers").fetchall():
        drop(connection, Index(number))
    row = connection.execute(
        "insert into search.postings_index (stamp) values (%s) returning id", (stamp,)
    ).fetchone()
    assert row is not None
    index = Index(row[0])
    connection.execute(index.sql(_TABLES))
    return index


def change_over(connection: Connection, index: Index) -> None:
    """Let this index answer; the others go."""
    for (number,) in connection.execute(
        "select id from search.postings_index where id <> %s", (index.number,)
    ).fetchall():
        drop(connection, Index(number))
    connection.execute(index.sql("delete from {document} where segment_id is null"))
    connection.execute("update search.postings_index set answers = true where id = %s", (index.number,))


def changed(connection: Connection, index: Index) -> None:
    """Tell every reader."""
    connection.execute(
        "update search.postings_index set changes = changes + 1 where id = %s", (index.number,)
    )


def drop(connection: Connection, index: Index) -> None:
    """Take an index and all its tables away."""
    connection.execute(index.sql("drop table if exists {document}, {segment}, {posting}, {dead}"))
    connection.execute("delete from search.postings_index where id = %s", (index.number,))
