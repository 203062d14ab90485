"""A letterbox that has counted nothing yet, and eyes to see what it kept."""

from collections.abc import Iterator

import pytest
from flask import Flask

from forum.safeguarding.vault import opening, queries
from forum.safeguarding.vault.content import Content, Identity
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow
from forum.safeguarding.vault.types import SealedReport
from tests.safeguarding.conftest import Desk


@pytest.fixture(autouse=True)
def _quiet(doors: tuple[Flask, Flask]) -> Iterator[None]:
    doors[0].extensions["counters"].clear()
    yield
    doors[0].extensions["counters"].clear()


class Inside:
    """The desk's view of the vault, with its private key."""

    def __init__(self, app: Flask, desk: Desk) -> None:
        self.app, self.desk = app, desk

    def reports(self) -> list[SealedReport]:
        with self.app.app_context():
            cases = list(vault_db.session.query(CaseRow.public_id).order_by(CaseRow.id))
            return list(queries.reports_of([case for (case,) in cases]))

    def told(self) -> list[Content]:
        return [opening.open_report(self.desk.ring, one) for one in self.reports()]

    def who(self) -> list[Identity]:
        return [opening.open_identity(self.desk.ring, one) for one in self.reports()]

    def added(self, report_id: str) -> list[Content]:
        with self.app.app_context():
            messages = queries.messages_of(report_id)
        found = [opening.open_message(self.desk.ring, one) for one in messages if one.direction == "in"]
        return [one for one in found if isinstance(one, Content)]

    def case(self) -> CaseRow:
        with self.app.app_context():
            return vault_db.session.query(CaseRow).one()


@pytest.fixture
def inside(intake_app: Flask, desk: Desk) -> Inside:
    return Inside(intake_app, desk)
