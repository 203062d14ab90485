"""Write events beside the change they tell of; read the version that caches are judged by."""

from datetime import timedelta

from sqlalchemy import select, update

from forum import clock
from forum.db import db
from forum.outbox.models import ContentVersionRow, OutboxRow


def record(name: str, subject: str, *, public: bool = True, after: timedelta = timedelta()) -> None:
    """Promise, inside the open transaction, that others will hear that `name` happened to `subject`.

    They hear of it at once, or `after` a while.

    Also moves the content version, unless public pages do not change by it. The update locks its row,
    so that on a server with several writers the numbers move in the order of the commits and no cache
    keeps an older page.
    """
    moment = clock.now()
    db.session.add(OutboxRow(name=name, subject=subject, recorded_at=moment, due_at=moment + after))
    if public:
        touch_content()


def not_yet_due(name: str) -> frozenset[str]:
    """The subjects of events of this name whose moment has not come."""
    waits = select(OutboxRow.subject).where(OutboxRow.name == name, OutboxRow.due_at > clock.now())
    return frozenset(db.session.scalars(waits.where(OutboxRow.tries == 0)))


def touch_content() -> None:
    """Move the content version, inside the open transaction, without an event."""
    moved = db.session.execute(update(ContentVersionRow).values(number=ContentVersionRow.number + 1))
    if moved.rowcount == 0:  # type: ignore[attr-defined]
        db.session.add(ContentVersionRow(id=1, number=1))


def content_version() -> int:
    """The number of the present public content; 0 before anything was written."""
    return db.session.scalar(select(ContentVersionRow.number)) or 0
