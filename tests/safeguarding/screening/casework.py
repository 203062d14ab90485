"""A case just arrived, and two people of the desk who work on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask

from forum.safeguarding.cases.types import Actor
from forum.safeguarding.policy import Policy
from forum.safeguarding.screening import catalogue, service
from forum.safeguarding.screening.types import Authority
from forum.safeguarding.vault import sealed, store
from forum.safeguarding.vault.content import Content, Paragraph
from forum.safeguarding.vault.db import vault_db, writing
from tests.safeguarding.conftest import DESK

ARRIVED = datetime(2026, 11, 21, 12, tzinfo=UTC)  # Saturday evening
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
EVERYBODY = frozenset({"family", "facility", "school"})
WORKER = Actor(1, "木村", EVERYBODY)
SUPERVISOR = Actor(2, "小川", EVERYBODY, supervisor=True)
CATALOGUE = catalogue.load()


def arrive(policy: Policy, once: str = "a-letter", at: datetime = ARRIVED) -> str:
    """A neighbour's report arrives; the public id of its case. Call it inside an app's context."""
    content = Content((Paragraph("毎晩、子どもの泣き声が聞こえます。"),))
    prepared = sealed.prepare(content, None, (), DESK.key, reporter=None)
    with writing():
        kept = store.put_report(
            prepared, policy, entrance="neighbour", groups=["family"], urgent=False, once=once, at=at
        )
    return kept.case_id


@dataclass(frozen=True)
class Work:
    """What people of the desk do with the case in these tests."""

    app: Flask
    policy: Policy
    case_id: str

    def version(self) -> int:
        from forum.safeguarding.cases import queries

        vault_db.session.rollback()
        return queries.case(self.case_id).version

    def assess(
        self, sheet: str, answers: dict[str, str], *, version: int = 0, once: str = "sheet-1", note: str = ""
    ) -> service.PreparedAssessment:
        prepared = service.prepare_assessment(
            self.case_id,
            CATALOGUE.sheet(sheet),
            answers,
            note,
            ladder=CATALOGUE.ladder,
            desk=DESK.key,
            actor=WORKER,
        )
        seen = version or self.version()
        with writing():
            service.keep_assessment(prepared, seen, WORKER, policy=self.policy, once=once)
        return prepared

    def record(
        self,
        kind: str,
        value: str,
        reason: str = "",
        *,
        actor: Actor = SUPERVISOR,
        version: int = 0,
        once: str = "record-1",
    ) -> None:
        prepared = service.prepare_records(
            [self.case_id],
            [service.Entry(kind, value, reason)],
            {},
            authority=Authority("supervisor" if actor.supervisor else "worker"),
            catalogue=CATALOGUE,
            ring=DESK.ring,
            desk=DESK.key,
            actor=actor,
        )
        seen = version or self.version()
        with writing():
            service.keep_records(prepared, seen, actor, policy=self.policy, once=once)
