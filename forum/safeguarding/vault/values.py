"""Random values that belong to one vault and never leave it."""

from nacl.utils import random
from sqlalchemy import select

from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import SettingRow

WORDS_SALT = "words-salt"  # makes a reporter's words mean nothing in another city's vault
DELIVERY_KEY = "delivery-key"  # knows a referral again without keeping the forum's number for it
SIGNING_SEED = "signing-seed"  # signs proofs of acceptance
EXCHANGE_SEED = "exchange-seed"  # signs files for the other machine
AUDIT_KEY = "audit-key"  # seals the head of the record
_SIZES = {WORDS_SALT: 16, DELIVERY_KEY: 32, SIGNING_SEED: 32, EXCHANGE_SEED: 32, AUDIT_KEY: 32}


def ensure() -> None:
    """Make what is missing, inside the open transaction."""
    present = set(vault_db.session.scalars(select(SettingRow.name)))
    for name, size in _SIZES.items():
        if name not in present:
            vault_db.session.add(SettingRow(name=name, value=random(size)))


def get(name: str) -> bytes:
    """The value. Raises LookupError where the vault was never set up."""
    value = vault_db.session.scalar(select(SettingRow.value).where(SettingRow.name == name))
    if value is None:
        raise LookupError(f"the vault has no {name}: run setup")
    return value
