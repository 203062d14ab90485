"""What the vault's worker does for the watch. Every part may be killed anywhere and done again."""

from collections.abc import Mapping
from datetime import timedelta

from forum.outbox.relay import Handler
from forum.outbox.worker import Chore
from forum.safeguarding.vault.db import writing
from forum.safeguarding.watch import delivery, service
from forum.safeguarding.watch.looking import Pace, look
from forum.safeguarding.watch.queries import ALARM_RAISED

LOOKS_EVERY = timedelta(seconds=30)
REVIVES_EVERY = timedelta(minutes=1)
FORGETS_EVERY = timedelta(days=1)


def chores() -> list[Chore]:
    """The watch's chores; call it once for each worker process."""
    pace = Pace()
    return [
        Chore("watch", LOOKS_EVERY, lambda: look(pace)),
        Chore("notices", REVIVES_EVERY, delivery.revive),
        Chore("old-alarms", FORGETS_EVERY, _forget),
    ]


def handlers() -> Mapping[str, tuple[Handler, ...]]:
    """Who hears of what: a report is told of at once, not at the next round."""
    return {
        "ReportArrived": (_look_now,),
        "ReporterWrote": (_look_now,),
        ALARM_RAISED: (delivery.deliver,),
    }


def _look_now(subjects: list[str]) -> None:
    look()


def _forget() -> None:
    with writing():
        service.forget()
