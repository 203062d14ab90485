"""Colleagues: invited by a link that works once, changed by others than themselves, gone at once."""

import re
from datetime import timedelta

import pyotp
from flask import Flask

from forum import clock
from forum.accounts import queries, service
from forum.accounts.types import Role
from forum.credentials import codes
from forum.db import db
from tests.accounts.staff import PASSWORD, code_at, enter, hire, login_of, sign_in
from tests.pages import BASE, Page, Visitor


def link_on(page: Page) -> str:
    """The path of the one-time link that is shown."""
    found = re.search(r"https://[^/\s]+(/staff/join/\w+)", page.html)
    assert found, page.text
    return found[1]


def invite(admin: Visitor, name: str, *roles: Role) -> str:
    admin.get("/staff/people")
    return link_on(admin.submit("mail", name=name, roles=list(roles)))


def secret_on(page: Page) -> str:
    return page.html.split('name="secret"')[1].split('value="')[1].split('"')[0]


def join(
    visitor: Visitor, link: str, login: str, status: int = 200, password: str = PASSWORD, code: str = ""
) -> Page:
    page = visitor.get(link)
    code = code or pyotp.TOTP(secret_on(page)).at(clock.now())
    return visitor.submit("password", status, login=login, password=password, again=password, code=code)


def people(app: Flask) -> dict[str, frozenset[Role]]:
    with app.app_context():
        found = {one.name: one.roles for one in queries.everybody()}
        db.session.remove()
    return found


def test_a_new_moderator_sets_up_password_and_app_and_signs_in(app: Flask) -> None:
    """Invitation by hand, QR code, recovery codes on paper, the first sign-in the next minute."""
    link, moderator = invite(sign_in(app, Role.ADMIN), "西川", Role.MODERATOR), Visitor(app)
    page = moderator.get(link)
    assert "西川" in page.text and page.root.all("svg"), "the QR code is there"
    secret = secret_on(page)
    done = moderator.submit(
        "password",
        login="nishikawa",
        password=PASSWORD,
        again=PASSWORD,
        code=pyotp.TOTP(secret).at(clock.now()),
    )
    recovery = re.findall(r"<code>([a-z2-9-]{19})</code>", done.html)
    assert len(recovery) == codes.RECOVERY_CODES and people(app)["西川"] == {Role.MODERATOR}
    moderator.click("サインインへ")
    later = clock.now() + timedelta(minutes=1)
    with clock.turned_to(later):
        home = moderator.submit(
            "login", login="Nishikawa", password=PASSWORD, code=pyotp.TOTP(secret).at(later)
        )
        assert "西川" in home.heading
        other = Visitor(app)
        for code, status in ((recovery[0].upper(), 303), (recovery[0], 422)):
            other.get("/staff/sign-in")
            other.submit("login", status, follow=False, login="nishikawa", password=PASSWORD, code=code)
    assert "ほかの端末でも" in moderator.get("/staff").text, "signed in elsewhere is seen on the first page"


def test_a_link_works_once_and_for_three_days(app: Flask) -> None:
    admin = sign_in(app, Role.ADMIN)
    link, second = invite(admin, "西川", Role.EDITOR), invite(admin, "東", Role.EDITOR)
    join(Visitor(app), link, "nishikawa")
    assert "もう使えません" in Visitor(app).get(link, 404).text
    with clock.turned_to(clock.now() + service.INVITATION + timedelta(minutes=1)):
        Visitor(app).get(second, 404)
    Visitor(app).get("/staff/join/" + "0" * 64, 404)


def test_an_invitation_is_taken_back(app: Flask) -> None:
    admin = sign_in(app, Role.ADMIN)
    link = invite(admin, "西川", Role.MODERATOR)
    admin.submit("招待を取り消す")
    Visitor(app).get(link, 404)


def test_whoever_joins_is_told_what_is_wrong_and_keeps_the_same_picture(app: Flask) -> None:
    link, visitor = invite(sign_in(app, Role.ADMIN), "西川", Role.MODERATOR), Visitor(app)
    secret = secret_on(visitor.get(link))
    tries = (
        ("12345", "000000", "12文字以上"),
        ("Password1234", "000000", ""),
        (PASSWORD, "000000", "番号が"),
    )
    for password, code, words in tries:
        page = visitor.submit(
            "password", 422, login="nishikawa", password=password, again=password, code=code
        )
        assert words in page.text and secret_on(page) == secret
    taken = login_of(app, hire(app, Role.EDITOR))
    page = visitor.submit(
        "password",
        422,
        login=taken,
        password=PASSWORD,
        again=PASSWORD,
        code=pyotp.TOTP(secret).at(clock.now()),
    )
    assert "もう使われています" in page.text


