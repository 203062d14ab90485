"""The auditor's page: filtered, in pages, as a file that no spreadsheet executes, and honest when broken."""

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import update

from forum import clock
from forum.safeguarding.staff import audit_views
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.audit_models import AuditRow
from forum.safeguarding.vault.db import vault_db, writing
from tests.pages import Visitor
from tests.safeguarding.desk import sign_in

Browser = Callable[[], Visitor]
FRIDAY = datetime(2026, 11, 20, 14, 59, tzinfo=UTC)  # 23:59 in Tokyo


def write(app: Flask, *lines: tuple[datetime, str, str, int, str]) -> None:
    """Lines of other days."""
    with app.app_context():
        for at, verb, subject, number, name in lines:
            with clock.turned_to(at), writing():
                audit.record(verb, subject, staff_id=number, staff_name=name)
        vault_db.session.remove()


def test_the_auditor_finds_who_opened_what_on_which_day(desk_app: Flask, browser: Browser) -> None:
    write(
        desk_app,
        (FRIDAY, "open_report", "case000001", 71, "田中"),
        (FRIDAY + timedelta(minutes=2), "open_reporter", "case000002", 72, "鈴木"),
    )
    auditor = sign_in(browser(), "auditor")
    page = auditor.get("/record")
    assert "はじめから終わりまで つながっています" in page.text and "2026-11-21 00:01:00" in page.text
    page = auditor.get("/record?day=2026-11-20")
    assert "case000001" in page.text and "case000002" not in page.text
    assert "鈴木" not in auditor.get("/record?who=71").text
    page = auditor.get("/record?subject=case000002")
    assert "連絡した人の欄を開いた" in page.text and "case000001" not in page.text
    for odd in ("day=heute", "who=x", "who=-1", "before=%FF", "day=2026-13-45", "subject=%00"):
        auditor.get(f"/record?{odd}")


def test_an_old_line_is_reached_page_by_page(desk_app: Flask, browser: Browser) -> None:
    write(desk_app, *((FRIDAY, "open_report", f"c{n}", 71, "田中") for n in range(audit_views.PAGE + 5)))
    auditor = sign_in(browser(), "auditor")
    assert ">c0<" not in auditor.get("/record?who=71").html
    assert ">c0<" in auditor.click("もっと前へ").html


def test_the_file_holds_what_was_chosen_and_no_formula(desk_app: Flask, browser: Browser) -> None:
    evil = "=HYPERLINK(1)"
    write(desk_app, (FRIDAY, "open_report", "case1", 71, evil), (FRIDAY, "open_report", "-1+2", 72, "+x"))
    auditor = sign_in(browser(), "auditor")
    auditor.get("/record?subject=case1")
    page = auditor.submit("CSV")
    rows = list(csv.reader(io.StringIO(page.response.get_data(as_text=True).lstrip("\ufeff"))))
    assert len(rows) == 2 and rows[1][3] == f"'{evil}"
    auditor.get("/record")
    rows = list(csv.reader(io.StringIO(auditor.submit("CSV").response.get_data(as_text=True))))
    assert ["'+x", "open_report", "連絡を開いた", "'-1+2"] in [row[3:7] for row in rows]
    assert not [cell for row in rows for cell in row if re.match(r"[=+@\t\r-]", cell)]
    with desk_app.app_context():
        assert "export_record" in [line.verb for line in audit.lines()], "that it was taken is a line, too"


def test_a_broken_record_is_said_on_the_page_and_by_the_command(desk_app: Flask, browser: Browser) -> None:
    write(desk_app, *((FRIDAY, "open_report", f"c{n}", 71, "田中") for n in range(5)))
    whole = desk_app.test_cli_runner().invoke(args=["audit", "verify"])
    assert whole.exit_code == 0 and re.search(r"5 lines, whole; head [0-9a-f]{64}", whole.output)
    with desk_app.app_context():
        with writing():
            vault_db.session.execute(update(AuditRow).where(AuditRow.number == 3).values(staff_id=72))
        vault_db.session.remove()
    assert "3番のところで合いません" in sign_in(browser(), "auditor").get("/record").text
    broken = desk_app.test_cli_runner().invoke(args=["audit", "verify"])
    assert broken.exit_code == 1 and "line 3" in broken.output
