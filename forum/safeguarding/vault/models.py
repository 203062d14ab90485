"""The wing's outbox. More tables come with the letterbox."""

from forum.outbox.columns import OutboxColumns
from forum.safeguarding.vault.db import vault_db


class VaultOutboxRow(OutboxColumns, vault_db.Model):
    __tablename__ = "vault_outbox"
