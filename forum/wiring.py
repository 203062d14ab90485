"""Who hears which event."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from flask import Flask, current_app

from config import Settings
from forum.ask import helping
from forum.board import index_feed
from forum.board import service as board
from forum.board.index_feed import IndexText
from forum.db import db, writing
from forum.moderation import alarms
from forum.moderation import service as moderation
from forum.outbox.models import OutboxRow
from forum.outbox.relay import Handler, Relay
from forum.referrals import courier
from forum.referrals import service as referrals
from forum.search.service import SearchIndex, terms_of
from forum.search.types import Document, DocumentTerms
from forum.visitors import gate

# Every event after which the index may say something else about a thread.
INDEXED = (
    "ThreadOpened",
    "ThreadEdited",
    "ThreadWithdrawn",
    "PostAdded",
    "PostEdited",
    "PostWithdrawn",
    "TextModerated",
)


def connect(app: Flask) -> None:
    """Give the shelves what they may not import from each other."""
    app.extensions["gate"] = gate
    app.extensions["help"] = helping.page


def index() -> SearchIndex:
    """The search index of the running app."""
    found = current_app.extensions["search"]
    assert isinstance(found, SearchIndex)
    return found


def document(text: IndexText) -> Document:
    """A thread as the index takes it, with the tokens that were kept beside it."""
    try:
        terms = DocumentTerms.from_json(text.terms) if text.terms else None
    except (ValueError, TypeError):  # kept by an older version: made again from the text
        terms = None
    return Document(text.id, text.title, text.body, text.replies, terms)


def put_into_index(thread_ids: list[str]) -> None:
    """Bring the index to what the database says now about these threads, and keep their tokens."""
    present, gone = index_feed.documents_of(thread_ids)
    db.session.rollback()  # Janome takes its time; no reading transaction is held meanwhile
    analysed = [(text, analysed_document(text)) for text in present]
    if analysed:
        index().put([doc for _, doc in analysed])
        keep_terms(analysed)
    if gone:
        index().drop(gone)


def analysed_document(text: IndexText) -> Document:
    """A thread with its tokens: those kept beside it, or made now if text, words or analysis changed."""
    doc = document(text)
    return replace(doc, terms=terms_of(doc, index().thesaurus))


def keep_terms(analysed: list[tuple[IndexText, Document]]) -> None:
    """Keep tokens beside their threads, so that the next rebuild need not read the texts again."""
    fresh = [(text, doc.terms.to_json()) for text, doc in analysed if doc.terms is not None]
    changed = [(text, terms) for text, terms in fresh if terms != text.terms]
    if changed:
        with writing():
            for text, terms in changed:
                board.keep_terms(text.id, text.revision, terms)


def rebuild_index(progress: Callable[[int], None] | None = None) -> int:
    """Build the index anew from the database; returns how many threads are in it."""

    def documents() -> Iterator[Document]:
        for batch in index_feed.batches():
            analysed = [(text, analysed_document(text)) for text in batch]
            keep_terms(analysed)
            for _, doc in analysed:
                yield doc

    index().rebuild(documents(), progress)
    return index().count()


def handlers(settings: Settings) -> dict[str, tuple[Handler, ...]]:
    """The listeners of the forum, by event."""
    return {
        **dict.fromkeys(INDEXED, (put_into_index, moderation.look)),
        moderation.URGENT_WAITS: (alarms.tell,),
        referrals.EVENT: (partial(courier.deliver_now, settings),),
    }


def relay(settings: Settings) -> Relay:
    """The forum's relay."""
    return Relay(db, OutboxRow, handlers(settings), settings.outbox_tries)
