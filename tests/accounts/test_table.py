"""Every staff page tried as everybody: who may, may; nobody else sees or changes anything.

The table is made from the routes of the app and the reviewed list in tests/house/test_routes.py, so that a
room that adds a page has its page tried the same day.
"""

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts import login, service
from forum.accounts.models import SessionRow
from forum.accounts.types import Role
from forum.credentials import codes
from forum.db import db, writing
from forum.web import access as marks
from tests.accounts.staff import enter, hire, sign_in
from tests.house.test_routes import STAFF, routes_of
from tests.pages import BASE, OURS, Page, Visitor

SIGN_OUT = "POST /staff/sign-out"  # needs no token: it only ends what is one's own
WHO = ["nobody", "left", *(role.value for role in Role)]
FOREIGN = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}


@dataclass(frozen=True)
class Cell:
    """One request of the table and the answers that are right."""

    route: str
    who: str

    @property
    def method(self) -> str:
        return self.route.split(" ")[0]

    @property
    def path(self) -> str:
        """The address with ids that nothing has; a number fits in every kind of part."""
        return re.sub(r"<\w+>", "999999999", self.route.split(" ")[1])

    @property
    def right(self) -> set[int]:
        """Expected statuses."""
        if self.who in ("nobody", "left"):
            return {303} if self.method == "GET" else {401}
        if self.who not in STAFF[self.route].split():
            return {403}
        return {200, 404} if self.method == "GET" else {303, 404, 422}


def table(app: Flask) -> list[Cell]:
    """All staff routes of the app, for everybody."""
    routes = [route for route in routes_of(app) if re.search(r" /staff(/|$)", route) and is_staff(app, route)]
    return [Cell(route, who) for route in sorted(routes) for who in WHO]


def is_staff(app: Flask, route: str) -> bool:
    """Pages on the way in wear another mark; they are listed apart."""
    return routes_of(app)[route] == marks.STAFF


def person(app: Flask, who: str) -> Visitor:
    """A browser of each sort of person. `left`: signed in until they were taken off the list."""
    if who == "nobody":
        return Visitor(app)
    if who != "left":
        return sign_in(app, Role(who))
    staff_id = hire(app, *Role)
    gone = enter(app, staff_id)
    with app.app_context():
        with writing():
            service.end(staff_id, None)
        db.session.remove()
    return gone


def rows(app: Flask) -> str:
    """Everything that is stored, as it stands."""
    with app.app_context():
        found = "\n".join(
            str(tuple(row))
            for table in db.metadata.sorted_tables
            for row in db.session.execute(select(table))
        )
        db.session.remove()
    return found


def test_every_staff_page_stands_in_the_reviewed_list_with_its_roles(app: Flask) -> None:
    named = {}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            if marks.mark_of(view) == marks.STAFF:
                path = re.sub(r"<\w+:", "<", rule.rule)
                assert path == "/staff" or path.startswith("/staff/"), "the cookie is sent there only"
                roles = view.access_roles  # type: ignore[attr-defined]
                named[f"{method} {path}"] = " ".join(role for role in Role if role in roles)
    assert named == STAFF
    cells = table(app)
    assert len(cells) == len(STAFF) * len(WHO), "nobody and no page is left out"
    print(f"\n{len(STAFF)} routes x {len(WHO)} sorts of people = {len(cells)} cells")


@pytest.mark.parametrize("who", WHO)
def test_every_page_answers_everybody_as_it_should(app: Flask, who: str) -> None:
    """POSTs bring no token: even whoever may do it changes nothing with such a request."""
    cells = [cell for cell in table(app) if cell.who == who and cell.route != SIGN_OUT]
    browser = person(app, who)
    before = rows(app)
    wrong = []
    for cell in cells:
        answer = browser.client.open(cell.path, method=cell.method, base_url=BASE, headers=OURS, data={})
        there = answer.headers.get("Location", "")
        sent_away = answer.status_code == 303 and "/staff/sign-in" in there
        if answer.status_code not in cell.right or sent_away != (303 in cell.right and who in WHO[:2]):
            wrong.append(f"{cell.route} as {who}: {answer.status_code} {there}, right is {cell.right}")
        if answer.headers["Cache-Control"] != "no-store":
            wrong.append(f"{cell.route} as {who}: may be kept")
    assert wrong == []
    assert rows(app) == before, "nothing was changed without a token"


@pytest.mark.parametrize("role", Role)
def test_nothing_is_changed_from_a_foreign_page(app: Flask, role: Role) -> None:
    """Not even signing out, which needs no token."""
    browser = sign_in(app, role)
    before = rows(app)
    for cell in table(app):
        if cell.who == role and cell.method == "POST":
            answer = browser.client.post(cell.path, base_url=BASE, headers=FOREIGN, data={})
            assert answer.status_code == 403, cell.route
    assert rows(app) == before


def test_nobody_ends_the_session_of_somebody_else(app: Flask) -> None:
    one, other = sign_in(app, Role.ADMIN), sign_in(app, Role.MODERATOR)
    theirs = re.findall(r"/staff/account/sessions/(\w{10})", enter_twice(app, other).html)
    assert theirs
    one.get("/staff/account")
    one.submit("sessions")  # the form of one's own; its token is good
    token = one.page.html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]  # type: ignore[union-attr]
    one.post(f"/staff/account/sessions/{theirs[0]}", {"csrf_token": token})
    assert theirs[0] in other.get("/staff/account").html


def enter_twice(app: Flask, visitor: Visitor) -> Page:
    """Sign the same person in on a second browser, and look at the list on the first."""
    with app.app_context():
        tag = codes.tag_of(visitor.cookies()[login.COOKIE])
        staff_id = db.session.get_one(SessionRow, tag).staff_id
        db.session.remove()
    enter(app, staff_id)
    return visitor.get("/staff/account")
