"""The desk's own keys: made, given to people, opened for a request."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from sqlalchemy import select

from forum import clock, ids
from forum.safeguarding.staff.models import KeyCopyRow, StaffRow
from forum.safeguarding.staff.types import READERS
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import DeskKeyRow
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import Unopenable

_TICK = timedelta(microseconds=1)


def add(*, training: bool) -> tuple[str, bytes]:
    """Make a key of the desk, inside the open transaction: from now on all is sealed to it.

    Returns its id and its private half, which only the caller holds now.
    """
    private, key_id = PrivateKey.generate(), ids.new_public_id()
    row = DeskKeyRow(id=key_id, public_key=bytes(private.public_key), training=training, made_at=_made_at())
    vault_db.session.add(row)
    vault_db.session.flush()
    return key_id, bytes(private)


def _made_at() -> datetime:
    # The newest key is the one to seal to, so two never have the same moment.
    newest = vault_db.session.scalar(select(DeskKeyRow.made_at).order_by(DeskKeyRow.made_at.desc()).limit(1))
    now = clock.now()
    return now if newest is None or newest < now else newest + _TICK


def exists() -> bool:
    """True if the desk has a key."""
    return vault_db.session.scalar(select(DeskKeyRow.id).limit(1)) is not None


def sealed_to(public: bytes, private: bytes) -> bytes:
    """A private key as a copy for whoever holds the other half of `public`."""
    return SealedBox(PublicKey(public)).encrypt(private)


def opened_by(private: bytes, copies: Mapping[str, bytes]) -> dict[str, bytes]:
    """The desk's keys out of their copies. Raises Unopenable."""
    try:
        box = SealedBox(PrivateKey(private))
        return {key_id: box.decrypt(copy) for key_id, copy in copies.items()}
    except (CryptoError, ValueError) as error:
        raise Unopenable("another key") from error


def give(staff: StaffRow, keys: Mapping[str, bytes]) -> None:
    """Seal copies of the desk's keys to a worker's own key, inside the open transaction."""
    for key_id, private in keys.items():
        box = sealed_to(staff.public_key, private)
        vault_db.session.merge(KeyCopyRow(staff_id=staff.id, key_id=key_id, box=box))


def give_all(keys: Mapping[str, bytes]) -> None:
    """The same for everybody present who reads."""
    for staff in vault_db.session.scalars(
        select(StaffRow).where(StaffRow.ended_at.is_(None), StaffRow.role.in_(READERS))
    ).all():
        give(staff, keys)


def ring_of(staff_id: int, private: bytes) -> KeyRing:
    """All keys of the desk that this worker holds. Raises Unopenable."""
    rows = vault_db.session.scalars(select(KeyCopyRow).where(KeyCopyRow.staff_id == staff_id)).all()
    return KeyRing(opened_by(private, {row.key_id: row.box for row in rows}))
