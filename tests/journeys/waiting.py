"""A real letterbox behind the forum, and what both keep, for stories of texts that wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask
from sqlalchemy import select, text

from forum.board import moderating
from forum.board.types import Subject
from forum.db import db
from forum.referrals import courier
from tests.conftest import work
from tests.pages import Page
from tests.safeguarding.conftest import DESK


@contextmanager
def with_letterbox(app: Flask, address: str) -> Iterator[None]:
    """The forum, told where the letterbox is, with its key."""
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(before, hatch_url=address)
    try:
        with app.app_context():
            courier.fetch_key(app.extensions["settings"])
            db.session.remove()
        yield
    finally:
        app.extensions["settings"] = before


def arrived(app: Flask, letterbox: Flask) -> list[tuple[str, bool, bool]]:
    """Text, urgent, written by a child: what the desk finds once the forum's worker has been there."""
    from forum.safeguarding.vault import opening, queries
    from forum.safeguarding.vault.db import vault_db
    from forum.safeguarding.vault.models import CaseRow

    work(app)
    with letterbox.app_context():
        cases = list(vault_db.session.scalars(select(CaseRow)))
        reports = queries.reports_of([case.public_id for case in cases])
        told = []
        for one, case in zip(reports, cases, strict=True):
            opened = opening.open_report(DESK.ring, one)
            told.append((opened.text(), case.urgent, opened.child_wrote))
        vault_db.session.remove()
    return told


def everything_stored(app: Flask) -> str:
    """All rows of all tables of the forum as one text."""
    with app.app_context():
        rows = [str(db.session.execute(text(f"select * from {t}")).all()) for t in db.metadata.tables]  # noqa: S608
        db.session.rollback()
    return "\n".join(rows)


def waiting_text(app: Flask, page: Page) -> Subject:
    """The text that the help page speaks of, as the board keeps it."""
    link = next(link for link in page.links() if link.endswith("/held"))
    with app.app_context():
        found = moderating.subjects(link.split("/")[2])[-1]
        db.session.remove()
    return found
