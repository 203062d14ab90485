"""Who of the staff can be told of something."""

from forum.safeguarding.staff import queries as staff
from forum.safeguarding.staff.types import READERS
from forum.safeguarding.watch.types import Person


def everybody() -> tuple[Person, ...]:
    """All present workers and those who lead."""
    return tuple(
        Person(one.id, one.name, one.mail, one.groups, supervisor=one.role == "supervisor")
        for one in staff.everybody()
        if one.role in READERS
    )
