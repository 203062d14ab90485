"""How both wings keep rows: naming, moments, and the manners of SQLite and PostgreSQL.

Holds no handle of its own, so that neither wing can reach the other's database through it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, event
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_MS = 10_000
ONE_WRITER = 7_365  # the number of the lock that writers of one database queue for

# Set inside `writing`: the next transaction takes the write lock at its start. A lock taken later,
# in the middle of a reading transaction, cannot be waited for in SQLite and would reach a person.
_writes: ContextVar[bool] = ContextVar("transaction_writes", default=False)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return (
            value.astimezone(UTC).replace(tzinfo=None) if dialect.name == "sqlite" else value.astimezone(UTC)
        )

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def engine_options(url: str) -> dict[str, Any]:
    """Options for Flask-SQLAlchemy's engine by kind of database."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": BUSY_MS / 1000}}
    return {"pool_pre_ping": True}


def teach(engine: Engine, *, one_writer: bool = False) -> None:
    """Teach an engine the manners of the house: readers cannot write, writers lock at the start.

    `one_writer`: also a server lets one changing transaction in at a time, as SQLite does. What was looked
    up inside it then still holds at its commit, and two people at the same second come one after the other.
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_sqlite_connect)
        event.listen(engine, "begin", _on_sqlite_begin)
    else:
        event.listen(engine, "begin", _on_server_begin_alone if one_writer else _on_server_begin)


def _on_sqlite_connect(connection: Any, record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_sqlite_begin(connection: Any) -> None:
    if _writes.get():
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.exec_driver_sql("BEGIN")


def _on_server_begin(connection: Any) -> None:
    if not _writes.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def _on_server_begin_alone(connection: Any) -> None:
    _on_server_begin(connection)
    if _writes.get():
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {BUSY_MS}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_WRITER})")


@contextmanager
def transaction(handle: SQLAlchemy) -> Iterator[None]:
    """One changing transaction: all of the block is committed, or nothing of it.

    Whatever costs time (masking, Janome, hashing) is done before, since on SQLite this holds the
    one write lock. Nesting is a bug and raises RuntimeError.
    """
    if _writes.get():
        raise RuntimeError("a transaction is open already")
    handle.session.rollback()  # ends the reading transaction of this request
    token = _writes.set(True)
    try:
        yield
        handle.session.commit()
    except BaseException:
        handle.session.rollback()
        raise
    finally:
        _writes.reset(token)


def forget_erased(handle: SQLAlchemy) -> None:
    """Let SQLite's log go, in which erased text may still stand; a server keeps its own.

    Waits for nobody: while somebody reads, the next round does it.
    """
    if handle.engine.dialect.name != "sqlite":
        return
    connection = handle.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=0")  # else all writers would wait until the last reader has left
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    finally:
        connection.close()


def migrate_with(context: Any, handle: SQLAlchemy) -> None:
    """Run Alembic's revisions over a wing's engine, in one transaction, holding the write lock."""
    token = _writes.set(True)
    try:
        with handle.engine.connect() as connection:
            context.configure(
                connection=connection,
                target_metadata=handle.metadata,
                render_as_batch=connection.dialect.name == "sqlite",
                compare_type=True,
                transactional_ddl=True,
                render_item=_render_type,
            )
            with context.begin_transaction():
                context.run_migrations()
            connection.commit()
    finally:
        _writes.reset(token)


def _render_type(kind: str, item: object, autogen_context: Any) -> str | bool:
    """Write our own column type into a revision as the plain type that it is in the database."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False
