"""Alembic's environment for the vault; runs inside a door of the wing."""

from alembic import context

from forum.safeguarding.vault.db import vault_db
from forum.storage import migrate_with

migrate_with(context, vault_db)
