"""Who hears which event."""

from flask import Flask, current_app

from config import Settings
from forum.board import index_feed
from forum.db import db
from forum.outbox.models import OutboxRow
from forum.outbox.relay import Handler, Relay
from forum.search.service import SearchIndex
from forum.visitors import gate

# Every event after which the index may say something else about a thread.
INDEXED = (
    "ThreadOpened",
    "ThreadEdited",
    "ThreadWithdrawn",
    "PostAdded",
    "PostEdited",
    "PostWithdrawn",
)


def connect(app: Flask) -> None:
    """Give the shelves what they may not import from each other."""
    app.extensions["gate"] = gate


def index() -> SearchIndex:
    """The search index of the running app."""
    found = current_app.extensions["search"]
    assert isinstance(found, SearchIndex)
    return found


def put_into_index(thread_ids: list[str]) -> None:
    """Bring the index to what the database says now about these threads."""
    present, gone = index_feed.documents_of(thread_ids)
    if present:
        index().put(present)
    if gone:
        index().drop(gone)


def handlers() -> dict[str, tuple[Handler, ...]]:
    """The listeners of the forum, by event."""
    return {name: (put_into_index,) for name in INDEXED}


def relay(settings: Settings) -> Relay:
    """The forum's relay."""
    return Relay(db, OutboxRow, handlers(), settings.outbox_tries)
