"""Engines behind the index. Never: language or ranking rules; they keep and count terms.

Public: open_engine(name, path, stamp, database) -> types.Engine.
"""

from pathlib import Path

from sqlalchemy import Engine as Database

from forum.search.engines.whoosh_engine import WhooshEngine
from forum.search.types import Engine

ENGINES = ("whoosh", "postgres")


def open_engine(name: str, path: Path, stamp: str, database: Database | None = None) -> Engine:
    """The engine `name`: "whoosh" keeps files at `path`, "postgres" tables in `database`. `stamp` names the
    analysis. Raises KeyError on an unknown name."""
    if name not in ENGINES:
        raise KeyError(name)
    if name == "whoosh":
        return WhooshEngine(path, stamp)
    from forum.search.engines.postgres_engine import PostgresEngine  # only there its driver is installed

    if database is None:
        raise ValueError("the engine postgres needs a database")
    return PostgresEngine(database, stamp)
