"""Engines behind the index. Never: language or ranking rules; they keep and count terms.

Public: open_engine(name, path, stamp) -> types.Engine.
"""

from pathlib import Path

from forum.search.engines.whoosh_engine import WhooshEngine
from forum.search.types import Engine

_ENGINES = {"whoosh": WhooshEngine}


def open_engine(name: str, path: Path, stamp: str) -> Engine:
    """The engine `name` at `path`; `stamp` names the analysis. Raises KeyError on an unknown name."""
    return _ENGINES[name](path, stamp)
