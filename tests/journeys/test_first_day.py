"""The first day of a team: made at the machine, invited by hand, signed in with a code, read in the log."""

import csv
import io
import re
from datetime import timedelta

import pyotp
from flask import Flask

from forum import clock
from tests.pages import Page, Visitor

PASSWORD = "あさの ひかりが まぶしい"


def set_up(visitor: Visitor, link: str, login: str) -> str:
    """Go through the page of the one-time link; returns the authenticator's secret."""
    page = visitor.get(link[link.index("/staff/join/") :].strip())
    letters = page.root.all("code")[0].text().replace(" ", "")
    code = pyotp.TOTP(letters).at(clock.now())
    page = visitor.submit("password", login=login, password=PASSWORD, again=PASSWORD, code=code)
    assert "予備のコード" in page.text
    visitor.click("サインインへ")
    return letters


def sign_in(visitor: Visitor, login: str, secret: str) -> Page:
    """Name, password and the code that the app shows now."""
    visitor.get("/staff/sign-in")
    code = pyotp.TOTP(secret).at(clock.now())
    return visitor.submit("login", login=login, password=PASSWORD, code=code)


def test_a_team_begins(app: Flask) -> None:
    now = clock.now()
    told = app.test_cli_runner().invoke(args=["staff", "add", "山本", "--role", "admin"]).output
    admin, moderator, lead = Visitor(app), Visitor(app), Visitor(app)
    with clock.turned_to(now):
        first = set_up(admin, told, "yamamoto")
    with clock.turned_to(now + timedelta(minutes=1)):
        assert "山本" in sign_in(admin, "yamamoto", first).heading
        links = []
        for name, role in (("西川", "moderator"), ("森", "lead")):
            admin.click("職員")
            page = admin.submit("mail", name=name, roles=[role])
            links.append(re.findall(r"/staff/join/\w+", page.html)[0])
        admin.get("/staff/record", 403)
        second, third = set_up(moderator, links[0], "nishikawa"), set_up(lead, links[1], "mori")
    with clock.turned_to(now + timedelta(minutes=2)):
        assert "西川" in sign_in(moderator, "nishikawa", second).heading
        sign_in(lead, "mori", third)
        page = lead.get("/staff/record")
        rows = [" ".join(row.text().split()) for row in page.root.all("tr")]
        assert any("西川" in row and "サインインした" in row for row in rows)
        assert any("山本" in row and "招いた" in row and "読む係" in row for row in rows)
        file = lead.submit("CSVで受け取る").response.get_data().decode("utf-8-sig")
    told_by = {row[3] for row in csv.reader(io.StringIO(file))}
    assert {"山本", "西川", "森"} <= told_by
    moderator.get("/staff/record", 403)
    assert "職員" not in [e.text().strip() for e in moderator.get("/staff").root.all("a")]
