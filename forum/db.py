"""The forum's database handle. The other wing has its own and never sees this one."""

from collections.abc import Iterator
from contextlib import contextmanager

from forum import storage

db = storage.new_handle()


@contextmanager
def writing() -> Iterator[None]:
    """All changes of the forum happen inside this block: one commit, or nothing."""
    with storage.transaction(db):
        yield
