"""The only way to make threads and replies in the tests of this room."""

from __future__ import annotations

import hashlib
from itertools import count

from forum.board import service
from forum.board.types import Kind, NewReply, NewThread, Post, Thread
from forum.db import writing
from forum.ids import new_public_id

_keys = count()


class Parent:
    """A hand: it can make its tag in any thread."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def tag(self, thread_id: str) -> str:
        return hashlib.sha256(f"{self.secret}:{thread_id}".encode()).hexdigest()

    def mark(self, kind: str, subject_id: str) -> str:
        return hashlib.sha256(f"{self.secret}:{kind}:{subject_id}".encode()).hexdigest()

    def asks(self, body: str = "8か月の子の夜泣きがつらいです。", **facts: object) -> Thread:
        """Open a thread in its own transaction."""
        public_id = new_public_id()
        values = {
            "public_id": public_id,
            "author_tag": self.tag(public_id),
            "once": f"form-{next(_keys)}",
            "body": body,
        }
        with writing():
            return service.open_thread(NewThread(**(values | facts)))  # type: ignore[arg-type]

    def replies(self, thread: Thread, body: str = "うちもそうでした。", **facts: object) -> Post:
        """Reply in its own transaction."""
        values = {
            "thread_id": thread.id,
            "author_tag": self.tag(thread.id),
            "once": f"form-{next(_keys)}",
            "kind": Kind.EXPERIENCE,
            "body": body,
        }
        with writing():
            return service.reply(NewReply(**(values | facts)))  # type: ignore[arg-type]
