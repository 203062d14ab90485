"""Three officers, of whom any two can start the desk again.

They share a key pair of their own: its private half is locked once for each pair of them, with argon2id
over both passphrases; the desk's keys are sealed to its public half. So the desk's key can be changed
without any officer, and an officer be replaced without touching a single report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from nacl.public import PrivateKey
from sqlalchemy import delete, select

from forum import clock, ids
from forum.credentials import passwords
from forum.errors import Refused
from forum.safeguarding.staff import desk_keys
from forum.safeguarding.staff.locks import lock, unlock
from forum.safeguarding.staff.models import OfficerPairRow, RecoveryCopyRow, RecoveryKeyRow
from forum.safeguarding.vault.db import vault_db
from forum.sealing.envelope import Unopenable

OFFICERS = 3
PAIRS = tuple(f"{one}+{two}" for one, two in combinations(range(1, OFFICERS + 1), 2))


@dataclass(frozen=True, repr=False)
class Prepared:
    """The officers' key, ready to be stored: what each pair opens, by salt and box."""

    public: bytes
    pairs: Mapping[str, tuple[bytes, bytes]]


def prepare(passphrases: Sequence[str]) -> Prepared:
    """A new key of the officers. Takes half a second for argon2id, so before the transaction.

    Raises Refused: three_officers, same_passphrase, weak_password (why).
    """
    if len(passphrases) != OFFICERS:
        raise Refused("three_officers")
    if len({passwords.tidy(one) for one in passphrases}) < OFFICERS:
        raise Refused("same_passphrase")
    for phrase in passphrases:
        passwords.check_new(phrase)
    private = PrivateKey.generate()
    pairs = {}
    for one, two in combinations(range(OFFICERS), 2):
        salt = passwords.new_salt()
        box = lock(bytes(private), passwords.key_of(salt, passphrases[one], passphrases[two]))
        pairs[f"{one + 1}+{two + 1}"] = (salt, box)
    return Prepared(bytes(private.public_key), pairs)


def store(prepared: Prepared, keys: Mapping[str, bytes]) -> None:
    """Put the officers' key in the place of an earlier one, inside the open transaction."""
    for table in (RecoveryCopyRow, OfficerPairRow, RecoveryKeyRow):
        vault_db.session.execute(delete(table))
    number = ids.new_public_id()
    vault_db.session.add(RecoveryKeyRow(id=number, public_key=prepared.public, made_at=clock.now()))
    vault_db.session.flush()
    for pair, (salt, box) in prepared.pairs.items():
        vault_db.session.add(OfficerPairRow(recovery_id=number, pair=pair, salt=salt, box=box))
    give(keys)


def give(keys: Mapping[str, bytes]) -> None:
    """Seal copies of the desk's keys to the officers' key, inside the open transaction."""
    for row in vault_db.session.scalars(select(RecoveryKeyRow)).all():  # a training desk has none
        for key_id, private in keys.items():
            box = desk_keys.sealed_to(row.public_key, private)
            vault_db.session.merge(RecoveryCopyRow(recovery_id=row.id, key_id=key_id, box=box))
    vault_db.session.flush()


def recovered(pair: str, first: str, second: str) -> dict[str, bytes]:
    """The desk's keys, opened by two officers: the passphrase of the lower number first.

    Takes 0.1 s for argon2id. Raises Refused("wrong_passphrases").
    """
    row = vault_db.session.scalar(select(OfficerPairRow).where(OfficerPairRow.pair == pair))
    if row is None:
        raise Refused("wrong_passphrases")
    recovery_id, salt, box = row.recovery_id, row.salt, row.box
    vault_db.session.rollback()
    try:
        private = unlock(box, passwords.key_of(salt, first, second))
    except Unopenable:
        raise Refused("wrong_passphrases") from None
    copies = vault_db.session.scalars(
        select(RecoveryCopyRow).where(RecoveryCopyRow.recovery_id == recovery_id)
    ).all()
    return desk_keys.opened_by(private, {copy.key_id: copy.box for copy in copies})
