"""PostgreSQL as the keeper of postings, for cities with several machines: one index for all of them.

The same terms and the same scoring as with the embedded engine; the server gives the postings of the
question's terms and keeps writers apart. Nothing of the index lies on the machines that ask.
"""

import logging
import os
import threading
from collections.abc import Callable, Collection, Iterable
from itertools import islice

import psycopg
from sqlalchemy import Engine as Database
from sqlalchemy.exc import SQLAlchemyError

from forum.errors import Refused
from forum.search.engines import postgres_tables as kept
from forum.search.engines import postgres_writing as change
from forum.search.engines.postgres_reading import Known, State
from forum.search.types import Found, Question, Row

_PROGRESS_EVERY = 50  # documents
_TRIES = 3

_log = logging.getLogger(__name__)


class PostgresEngine:
    """See types.Engine. A process remembers the small segments and asks the server for the rest."""

    def __init__(self, database: Database, stamp: str) -> None:
        self._database = database
        self._stamp = f"postgres-{kept.LAYOUT}-{stamp}"
        self._state: State | None = None
        self._known: Known = {}
        self._at = ""
        self._become()

    def ready(self) -> bool:
        """See types.Engine."""
        return bool(self.generation())

    def generation(self) -> str:
        """See types.Engine."""
        try:
            with kept.connected(self._database) as connection:
                return self._generation(connection)
        except (psycopg.Error, SQLAlchemyError):
            _log.exception("the search index could not be asked")
            return ""

    def count(self) -> int:
        """See types.Engine."""
        try:
            with self._alone(), kept.connected(self._database) as connection:
                state = self._opened(connection)
                return state.count if state else 0
        except (psycopg.Error, SQLAlchemyError):
            _log.exception("the search index could not be asked")
            return 0

    def put(self, rows: Collection[Row]) -> None:
        """See types.Engine."""
        if rows:
            with kept.writing(self._database) as connection:
                for index in self._indexes(connection):
                    change.replace(connection, index, rows)
                    kept.changed(connection, index)

    def drop(self, ids: Collection[str]) -> None:
        """See types.Engine."""
        if ids:
            with kept.writing(self._database) as connection:
                answering = kept.answering(connection, self._stamp)
                for index in self._indexes(connection):
                    change.bury(connection, index, ids)
                    if answering is None or index.number != answering[0].number:
                        change.remember_dropped(connection, index, ids)
                    kept.changed(connection, index)

    def purge(self) -> None:
        """See types.Engine. The server overwrites freed pages as it vacuums them."""
        with kept.writing(self._database) as connection:
            indexes = self._indexes(connection)
            for index in indexes:
                change.erase(connection, index)
                kept.changed(connection, index)

    def search(self, question: Question, limit: int) -> list[Found]:
        """See types.Engine. When the index changed over underneath, once more with the new one."""
        for attempt in range(_TRIES):
            try:
                with self._alone(), kept.connected(self._database) as connection:
                    state = self._opened(connection)
                    if state is None:
                        return []
                    state.connection = connection
                    return state.search(question, limit)
            except (psycopg.errors.UndefinedTable, KeyError):
                self._forget()
            except (psycopg.Error, SQLAlchemyError):
                _log.exception("the search index could not be asked")
                self._forget()
                if attempt:
                    break
        return []

    def rebuild(self, rows: Iterable[Row], progress: Callable[[int], None] | None) -> None:
        """See types.Engine."""
        with self._database.connect() as held:
            lock = held.connection.cursor()
            lock.execute("select pg_try_advisory_lock(%s)", (kept.REBUILDER,))
            if not lock.fetchone()[0]:  # type: ignore[index]
                raise Refused("rebuild_running")
            try:
                self._build(rows, progress)
            finally:
                held.rollback()
                lock.execute("select pg_advisory_unlock(%s)", (kept.REBUILDER,))
                held.commit()

    def _build(self, rows: Iterable[Row], progress: Callable[[int], None] | None) -> None:
        with kept.writing(self._database) as connection:
            index = kept.create(connection, self._stamp)
        source, seen, done = iter(rows), set[str](), 0

        def tell(row: Row) -> bool:
            nonlocal done
            if row.id in seen:
                return False
            seen.add(row.id)
            done += 1
            if progress and done % _PROGRESS_EVERY == 0:
                progress(done)
            return True

        while batch := list(islice(source, change.BATCH)):
            fresh = [row for row in batch if tell(row)]
            with kept.writing(self._database) as connection:
                change.add_missing(connection, index, fresh)
        with kept.writing(self._database) as connection:
            kept.change_over(connection, index)
        if progress:
            progress(done)

    def _indexes(self, connection: kept.Connection) -> list[kept.Index]:
        """The index that answers and one that is being built; none before the first rebuild."""
        answering = kept.answering(connection, self._stamp)
        if not answering and not kept.present(connection):
            return []
        building = kept.building(connection, self._stamp)
        return [index for index in (answering[0] if answering else None, building) if index]

    def _generation(self, connection: kept.Connection) -> str:
        found = kept.answering(connection, self._stamp)
        return f"{found[0].number}.{found[1]}" if found else ""

    def _opened(self, connection: kept.Connection) -> State | None:
        """The state of the present generation; None when there is no index."""
        found = kept.answering(connection, self._stamp)
        if found is None:
            self._forget()
            return None
        index, changes = found
        generation = f"{index.number}.{changes}"
        if self._state is None or self._at != generation:
            if self._state is None or self._state.index.number != index.number:
                self._known = {}
            self._state = State(connection, index, self._known)
            self._at = generation
        return self._state

    def _alone(self) -> threading.RLock:
        """The lock of this process; a forked child starts with its own lock and state."""
        if self._process != os.getpid():
            self._become()
        return self._lock

    def _become(self) -> None:
        self._process = os.getpid()
        self._lock = threading.RLock()
        self._forget()

    def _forget(self) -> None:
        self._state, self._known, self._at = None, {}, ""
