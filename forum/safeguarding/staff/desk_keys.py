"""The desk's own key: made once, recovered by two officers, changed without anybody's password."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from nacl.public import PrivateKey, PublicKey, SealedBox
from sqlalchemy import select

from forum import clock, ids
from forum.credentials import passwords
from forum.errors import Refused
from forum.safeguarding.staff.locks import lock, unlock
from forum.safeguarding.staff.models import KeyCopyRow, OfficerCopyRow, StaffRow
from forum.safeguarding.vault.db import VaultModel, vault_db, writing
from forum.safeguarding.vault.models import DeskKeyRow, MessageRow, ReportRow
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import Unopenable

OFFICERS = 3
BATCH = 200


def make(passphrases: Sequence[str], *, training: bool) -> tuple[str, bytes]:
    """Make the desk's first key; returns its id and private half, which only the caller holds now.

    `passphrases` are those of the three officers; none for a training key. Takes a second for argon2id.
    """
    if not training and len(passphrases) != OFFICERS:
        raise Refused("three_officers")
    for phrase in passphrases:
        passwords.check_new(phrase)
    private, key_id = PrivateKey.generate(), ids.new_public_id()
    copies = [_officers_copy(key_id, bytes(private), pair, passphrases) for pair in _pairs(len(passphrases))]
    with writing():
        if vault_db.session.scalar(select(DeskKeyRow.id).where(DeskKeyRow.retired_at.is_(None))):
            raise Refused("key_exists")
        _add_key(key_id, private, training)
        vault_db.session.add_all(copies)
    return key_id, bytes(private)


def _pairs(officers: int) -> Iterator[tuple[int, int]]:
    yield from combinations(range(officers), 2)


def _officers_copy(
    key_id: str, private: bytes, pair: tuple[int, int], passphrases: Sequence[str]
) -> OfficerCopyRow:
    salt = passwords.new_salt()
    key = passwords.key_of("\n".join(passphrases[one] for one in pair), salt)
    name = "+".join(str(one + 1) for one in pair)
    return OfficerCopyRow(key_id=key_id, pair=name, salt=salt, box=lock(private, key))


def _add_key(key_id: str, private: PrivateKey, training: bool) -> None:
    vault_db.session.add(
        DeskKeyRow(id=key_id, public_key=bytes(private.public_key), training=training, made_at=clock.now())
    )
    vault_db.session.flush()


def recovered(pair: str, first: str, second: str) -> dict[str, bytes]:
    """The desk's keys, opened by two officers. Raises Refused("wrong_passphrases")."""
    rows = vault_db.session.scalars(select(OfficerCopyRow).where(OfficerCopyRow.pair == pair)).all()
    found = {}
    for row in rows:
        try:
            found[row.key_id] = unlock(row.box, passwords.key_of(f"{first}\n{second}", row.salt))
        except Unopenable:
            raise Refused("wrong_passphrases") from None
    if not found:
        raise Refused("wrong_passphrases")
    return found


def give(staff: StaffRow, keys: dict[str, bytes]) -> None:
    """Seal copies of the desk's keys to a worker's own key, inside the open transaction."""
    for key_id, private in keys.items():
        box = SealedBox(PublicKey(staff.public_key)).encrypt(private)
        vault_db.session.merge(KeyCopyRow(staff_id=staff.id, key_id=key_id, box=box))


def ring_of(staff_id: int, private: bytes) -> KeyRing:
    """All keys of the desk that this worker holds. Raises Unopenable."""
    opener = SealedBox(PrivateKey(private))
    rows = vault_db.session.scalars(select(KeyCopyRow).where(KeyCopyRow.staff_id == staff_id))
    return KeyRing({row.key_id: opener.decrypt(row.box) for row in rows})


def half_done() -> bool:
    """True while a change of the key was begun and something is still sealed to an older one."""
    keys = vault_db.session.scalars(select(DeskKeyRow)).all()
    used = set(vault_db.session.scalars(select(ReportRow.key_id).distinct()))
    used |= set(vault_db.session.scalars(select(MessageRow.key_id).distinct()))
    return any(key.retired_at is not None and key.id in used for key in keys)


def change(passphrases: Sequence[str], *, training: bool) -> str:
    """A new key for all that comes from now on; every present worker gets a copy. Returns its id.

    What was sealed before is wrapped anew by `rewrap`; until then the old key stays in everybody's ring.
    """
    private, key_id = PrivateKey.generate(), ids.new_public_id()
    copies = [_officers_copy(key_id, bytes(private), pair, passphrases) for pair in _pairs(len(passphrases))]
    with writing():
        now = clock.now()
        for row in vault_db.session.scalars(select(DeskKeyRow).where(DeskKeyRow.retired_at.is_(None))):
            row.retired_at = now
        _add_key(key_id, private, training)
        vault_db.session.add_all(copies)
        for staff in vault_db.session.scalars(select(StaffRow).where(StaffRow.ended_at.is_(None))):
            if staff.role in ("worker", "supervisor"):
                give(staff, {key_id: bytes(private)})
    return key_id


def rewrap(tables: Sequence[type[VaultModel]], ring: KeyRing, progress: Callable[[int], None]) -> int:
    """Wrap every data key anew to the present key, in batches; may be killed and begun again.

    `tables` have the columns key_id and wrapped_key. Returns how many were wrapped.
    """
    present = vault_db.session.scalars(
        select(DeskKeyRow).where(DeskKeyRow.retired_at.is_(None)).order_by(DeskKeyRow.made_at.desc())
    ).first()
    assert present is not None
    key_id, public = present.id, present.public_key
    done = 0
    for table in tables:
        while True:
            with writing():
                rows = vault_db.session.scalars(
                    select(table).where(table.key_id != key_id).limit(BATCH)  # type: ignore[attr-defined]
                ).all()
                for row in rows:
                    data_key = ring.data_key(row.key_id, row.wrapped_key)  # type: ignore[attr-defined]
                    row.wrapped_key, row.key_id = data_key.wrap(public), key_id  # type: ignore[attr-defined]
            done += len(rows)
            progress(done)
            if not rows:
                break
    return done
