"""One round of the watch: every clock, the roster and the watch itself. Killed anywhere, it begins anew.

All of a round is one transaction; what it wrote it finds again, so nobody is told twice of one step.
"""

from datetime import datetime

from forum import clock
from forum.safeguarding import policy as policies
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.watch import queries, rules, setting, signs
from forum.safeguarding.watch.book import Book
from forum.safeguarding.watch.models import BeatRow
from forum.safeguarding.watch.notices import LINES
from forum.safeguarding.watch.types import Roster


class Pace:
    """Compares the clock with the machine's own counter, from round to round."""

    def __init__(self) -> None:
        self.last: tuple[datetime, float] | None = None

    def jumped(self, now: datetime, seconds: float) -> bool:
        """True if the clock moved otherwise than the counter since the last call."""
        before, self.last = self.last, (now, seconds)
        if before is None:
            return False
        by_clock = (now - before[0]).total_seconds()
        return abs(by_clock - (seconds - before[1])) > signs.SKEW.total_seconds()


def look(pace: Pace | None = None) -> None:
    """Judge every clock and the watch itself, raise what must be raised, close what is over."""
    given = setting.current()
    now = clock.now()
    jumped = pace.jumped(now, given.seconds()) if pace else False
    with writing():
        beat = vault_db.session.get(BeatRow, 1)
        at = rules.never_back(now, beat.latest_at if beat else None)
        book = Book(at, [channel.name for channel in given.channels])
        roster = queries.roster_around(at)
        _look_at_cases(book, roster)
        _look_at_the_watch(book, roster, now, mail=bool(given.channels), jumped=jumped)
        if beat is None:
            beat = BeatRow(id=1, looked_at=now, latest_at=now)
            vault_db.session.add(beat)
        beat.looked_at, beat.latest_at = now, at
        beat.mail = bool(given.channels)
        beat.jumped = beat.jumped or jumped


def _look_at_cases(book: Book, roster: Roster) -> None:
    hours = policies.current()
    clocks = {one.case_id: one for one in queries.running()}
    for kind, subject in list(book.running):
        if kind in LINES and subject not in clocks:
            book.tidy(subject, ())
    for case_id, one in clocks.items():
        book.tidy(case_id, [need.stage for need in rules.needs(one, hours, book.at)])
        book.tell(case_id, rules.escalations(one, hours, roster, book.told(case_id), book.at))


def _look_at_the_watch(book: Book, roster: Roster, now: datetime, *, mail: bool, jumped: bool) -> None:
    found = {
        (sign.kind, sign.subject)
        for sign in signs.signs(queries.facts(now, roster, mail=mail, jumped=jumped))
        if sign.kind in signs.OF_THE_WORKER
    }
    for kind, subject in list(book.running):
        if kind in LINES:
            continue
        row = book.running[kind, subject]
        # What other rooms raised stands until they settle it.
        standing = (kind,) if kind not in signs.OF_THE_WORKER or (kind, subject) in found else ()
        if rules.is_over(kind, standing, row.acknowledged_at, book.at):
            book.close(row)
    for kind, subject in found:
        book.raise_alarm(kind, subject)
    for (kind, subject), row in list(book.running.items()):
        if kind not in LINES and row.acknowledged_at is None:
            told = book.told(subject)
            book.tell(subject, rules.watch_escalations(kind, subject, row.raised_at, roster, told, book.at))
