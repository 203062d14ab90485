"""Alembic's environment for the forum's database; runs inside the forum's app."""

from alembic import context

from forum.db import db
from forum.storage import migrate_with

migrate_with(context, db)
