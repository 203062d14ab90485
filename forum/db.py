"""The forum's database handle. The other wing has its own and never sees this one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from forum import storage


class Base(DeclarativeBase):
    """The forum's tables."""

    metadata = MetaData(naming_convention=storage.NAMING)


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:
    Model = Base
else:  # Flask-SQLAlchemy makes the base at run time; a type checker cannot see into it
    Model = db.Model


@contextmanager
def writing() -> Iterator[None]:
    """All changes of the forum happen inside this block: one commit, or nothing."""
    with storage.transaction(db):
        yield