def test_whoever_leaves_is_out_with_the_next_click_on_every_device(app: Flask) -> None:
    staff_id = hire(app, Role.MODERATOR, name="西川", password=True)
    name, first, second = login_of(app, staff_id), enter(app, staff_id), enter(app, staff_id)
    first.get("/staff")
    admin = sign_in(app, Role.ADMIN)
    admin.get(f"/staff/people/{staff_id}")
    admin.submit("終わりにする")
    for browser in (first, second):
        assert browser.client.get("/staff", base_url=BASE).status_code == 303
    again = Visitor(app)
    again.get("/staff/sign-in")
    again.submit("login", 422, login=name, password=PASSWORD, code=code_at())
    assert "終わった人" in admin.get("/staff/people").text, "the name stays for the record"


def test_other_roles_count_from_the_next_page_on(app: Flask) -> None:
    staff_id = hire(app, Role.LEAD, name="西川")
    theirs = enter(app, staff_id)
    theirs.get("/staff/record")
    admin = sign_in(app, Role.ADMIN)
    admin.get(f"/staff/people/{staff_id}")
    admin.submit("役割を変える", roles=["city_officer"], nurse="y")
    theirs.get("/staff/record", 403)
    assert "保健師" in theirs.get("/staff").text


def test_an_admin_gives_themselves_nothing(app: Flask) -> None:
    """Who looks after people reads no held text, and cannot make a reader of themselves."""
    staff_id = hire(app, Role.ADMIN, name="山本")
    admin = enter(app, staff_id)
    assert "自分のことは変えられません" in admin.get(f"/staff/people/{staff_id}").text
    admin.get("/staff/people")
    token = admin.page.html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]  # type: ignore[union-attr]
    sent = {"csrf_token": token, "roles": ["admin", "moderator"]}
    for what in ("", "/again", "/end"):
        admin.post(f"/staff/people/{staff_id}{what}", sent, 422)
    assert people(app)["山本"] == {Role.ADMIN}
    admin.get("/staff/record", 403)


def test_somebody_without_any_role_is_not_invited(app: Flask) -> None:
    admin = sign_in(app, Role.ADMIN)
    admin.get("/staff/people")
    page = admin.submit("mail", 422, name="西川")
    assert "役割を、一つはえらんでください" in page.text and 'value="西川"' in page.html
    admin.submit("mail", 422, name="西川", roles=["king"])


def test_who_lost_the_telephone_sets_everything_up_again_and_stays_the_same_person(app: Flask) -> None:
    staff_id = hire(app, Role.MODERATOR, name="西川", password=True)
    name, stolen = login_of(app, staff_id), enter(app, staff_id)
    admin = sign_in(app, Role.ADMIN)
    admin.get(f"/staff/people/{staff_id}")
    link = link_on(admin.submit("招きなおす"))
    stolen.get("/staff")
    visitor = Visitor(app)
    page = visitor.get(link)
    assert name in page.text, "the name to sign in with is told, not asked"
    secret, fresh = secret_on(page), "あたらしい ひみつのことば"
    now = clock.now()
    visitor.submit("password", password=fresh, again=fresh, code=pyotp.TOTP(secret).at(now))
    assert stolen.client.get("/staff", base_url=BASE).status_code == 303, "the stolen device is out"
    with clock.turned_to(now + timedelta(minutes=1)):
        visitor.get("/staff/sign-in")
        visitor.submit("login", 422, login=name, password=PASSWORD, code=code_at())
        visitor.submit("login", login=name, password=fresh, code=pyotp.TOTP(secret).at(clock.now()))
    with app.app_context():
        assert [one.id for one in queries.with_role(Role.MODERATOR)] == [staff_id]
        db.session.remove()


def test_what_is_destructive_asks_for_a_fresh_code_first(app: Flask) -> None:
    staff_id = hire(app, Role.EDITOR, name="西川")
    admin = sign_in(app, Role.ADMIN, stepped_up=False)
    admin.get(f"/staff/people/{staff_id}")
    asked = admin.submit("終わりにする")
    assert "もう一度、たしかめます" in asked.heading and "西川" in people(app)
    admin.submit("code", 422, code="000000")
    admin.submit("code", code=code_at())
    admin.get(f"/staff/people/{staff_id}")
    admin.submit("終わりにする")
    assert "西川" not in people(app)


def test_a_link_leads_to_our_own_address_whatever_name_was_asked_for(app: Flask) -> None:
    """A forged host name must not send a colleague's one-time link to somebody else."""
    admin = sign_in(app, Role.ADMIN)
    admin.client.set_cookie("k", admin.cookies()["k"], domain="evil.example", path="/staff", secure=True)
    fields = {"name": "西川", "roles": "moderator"}
    page = admin.get("/staff/people")
    fields["csrf_token"] = page.html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    admin.client.set_cookie("s", admin.cookies()["s"], domain="evil.example", secure=True)
    answer = admin.client.post(
        "/staff/people",
        base_url="https://evil.example",
        data=fields,
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == 200 and "evil.example" not in answer.get_data(as_text=True)
    assert "https://localhost:8000/staff/join/" in answer.get_data(as_text=True)
