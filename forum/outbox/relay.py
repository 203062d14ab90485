"""Deliver what the outbox promises: at least once, with back-off, nothing dropped in silence."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import delete, func, select

from forum import clock
from forum.outbox.columns import OutboxColumns
from forum.storage import transaction

log = logging.getLogger("forum.outbox")

BATCH = 100
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=10)

# A handler takes the subjects of one event name, all at once, and may be called again with the same.
Handler = Callable[[list[str]], None]


@dataclass(frozen=True)
class Delivery:
    """What one run did, in numbers of events."""

    delivered: int
    failed: int


@dataclass(frozen=True)
class Queue:
    """The state of an outbox: events waiting, set aside, and the age of the oldest in seconds."""

    waiting: int
    set_aside: int
    oldest_seconds: float


class Relay:
    """Takes due events from one outbox table and hands them to those who asked for them."""

    def __init__(
        self,
        handle: SQLAlchemy,
        table: type[OutboxColumns],
        handlers: Mapping[str, tuple[Handler, ...]],
        tries: int,
    ) -> None:
        self.handle = handle
        self.table = table
        self.handlers = handlers
        self.tries = tries

    def run_once(self) -> Delivery:
        """Deliver one batch of due events.

        The events are read, handled, and only then deleted: a worker killed in between repeats them,
        and two workers may hand over the same one; handlers are built for both.
        """
        done = failed = 0
        self.handle.session.rollback()
        for name, rows in self._due().items():
            fault = self._hand_over(name, [subject for _, subject in rows])
            if fault is None or len(rows) == 1:
                groups = [(rows, fault)]
            else:  # one bad event must not hold up those that came with it
                groups = [([row], self._hand_over(name, [row[1]])) for row in rows]
            for group, its_fault in groups:
                self._settle([row_id for row_id, _ in group], its_fault)
                done += len(group) if its_fault is None else 0
                failed += 0 if its_fault is None else len(group)
        return Delivery(done, failed)

    def _settle(self, ids: list[int], fault: str | None) -> None:
        with transaction(self.handle):
            if fault is None:
                self.handle.session.execute(delete(self.table).where(self.table.id.in_(ids)))
            else:
                self._put_off(ids, fault)

    def _due(self) -> dict[str, list[tuple[int, str]]]:
        session = self.handle.session
        table = self.table
        found = session.execute(
            select(table.id, table.name, table.subject)
            .where(table.due_at <= clock.now(), table.set_aside_at.is_(None))
            .order_by(table.id)
            .limit(BATCH)
        ).all()
        session.rollback()
        grouped: dict[str, list[tuple[int, str]]] = {}
        for row_id, name, subject in found:
            grouped.setdefault(name, []).append((row_id, subject))
        return grouped

    def _hand_over(self, name: str, subjects: list[str]) -> str | None:
        for handler in self.handlers.get(name, ()):
            try:
                handler(list(dict.fromkeys(subjects)))
            except Exception as error:  # noqa: BLE001
                self.handle.session.rollback()
                # The class alone: a message could quote what somebody wrote.
                log.warning("event %s failed: %s", name, type(error).__name__)
                return type(error).__name__
        return None

    def _put_off(self, ids: list[int], fault: str) -> None:
        moment = clock.now()
        for row in self.handle.session.scalars(select(self.table).where(self.table.id.in_(ids))):
            row.tries += 1
            row.fault = fault[:200]
            if row.tries >= self.tries:
                row.set_aside_at = moment
                log.error("event %d (%s) set aside after %d tries", row.id, row.name, row.tries)
            else:
                row.due_at = moment + min(FIRST_PAUSE * 2 ** (row.tries - 1), LONGEST_PAUSE)

    def state(self) -> Queue:
        """How full the outbox is."""
        table = self.table
        session = self.handle.session
        waiting, oldest = session.execute(
            select(func.count(), func.min(table.recorded_at)).where(table.set_aside_at.is_(None))
        ).one()
        aside = session.scalar(select(func.count()).where(table.set_aside_at.is_not(None))) or 0
        age = (clock.now() - oldest).total_seconds() if oldest else 0.0
        return Queue(waiting, aside, age)

    def retry_set_aside(self) -> int:
        """Give what was set aside another round; returns how many events."""
        moment = clock.now()
        with transaction(self.handle):
            rows = self.handle.session.scalars(
                select(self.table).where(self.table.set_aside_at.is_not(None))
            ).all()
            for row in rows:
                row.set_aside_at, row.tries, row.due_at = None, 0, moment
        return len(rows)
