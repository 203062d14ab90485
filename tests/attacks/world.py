"""A forum in which every address leads somewhere, for requests that nobody fills in a form for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from forum.accounts.types import Role
from forum.db import db
from forum.moderation.service import look
from tests.accounts.staff import PASSWORD, enter, hire
from tests.board.factory import Parent
from tests.moderation.shift import HAND, waiting, written
from tests.pages import Visitor, form_fields

# A body in which every form of the house finds something that it takes.
BODY = {
    "text": "夜泣きがつづいて眠れません。", "title": "夜泣き", "body": "うちもそうでした。",
    "kind": "experience", "agreed": "1", "consent": "y", "words": "むかしむかし", "code": "000000",
    "lines": "一行目", "tone": "trouble", "reason": "hurts", "name": "だれか", "place": "どこか",
    "what": "ここ", "why": "困ります", "outcome": "masked", "action": "hide", "version": "1",
    "decision": "considered", "roles": "editor", "mail": "", "login": "somebody", "password": PASSWORD,
    "old": PASSWORD, "new": PASSWORD, "again": PASSWORD, "message": "ことば", "fixed": "なおした形",
    "homepage": "",
}  # fmt: skip


def stored(app: Flask) -> str:
    """Everything that is stored, as it stands."""
    with app.app_context():
        tables = db.metadata.sorted_tables
        found = "\n".join(str(tuple(row)) for one in tables for row in db.session.execute(select(one)))
        db.session.remove()
    return found


class World:
    """A worry, a reply, a held text, a notice and colleagues, so that every address leads somewhere."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.staff_id = hire(app, *Role, password=True)
        self.staff = enter(app, self.staff_id)
        self.other = hire(app, Role.EDITOR)
        self.thread, self.writer = written(app, "夜泣きで眠れません。毎晩です。")
        with app.app_context():
            post = Parent("b").replies(self.thread, author_tag=HAND.tag(self.thread.id))
            look([self.thread.id])
            db.session.remove()
        held, _ = written(app, "夜泣きで眠れません。毎晩です。", visibility="held")
        self.writer.get("/named")
        notice = self.writer.submit("what", **dict.fromkeys(("name", "place", "what", "why"), "ここです"))
        item = next(one for one in waiting(app) if one.thread_id == held.id)
        self.known = {
            "thread_id": self.thread.id,
            "post_id": post.id,
            "item_id": item.id,
            "notice_id": notice.url.rpartition("/")[2],
            "staff_id": str(self.other),
        }

    def path(self, rule: Rule) -> str:
        """The address of a route with ids that lead somewhere where the world has one."""
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: self.known.get(found[1], "0000000000"), rule.rule)

    def person(self, rule: Rule) -> Visitor:
        """Whoever may do most there."""
        return self.staff if rule.rule.startswith("/staff") else self.writer


def rules(app: Flask, method: str) -> Iterator[Rule]:
    """The forum's routes that take a method, statics apart."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if method in (rule.methods or ()) and rule.endpoint != "static":
            yield rule


def token_of(person: Visitor, path: str) -> str:
    """The token of a form on a page of this person's."""
    return str(form_fields(person.get(path).form("csrf_token"))["csrf_token"])
