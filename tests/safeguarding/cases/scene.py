"""People at the desk and concerns that arrived: what the stories of this room begin with."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from flask import Flask

from forum import clock
from forum.safeguarding.cases import queries, reading, service
from forum.safeguarding.cases.types import Actor, Case, Decision
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault import sealed, store
from forum.safeguarding.vault.content import Content, Identity, Paragraph
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.queries import reports_of
from tests.safeguarding.conftest import Desk

FRIDAY = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)  # 23:30 in Tokyo, before a long weekend
FAMILY, SCHOOL = frozenset({"family"}), frozenset({"school"})
TANAKA = Actor(1, "田中", FAMILY)
SUZUKI = Actor(2, "鈴木", FAMILY)
KATO = Actor(3, "加藤", SCHOOL)
CHIEF = Actor(9, "上野", FAMILY | SCHOOL, supervisor=True)
SECOND_CHIEF = Actor(10, "小川", FAMILY | SCHOOL, supervisor=True)
MEETING = Decision("meeting", "m123456789")


def hours(number: float) -> datetime:
    """So many hours after that Friday night."""
    return FRIDAY + timedelta(hours=number)


@dataclass
class Scene:
    """One desk with its key. Each `do` sends a form of its own with the version that is on the page."""

    app: Flask
    policy: Policy
    desk: Desk
    tickets: Any = field(default_factory=count)

    def at(self, number: float) -> AbstractContextManager[None]:
        return clock.turned_to(hours(number))

    def arrives(
        self,
        told: Content | str = "となりの家から、毎晩さけび声がする",
        identity: Identity | None = None,
        groups: Sequence[str] = ("family",),
        urgent: bool = False,
        read: bool = True,
        burst: int = 0,
    ) -> str:
        """A report comes in, and is read. Gives the public id of its case."""
        content = Content((Paragraph(told),)) if isinstance(told, str) else told
        prepared = sealed.prepare(content, identity, (), self.desk.key, reporter=None)
        with writing():
            kept = store.put_report(
                prepared,
                self.policy,
                entrance="neighbour",
                groups=groups,
                urgent=urgent,
                once=self.ticket(),
                burst=burst,
            )
        if read:
            with writing():
                store.mark_read(kept.report_id)
        return kept.case_id

    def ticket(self) -> str:
        return f"t{next(self.tickets)}"

    def do(self, name: str, case_id: str, actor: Actor = TANAKA, /, *more: object, **told: Any) -> Any:
        """Send one form: a service function by name, at the present version of the case."""
        told.setdefault("version", queries.case(case_id).version)
        told.setdefault("once", self.ticket())
        if name in NEEDS_DESK:
            told.setdefault("desk", self.desk.key)
        if name in NEEDS_POLICY:
            told.setdefault("policy", self.policy)
        with writing():
            return getattr(service, name)(case_id, told.pop("version"), actor, *more, **told)

    def case(self, case_id: str) -> Case:
        vault_db.session.rollback()
        return queries.case(case_id)

    def child(self, case_id: str, name: str, actor: Actor = TANAKA) -> str:
        """A child becomes known; gives its public id."""
        self.do("add_child", case_id, actor, words={"name": name, "kana": "", "birth": "", "note": ""})
        return next(one.id for one in reading.children(case_id, self.desk.ring) if one.name == name)

    def saw(self, case_id: str, *children: str, kind: str = "in_person", **told: Any) -> Any:
        """Somebody was met."""
        told = {
            "seen_at": clock.now(),
            "who": "田中",
            "where": "保育園の部屋",
            "how": "けがはなく、よく話した",
            **told,
        }
        return self.do("sighting", case_id, kind=kind, child_ids=children, **told)

    def is_safe(self, case_id: str) -> None:
        """The one child of the case is seen, and the clock ends."""
        self.saw(case_id, self.child(case_id, "さくら"), all_known=True)

    def report_id(self, case_id: str) -> str:
        return reports_of([case_id])[0].id


NEEDS_DESK = {
    "accepted_elsewhere", "add_child", "add_person", "add_task", "ask_deletion", "change_child",
    "change_person", "close", "drop_child", "end_seen", "event", "finish_task", "mark_conflict", "merge",
    "note_entry", "offer", "reopen", "set_hold", "sighting", "unconfirmed",
}  # fmt: skip
NEEDS_POLICY = {"add_child", "approve_deletion", "ask_deletion", "event", "reopen"}
