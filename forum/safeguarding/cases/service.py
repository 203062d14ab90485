"""Every change of a case. Callers open `writing()` around one of these and let nothing slow happen inside.

Each takes the `version` of the case that the worker saw and the ticket `once` of the form. If somebody
was faster it raises Refused changed, and nothing is written; the same ticket again changes nothing.
"""

from forum.safeguarding.cases.changes import claim
from forum.safeguarding.cases.children import (
    Looked,
    add_child,
    change_child,
    drop_child,
    end_seen,
    sighting,
)
from forum.safeguarding.cases.course import (
    accepted_elsewhere,
    close,
    merge,
    reopen,
    unconfirmed,
    unmerge,
)
from forum.safeguarding.cases.erasing import (
    approve_deletion,
    ask_deletion,
    purge_due,
    refuse_deletion,
    set_hold,
)
from forum.safeguarding.cases.holding import (
    answer_offer,
    lift_conflict,
    mark_conflict,
    offer,
    release,
    take,
    withdraw_offer,
)
from forum.safeguarding.cases.record import add_person, change_person, event, note_entry
from forum.safeguarding.cases.tasks import add_task, finish_task

__all__ = [
    "Looked",
    "accepted_elsewhere",
    "add_child",
    "add_person",
    "add_task",
    "answer_offer",
    "approve_deletion",
    "ask_deletion",
    "change_child",
    "change_person",
    "claim",
    "close",
    "drop_child",
    "end_seen",
    "event",
    "finish_task",
    "lift_conflict",
    "mark_conflict",
    "merge",
    "note_entry",
    "offer",
    "purge_due",
    "refuse_deletion",
    "release",
    "reopen",
    "set_hold",
    "sighting",
    "take",
    "unconfirmed",
    "unmerge",
    "withdraw_offer",
]
