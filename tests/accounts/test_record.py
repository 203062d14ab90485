"""The record: lines come, none goes; whoever leads reads it, and no spreadsheet runs it."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DatabaseError

from forum import clock
from forum.accounts import audit, queries
from forum.accounts.models import AuditRow
from forum.accounts.types import Actor, Role
from forum.db import db, writing
from tests.accounts.staff import enter, hire, sign_in

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def lines(app: Flask, *told: tuple[str, str], name: str = "西川", at: datetime = NOON) -> None:
    with app.app_context(), clock.turned_to(at):
        with writing():
            for verb, subject in told:
                audit.record(verb, subject, by=Actor(1, name))
        db.session.remove()


CHANGES = {
    "update": lambda: db.session.execute(update(AuditRow).values(staff_name="だれか")),
    "delete": lambda: db.session.execute(delete(AuditRow)),
    "one line": lambda: db.session.execute(delete(AuditRow).where(AuditRow.verb == "moderation.open")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_or_remove_a_line(app: Flask, change: str) -> None:
    lines(app, ("moderation.open", "thread-1"))
    with app.app_context():
        with pytest.raises(DatabaseError, match="append-only"), writing():
            CHANGES[change]()
        assert [(one.verb, one.staff_name) for one in queries.audit_lines()] == [("moderation.open", "西川")]
        db.session.remove()


def test_the_whole_record_is_not_emptied_at_once(app: Flask) -> None:
    """A server knows a way to empty a table that asks no line; SQLite knows none."""
    lines(app, ("moderation.open", "thread-1"))
    with app.app_context():
        words = (
            "TRUNCATE account_audit"
            if db.engine.dialect.name == "postgresql"
            else "DELETE FROM account_audit"
        )
        with pytest.raises(DatabaseError, match="append-only"), writing():
            db.session.execute(text(words))
        assert len(queries.audit_lines()) == 1
        db.session.remove()


def test_a_line_is_not_written_over_by_another(app: Flask) -> None:
    lines(app, ("moderation.open", "thread-1"))
    with app.app_context():
        number = queries.audit_lines()[0].number
        other = {"number": number, "at": NOON, "staff_name": "x", "verb": "x", "subject": "x", "reason": ""}
        query = insert(AuditRow).values(other)
        if db.engine.dialect.name == "sqlite":
            query = query.prefix_with("OR REPLACE")
        with pytest.raises(DatabaseError), writing():
            db.session.execute(query)
        assert [one.verb for one in queries.audit_lines()] == ["moderation.open"]
        db.session.remove()


@pytest.mark.parametrize("words", ["夜泣きがつらい", "a" * 61, "a\nb", "=cmd()"])
def test_no_text_gets_into_a_line(app: Flask, words: str) -> None:
    with app.app_context():
        for told in ((words, "x", ""), ("sign_in", words, ""), ("sign_in", "x", words)):
            with pytest.raises(ValueError, match=r"codes and ids|no name"), writing():
                audit.record(told[0], told[1], reason=told[2])
        assert queries.audit_lines() == ()
        db.session.remove()


def test_a_line_stands_only_with_what_it_tells_of(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(RuntimeError, match="it fails"), writing():
            audit.record("moderation.open", "thread-1")
            raise RuntimeError("it fails")
        assert queries.audit_lines() == ()
        db.session.remove()


def test_a_lead_reads_who_did_what_in_words(app: Flask) -> None:
    admin_id = hire(app, Role.ADMIN, name="山本")
    moderator_id = hire(app, Role.MODERATOR, name="西川")
    admin = enter(app, admin_id)
    admin.get(f"/staff/people/{moderator_id}")
    admin.submit("役割を変える", roles=["lead"])
    lead = sign_in(app, Role.LEAD)
    row = next(one for one in lead.get("/staff/record").root.all("tr") if "役割を変えた" in one.text())
    assert "山本" in row.text() and "西川" in row.text() and "責任者" in row.text()


def test_lines_are_found_by_day_person_act_and_thing(app: Flask) -> None:
    lead = sign_in(app, Role.LEAD)
    lines(app, ("moderation.open", "thread-1"), ("moderation.hide", "thread-2"))
    lines(app, ("moderation.open", "thread-3"), at=NOON + timedelta(days=1))
    for asked, found in (
        ("day=2026-11-20", {"thread-1", "thread-2"}),
        ("subject=thread-3", {"thread-3"}),
        ("verb=moderation.hide", {"thread-2"}),
        ("who=999", set()),
        ("day=2026-13-45&who=x&subject=%E6%AD%BB&before=x", set()),
    ):
        page = lead.get(f"/staff/record?{asked}").root.all("tbody")[0].text()
        assert {one for one in ("thread-1", "thread-2", "thread-3") if one in page} == found, asked


def test_a_long_record_has_pages(app: Flask) -> None:
    lead = sign_in(app, Role.LEAD)
    lines(app, *[("moderation.open", f"thread-{number}") for number in range(150)])
    assert "thread-149" in lead.get("/staff/record").text
    assert "thread-3" in [cell.text() for cell in lead.click("もっと前へ").root.all("td")]


def test_the_file_opens_in_a_spreadsheet_and_runs_nothing(app: Flask) -> None:
    lead = sign_in(app, Role.LEAD, name="森")
    lines(app, ("moderation.open", "-1+1"), name='=HYPERLINK("x")')
    lead.get("/staff/record")
    page = lead.submit("CSVで受け取る")
    raw = page.response.get_data()
    assert raw.startswith(b"\xef\xbb\xbf") and page.response.headers["Cache-Control"] == "no-store"
    table = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    told = next(row for row in table if row[7] == "moderation.open")
    assert told[1] == "2026-11-20 12:00:00" and told[3] == '\'=HYPERLINK("x")' and told[5] == "'-1+1"
    assert "森" in [row[3] for row in table if row[7] == "export_record"], "taking it is a line, too"
    assert not [cell for row in table for cell in row if cell[:1] in ("=", "+", "-", "@")]
