"""A reader's shift, for the stories of this room."""

from __future__ import annotations

from flask import Flask

from forum.accounts.types import Role
from forum.board.types import Thread
from forum.db import db
from forum.ids import new_public_id
from forum.moderation import queries, service
from forum.moderation.types import Item
from forum.visitors.types import Hand
from tests.accounts.staff import sign_in
from tests.board.factory import Parent
from tests.pages import Page, Visitor

HAND = Hand(bytes(range(10)))


def reader(app: Flask, *roles: Role, name: str = "") -> Visitor:
    """Somebody who reads, signed in."""
    return sign_in(app, *(roles or (Role.MODERATOR,)), name=name)


def written(app: Flask, body: str, hand: Hand = HAND, **facts: object) -> tuple[Thread, Visitor]:
    """A worry in the queue, and its writer's browser."""
    public_id, person = new_public_id(), Visitor(app)
    with app.app_context():
        thread = Parent("x").asks(body, public_id=public_id, author_tag=hand.tag(public_id), **facts)
        service.look([thread.id])
        db.session.remove()
    person.client.set_cookie("hand", hand.secret.hex(), domain="localhost", secure=True)
    return thread, person


def waiting(app: Flask) -> tuple[Item, ...]:
    """What waits now."""
    with app.app_context():
        found = queries.items()
        db.session.remove()
    return found


def opens(person: Visitor, item: Item, status: int = 200) -> Page:
    """Press 「ひらく」."""
    person.get(f"/staff/queue/{item.id}")
    return person.submit("/open", status=status)


def decides(person: Visitor, item: Item, status: int = 200, **fields: object) -> Page:
    """Open a text and decide."""
    opens(person, item)
    return person.submit("/decide", status=status, **fields)
