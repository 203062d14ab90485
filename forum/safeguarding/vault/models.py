"""The wing's outbox. More tables come with the letterbox."""

from forum.outbox.columns import OutboxColumns
from forum.safeguarding.vault.db import VaultModel


class VaultOutboxRow(OutboxColumns, VaultModel):
    __tablename__ = "vault_outbox"
