"""The book of alarms inside one open transaction: what runs, who was told, who took it on."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from forum import clock, ids
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import VaultOutboxRow
from forum.safeguarding.watch import rules
from forum.safeguarding.watch.models import AlarmRow, NoticeRow
from forum.safeguarding.watch.queries import ALARM_RAISED
from forum.safeguarding.watch.types import Escalation, Told

# A flood of reports is one mail every two minutes, not one each: who gets hundreds reads none.
TOGETHER = timedelta(minutes=2)
NO_CHANNEL = ("none",)


class Book:
    """The running alarms. Lives as long as the transaction in which it was read."""

    def __init__(self, at: datetime, channels: Sequence[str]) -> None:
        self.at = at
        self.channels = tuple(channels) or NO_CHANNEL
        session = vault_db.session
        self.running = {
            (row.kind, row.subject): row
            for row in session.scalars(select(AlarmRow).where(AlarmRow.closed_at.is_(None)))
        }
        self.kinds: dict[str, list[str]] = {}
        for kind, subject in self.running:
            self.kinds.setdefault(subject, []).append(kind)
        self.sent: dict[int, set[tuple[int, int]]] = {}
        for alarm_id, step, staff_id in session.execute(
            select(NoticeRow.alarm_id, NoticeRow.step, NoticeRow.staff_id)
            .join(AlarmRow, NoticeRow.alarm_id == AlarmRow.id)
            .where(AlarmRow.closed_at.is_(None))
        ):
            self.sent.setdefault(alarm_id, set()).add((step, staff_id))
        self.taken: dict[str, dict[str, datetime]] = {}
        for kind, subject, latest in session.execute(
            select(AlarmRow.kind, AlarmRow.subject, func.max(AlarmRow.acknowledged_at))
            .where(AlarmRow.acknowledged_at.is_not(None))
            .group_by(AlarmRow.kind, AlarmRow.subject)
        ):
            if latest is not None:
                self.taken.setdefault(subject, {})[kind] = latest
        self.last_sent = session.scalar(
            select(func.max(NoticeRow.sent_at))
            .join(AlarmRow, NoticeRow.alarm_id == AlarmRow.id)
            .where(AlarmRow.kind.in_(rules.ONCE))
        )

    def told(self, subject: str) -> Told:
        """What was done so far about a case, a group or the watch."""
        sent = frozenset(
            (kind, step, staff_id)
            for kind in self.kinds.get(subject, ())
            for step, staff_id in self.sent.get(self.running[kind, subject].id, ())
        )
        return Told(sent, self.taken.get(subject, {}))

    def raise_alarm(self, kind: str, subject: str) -> AlarmRow:
        """The running alarm of that kind and subject, begun now if there is none."""
        row = self.running.get((kind, subject))
        if row is None:
            row = AlarmRow(public_id=ids.new_public_id(), kind=kind, subject=subject, raised_at=self.at)
            vault_db.session.add(row)
            vault_db.session.flush()
            self.running[kind, subject] = row
            self.kinds.setdefault(subject, []).append(kind)
        return row

    def close(self, row: AlarmRow) -> None:
        """The reason is gone, or the time of trust is over and it begins anew."""
        row.closed_at = self.at
        vault_db.session.flush()
        del self.running[row.kind, row.subject]
        self.kinds[row.subject].remove(row.kind)

    def tidy(self, subject: str, reasons: Iterable[str]) -> None:
        """Close the alarms of a subject whose reason is gone or which somebody took on too long ago."""
        standing = set(reasons)
        for kind in list(self.kinds.get(subject, ())):
            row = self.running[kind, subject]
            if rules.is_over(kind, standing, row.acknowledged_at, self.at):
                self.close(row)

    def tell(self, subject: str, escalations: Iterable[Escalation]) -> None:
        """Write down whom to tell, and promise that it is sent."""
        fresh: dict[str, AlarmRow] = {}
        for one in escalations:
            row = self.raise_alarm(one.stage, subject)
            row.level = max(row.level, one.step)
            done = self.sent.setdefault(row.id, set())
            if one.staff_id is None or (one.step, one.staff_id) in done:
                continue
            fresh[one.stage] = row
            done.add((one.step, one.staff_id))
            vault_db.session.add_all(
                NoticeRow(
                    alarm_id=row.id, step=one.step, staff_id=one.staff_id, channel=name, wanted_at=self.at
                )
                for name in self.channels
            )
        for kind, row in fresh.items():
            self._promise(row, together=kind in rules.ONCE)

    def _promise(self, row: AlarmRow, *, together: bool) -> None:
        if self.channels == NO_CHANNEL:
            return
        now = clock.now()
        due = now
        if together and self.last_sent is not None and self.last_sent <= now:
            due = max(now, self.last_sent + TOGETHER)
        vault_db.session.add(
            VaultOutboxRow(name=ALARM_RAISED, subject=row.public_id, recorded_at=now, due_at=due)
        )
