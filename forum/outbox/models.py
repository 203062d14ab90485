"""The forum's outbox table and the version of its public content."""

from sqlalchemy.orm import Mapped, mapped_column

from forum.db import Model
from forum.outbox.columns import OutboxColumns


class OutboxRow(OutboxColumns, Model):
    __tablename__ = "outbox"


class ContentVersionRow(Model):
    """One row. Its number moves with every change that a public page could show."""

    __tablename__ = "content_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
