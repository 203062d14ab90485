"""The wing's database handle. The forum has its own and cannot see this one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from forum import storage


class VaultBase(DeclarativeBase):
    """The vault's tables."""

    metadata = MetaData(naming_convention=storage.NAMING)


vault_db = SQLAlchemy(model_class=VaultBase)

if TYPE_CHECKING:
    VaultModel = VaultBase
else:  # Flask-SQLAlchemy makes the base at run time; a type checker cannot see into it
    VaultModel = vault_db.Model


@contextmanager
def writing() -> Iterator[None]:
    """All changes of the wing happen inside this block: one commit, or nothing."""
    with storage.transaction(vault_db):
        yield
