"""The wing's database handle. The forum has its own and cannot see this one."""

from typing import TYPE_CHECKING

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from forum.storage import NAMING


class VaultBase(DeclarativeBase):
    """The vault's tables."""

    metadata = MetaData(naming_convention=NAMING)


vault_db = SQLAlchemy(model_class=VaultBase)

if TYPE_CHECKING:
    VaultModel = VaultBase
else:  # Flask-SQLAlchemy makes the base at run time; a type checker cannot see into it
    VaultModel = vault_db.Model
