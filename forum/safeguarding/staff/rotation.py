"""Changing the desk's key: a new one for all that comes, then every data key wrapped anew, in batches.

May be killed at any moment and begun again: each batch is one transaction, each box names the key it is
sealed to, and both keys stay in everybody's ring until nothing is left.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, Table, and_, delete, func, select, update

from forum import clock
from forum.errors import Refused
from forum.safeguarding.staff import desk_keys, officers
from forum.safeguarding.staff.models import InvitationRow, KeyCopyRow, RecoveryCopyRow
from forum.safeguarding.staff.types import READERS, Progress
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import DeskKeyRow
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import Unopenable

BATCH = 200
# What was sealed to the old key elsewhere may still be on its way: in the forum's queue, on a stick
# between two machines, in a form that somebody is just sending.
ON_ITS_WAY = timedelta(days=14)


def sealed_tables() -> Sequence[Table]:
    """Every table, of whichever room, whose rows hold a data key wrapped to the desk's key.

    Found by their columns, so that no room can be forgotten in a list.
    """
    return [
        table
        for table in vault_db.metadata.sorted_tables
        if "wrapped_key" in table.c
        and "key_id" in table.c
        and any(key.column.table.name == "desk_key" for key in table.c["key_id"].foreign_keys)
    ]


def begin(*, training: bool = False) -> bool:
    """Make the new key and give it to everybody present and to the officers, inside the open transaction.

    False, and nothing changes, while an earlier change is not finished. Invitations that wait are taken
    back: their links hold the old key only.
    """
    if progress().running:
        return False
    if not desk_keys.exists():
        raise Refused("no_desk_key")
    key_id, private = desk_keys.add(training=training)
    desk_keys.give_all({key_id: private})
    officers.give({key_id: private})
    vault_db.session.execute(delete(InvitationRow).where(InvitationRow.role.in_(READERS)))
    return True


def progress() -> Progress:
    """How far it is. Running: more than one key is valid."""
    valid = vault_db.session.scalars(
        select(DeskKeyRow.id).where(DeskKeyRow.retired_at.is_(None)).order_by(DeskKeyRow.made_at.desc())
    ).all()
    if len(valid) < 2:
        return Progress(False, 0)
    left = sum(
        vault_db.session.scalar(select(func.count()).select_from(table).where(table.c.key_id != valid[0]))
        or 0
        for table in sealed_tables()
    )
    return Progress(True, left)


def step(ring: KeyRing) -> int:
    """Wrap one batch anew; opens a transaction of its own. Returns how many, 0 when nothing can be done.

    With nothing left the older keys are retired. A box that is damaged is passed over and stays as it is;
    a key that this ring lacks stays valid while anything is sealed to it.
    """
    newest = _newest()
    key_id, public = newest.id, newest.public_key
    for table in sealed_tables():
        done = _wrap_some(table, ring, key_id, public)
        if done:
            return done
    with writing():
        needed = _named_by_rows() - set(ring.keys) | {key_id}
        vault_db.session.execute(
            update(DeskKeyRow)
            .where(DeskKeyRow.retired_at.is_(None), DeskKeyRow.id.not_in(needed))
            .values(retired_at=clock.now())
        )
    return 0


def _named_by_rows() -> set[str]:
    return {
        key_id
        for table in sealed_tables()
        for key_id in vault_db.session.scalars(select(table.c.key_id).distinct())
    }


def _wrap_some(table: Table, ring: KeyRing, key_id: str, public: bytes) -> int:
    keys = list(table.primary_key.columns)
    passed_over = 0
    while True:
        rows = vault_db.session.execute(
            select(*keys, table.c.key_id, table.c.wrapped_key)
            .where(table.c.key_id != key_id)
            .order_by(*keys)
            .limit(BATCH)
            .offset(passed_over)
        ).all()
        vault_db.session.rollback()  # the opening below takes its time
        if not rows:
            return 0
        wrapped: list[tuple[ColumnElement[bool], bytes]] = []
        for *ids, old_id, old in rows:
            here = and_(
                *(key == given for key, given in zip(keys, ids, strict=True)), table.c.key_id == old_id
            )
            try:
                wrapped.append((here, ring.data_key(old_id, old).wrap(public)))
            except Unopenable:
                passed_over += 1
        if wrapped:
            with writing():
                for here, new in wrapped:
                    vault_db.session.execute(update(table).where(here).values(key_id=key_id, wrapped_key=new))
            return len(wrapped)


def forget_retired() -> int:
    """Delete everybody's copies of keys that were retired long ago and open nothing any more.

    Inside the open transaction. Returns how many keys nobody holds any longer.
    """
    old = vault_db.session.scalars(
        select(DeskKeyRow.id).where(DeskKeyRow.retired_at < clock.now() - ON_ITS_WAY)
    ).all()
    held = set(vault_db.session.scalars(select(KeyCopyRow.key_id).distinct()))
    held |= set(vault_db.session.scalars(select(RecoveryCopyRow.key_id).distinct()))
    gone = (set(old) & held) - _named_by_rows()
    for copies in (KeyCopyRow, RecoveryCopyRow):
        vault_db.session.execute(delete(copies).where(copies.key_id.in_(gone)))
    return len(gone)


def _newest() -> DeskKeyRow:
    row = vault_db.session.scalars(
        select(DeskKeyRow).where(DeskKeyRow.retired_at.is_(None)).order_by(DeskKeyRow.made_at.desc())
    ).first()
    if row is None:
        raise Refused("no_desk_key")
    return row
