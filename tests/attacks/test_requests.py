"""Requests of somebody who is not filling in a form: every route of the forum, as its map lists them."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask

from forum.accounts.types import Role
from forum.board.types import Thread
from forum.visitors.types import Hand
from forum.visitors.words import to_words
from forum.web import access
from forum.web.headers import POLICY
from tests.accounts.staff import PASSWORD, code_at, enter, hire, login_of, sign_in
from tests.attacks.world import BODY, World, rules, stored, token_of
from tests.conftest import build_app, make_settings
from tests.pages import BASE, OURS, Page, Visitor, form_fields

MakeVisitor = Callable[[], Visitor]
EVIL = "evil.example"
FOREIGN = (
    {"Sec-Fetch-Site": "cross-site", "Origin": BASE},
    {"Sec-Fetch-Site": "same-site", "Origin": "https://other.localhost"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": f"https://{EVIL}"},
    {"Origin": "null"},
    {"Referer": f"{BASE}/ask"},
    {},
)
# These change nothing, whoever sends them; a route that is not here must bring a token.
WITHOUT_TOKEN = {
    "/ask/open": "gives a text back",
    "/ask/typed": "gives a text back",
    "/search": "finds",
    "/sort": "finds",
    "/staff/sign-out": "ends what is one's own; the origin is checked",
}


@pytest.fixture
def world(app: Flask) -> World:
    return World(app)


def test_no_post_of_any_route_changes_anything_for_a_foreign_page(app: Flask, world: World) -> None:
    before, tried = stored(app), 0
    for rule in rules(app, "POST"):
        person = world.person(rule)
        token = token_of(person, "/staff/account" if person is world.staff else "/ask")
        for headers in FOREIGN:
            body = {**BODY, "csrf_token": token}
            answer = person.client.post(world.path(rule), base_url=BASE, headers=headers, data=body)
            assert answer.status_code == 403, f"{rule} {headers}: {answer.status_code}"
            tried += 1
    assert stored(app) == before
    print(f"\n{tried} requests to {len(list(rules(app, 'POST')))} routes")


@pytest.mark.parametrize("which", ["none", "empty", "of another session", "of an older key"])
def test_no_post_of_any_route_changes_anything_without_its_own_token(
    app: Flask, world: World, which: str
) -> None:
    """Sent from our own origin with our own cookies, but not by a form that we gave to this browser."""
    before, kept = stored(app), []
    theirs = {
        "empty": "",
        "of another session": token_of(Visitor(app), "/ask"),
        "of an older key": "ImFiYyI.Zxxxxx.AAAAAAAAAAAAAAAAAAAAAAAAAAA",
    }
    world.staff.get("/staff/account")
    world.writer.get("/ask")
    for rule in rules(app, "POST"):
        if rule.rule in WITHOUT_TOKEN:
            continue
        body = BODY | ({"csrf_token": theirs[which]} if which in theirs else {})
        once = form_fields(Visitor(app).get("/ask").form("text"))["once"]
        answer = world.person(rule).client.post(
            world.path(rule), base_url=BASE, headers=OURS, data={**body, "once": once}
        )
        if answer.status_code not in (303, 404, 409, 422):
            kept.append(f"{rule}: {answer.status_code}")
    assert kept == []
    assert stored(app) == before


@pytest.mark.parametrize(
    "path",
    ["/ask", "/named", "/threads/<thread_id>/reply", "/threads/<thread_id>/edit", "/posts/<post_id>/edit",
     "/posts/<post_id>/withdraw", "/threads/<thread_id>/withdraw", "/threads/<thread_id>/flag",
     "/staff/queue/<item_id>/claim", "/staff/queue/<item_id>/open",
     "/staff/told", "/staff/notices/<notice_id>/open", "/staff/people", "/staff/people/<int:staff_id>",
     "/staff/people/<int:staff_id>/end", "/staff/account/sessions", "/staff/account/recovery",
     "/staff/threads/<thread_id>/answer", "/mine/words", "/memo"],
)  # fmt: skip
def test_with_the_token_the_same_request_does_change_something(app: Flask, world: World, path: str) -> None:
    """So that it is the token that keeps the others out, and not a body that nobody would take."""
    rule = next(one for one in rules(app, "POST") if one.rule == path)
    person, before = world.person(rule), stored(app)
    token = token_of(person, "/staff/account" if person is world.staff else "/ask")
    once = form_fields(Visitor(app).get("/ask").form("text"))["once"]
    body = {**BODY, "csrf_token": token, "once": once}
    if path == "/mine/words":
        body["words"] = " ".join(to_words(Hand(bytes(10))))
    if path == "/staff/account/sessions":
        enter(app, world.staff_id)
        before = stored(app)
    answer = person.client.post(world.path(rule), base_url=BASE, headers=OURS, data=body)
    taken = stored(app) != before or "hand=" in str(answer.headers)
    assert answer.status_code in (200, 303) and taken, (answer.status_code, Page(answer, path).text[:300])


def test_what_needs_no_token_changes_nothing(app: Flask, world: World) -> None:
    before = stored(app)
    for path in WITHOUT_TOKEN:
        if path != "/staff/sign-out":
            assert world.writer.client.post(path, base_url=BASE, headers=OURS, data=BODY).status_code == 200
    assert stored(app) == before


def test_no_get_changes_anything(app: Flask, world: World) -> None:
    before, tried = stored(app), 0
    for rule in rules(app, "GET"):
        for headers in ({}, {"Sec-Fetch-Site": "cross-site"}):
            answer = world.person(rule).client.get(world.path(rule), base_url=BASE, headers=headers)
            assert answer.status_code in (200, 303, 403, 404, 409), f"{rule}: {answer.status_code}"
            tried += 1
    assert stored(app) == before, "also what a picture or a link elsewhere asks for"
    print(f"\n{tried} requests")


def test_every_page_refuses_to_be_framed_and_says_what_it_may_load(app: Flask, world: World) -> None:
    pages = 0
    for method in ("GET", "POST", "DELETE", "TRACE"):
        for rule in rules(app, "GET"):
            headers = world.person(rule).client.open(world.path(rule), method=method, base_url=BASE).headers
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], rule
            assert {name: headers[name] for name in POLICY} == POLICY, rule
            pages += 1
    print(f"\n{pages} answers")


ELSEWHERE = (
    f"//{EVIL}", f"/\\{EVIL}", f"\\\\{EVIL}", f"https:{EVIL}", f"https://{EVIL}/staff", f"///{EVIL}",
    f"/staff//{EVIL}", f"/staff/..//{EVIL}", f"/%09/{EVIL}", f"\t//{EVIL}", f"/\n/{EVIL}", f"/staff@{EVIL}",
    f"https://localhost@{EVIL}", f"javascript:alert('{EVIL}')", f"/staff?next=//{EVIL}", f"/staff\\@{EVIL}",
    f"%2F%2F{EVIL}", f"//localhost.{EVIL}", f"/staff/account#//{EVIL}", f"data:text/html,{EVIL}",
    f"/staff\r\nLocation: //{EVIL}",
)  # fmt: skip
WAYS_ON = ("back", "next", "url", "return", "return_to", "redirect", "to", "goto", "continue", "after")


def leads_away(answer_location: str) -> bool:
    """True if a browser would leave the site for this."""
    plain = re.sub(r"[\t\r\n]", "", answer_location).replace("\\", "/")
    parts = urlsplit(plain)
    return bool(plain) and (parts.scheme not in ("", "https") or parts.netloc not in ("", "localhost"))


@pytest.mark.parametrize("encoded", [False, True])
def test_no_parameter_of_any_route_leads_elsewhere(app: Flask, world: World, encoded: bool) -> None:
    tried = 0
    for rule in rules(app, "GET"):
        for where in ELSEWHERE if "staff" in rule.rule else ELSEWHERE[:6]:
            told = quote(quote(where, safe="") if encoded else where, safe="")
            query = "&".join(f"{name}={told}" for name in WAYS_ON)
            person = Visitor(app) if where is ELSEWHERE[0] else world.person(rule)
            answer = person.client.get(f"{world.path(rule)}?{query}", base_url=BASE)
            assert not leads_away(answer.headers.get("Location", "")), f"{rule} {where}"
            assert f'href="{where}' not in answer.text and f'action="{where}' not in answer.text, rule
            tried += 1
    print(f"\n{tried} requests")


def test_signing_in_and_stepping_up_never_lead_elsewhere(app: Flask) -> None:
    with_code = sign_in(app, Role.LEAD, stepped_up=False)
    for where in ELSEWHERE:
        page = Visitor(app).get(f"/staff/sign-in?back={quote(where, safe='')}")
        back = str(form_fields(page.form("password")).get("back") or "")
        assert EVIL not in back, where
        assert EVIL not in with_code.get(f"/staff/step-up?back={quote(where, safe='')}").html, where
    person = Visitor(app)
    person.get("/staff/sign-in")
    login = login_of(app, hire(app, Role.LEAD, password=True))
    page = person.submit("password", login=login, password=PASSWORD, code=code_at(), back=f"//{EVIL}/staff")
    assert page.url == "/staff"


def test_signing_in_changes_the_session_and_every_token(app: Flask) -> None:
    """Whoever put a cookie into a browser before, or read one, holds nothing afterwards."""
    staff_id = hire(app, Role.LEAD, password=True)
    person = Visitor(app)
    person.client.set_cookie("k", "planted-" + "a" * 40, domain="localhost", path="/staff", secure=True)
    token = token_of(person, "/staff/sign-in")
    session = person.cookies()["s"]
    person.submit("password", login=login_of(app, staff_id), password=PASSWORD, code=code_at())
    assert "planted" not in person.cookies()["k"] and person.cookies().get("s") != session
    before = stored(app)
    person.post("/staff/account/recovery", {"csrf_token": token}, status=422)
    assert stored(app) == before
    first = person.cookies()["k"]
    person.get("/staff/sign-in")
    person.submit("password", login=login_of(app, staff_id), password=PASSWORD, code=code_at(1))
    assert person.cookies()["k"] != first
    old = Visitor(app)
    old.client.set_cookie("k", first, domain="localhost", path="/staff", secure=True)
    old.get("/staff", status=303)


def test_every_cookie_of_the_app_is_kept_from_scripts_and_from_others(app: Flask, world: World) -> None:
    seen: dict[str, set[str]] = {}
    fresh = Visitor(app)
    fresh.get("/ask")
    posted = {**form_fields(fresh.page.form("text")), "text": BODY["text"]}  # type: ignore[union-attr]
    person = Visitor(app)
    person.get("/staff/sign-in")
    entering = form_fields(person.page.form("password"))  # type: ignore[union-attr]
    login = login_of(app, hire(app, Role.LEAD, password=True))
    entering |= {"login": login, "password": PASSWORD, "code": code_at()}
    answers = [
        fresh.client.post("/ask", base_url=BASE, headers=OURS, data=posted),
        person.client.post("/staff/sign-in", base_url=BASE, headers=OURS, data=entering),
        person.client.post("/staff/sign-out", base_url=BASE, headers=OURS),
    ]
    for rule in rules(app, "GET"):
        answers.append(Visitor(app).client.get(world.path(rule), base_url=BASE))
        answers.append(world.person(rule).client.get(world.path(rule), base_url=BASE))
    for line in (line for answer in answers for line in answer.headers.getlist("Set-Cookie")):
        name, *flags = (part.strip() for part in line.split(";"))
        seen.setdefault(name.partition("=")[0], set())
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(flags), line
        assert not [flag for flag in flags if flag.startswith("Domain")], line
        assert ("Path=/staff" in flags) is line.startswith("k="), line
    assert set(seen) == {"s", "hand", "k"}


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A forum that knows the names it answers to, behind one proxy, as in production."""
    folder = tmp_path_factory.mktemp("named")
    return build_app(make_settings(folder, hosts=("wa.example",), proxies=1, forum_url="https://wa.example/"))


def test_a_foreign_host_finds_nothing(named: Flask) -> None:
    client = named.test_client()
    for rule in rules(named, "GET"):
        path = re.sub(r"<[^>]+>", "0000000000", rule.rule)
        for headers in (
            {"Host": EVIL}, {"Host": f"wa.example.{EVIL}"}, {"Host": f"wa.example@{EVIL}"}, {"Host": ""},
            {"Host": "wa.example", "X-Forwarded-Host": EVIL}, {"Host": f"{EVIL}:443"},
        ):  # fmt: skip
            answer = client.get(path, headers=headers)
            assert answer.status_code == 400, f"{rule} {headers}: {answer.status_code}"
            assert EVIL not in answer.text and EVIL not in str(answer.headers)
    assert client.get("/", headers={"Host": "wa.example"}).status_code == 200


def test_no_full_address_on_a_page_takes_the_name_that_a_request_claims(app: Flask) -> None:
    """Also where no names are set: links that people copy come from the settings."""
    staff = enter(app, hire(app, *Role))
    for path in ("/staff/told", "/staff/people", "/", "/ask", "/mine/words", "/doors", "/staff/account"):
        token = staff.cookies()["k"]
        headers = {"Host": EVIL, "Cookie": f"k={token}"}
        page = app.test_client(use_cookies=False).get(path, headers=headers, base_url=f"https://{EVIL}")
        assert page.status_code == 200 and EVIL not in page.text and EVIL not in str(page.headers), path
    for path, answer in _copied(app, staff).items():
        assert EVIL not in answer and "https://localhost:8000/" in answer, path


def _copied(app: Flask, staff: Visitor) -> dict[str, str]:
    """Sheets and links to copy, asked for under a foreign name by whoever may."""
    found, base = {}, f"https://{EVIL}"
    client = app.test_client()
    client.set_cookie("k", staff.cookies()["k"], domain=EVIL, path="/staff", secure=True)
    for path, holds, more in (
        ("/staff/told", "text", {"text": BODY["text"], "consent": "y"}),
        ("/staff/people", "mail", {"name": "山本", "roles": "editor", "mail": ""}),
    ):
        form = Page(client.get(path, base_url=base), path).form(holds)
        data = {**form_fields(form), **more}
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": base}
        found[path] = client.post(path, base_url=base, headers=headers, data=data).text
    return found


def test_other_methods_are_refused_in_words(app: Flask, world: World) -> None:
    before = stored(app)
    for rule in rules(app, "GET"):
        for method in ("TRACE", "TRACK", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND", "JUNK"):
            answer = world.person(rule).client.open(
                world.path(rule), method=method, base_url=BASE, headers={**OURS, "X-Secret": "echoed"}
            )
            assert answer.status_code == 405 and "echoed" not in answer.text, f"{method} {rule}"
        told = world.person(rule).client.open(
            world.path(rule), method="GET", base_url=BASE, headers={"X-HTTP-Method-Override": "DELETE"}
        )
        assert told.status_code != 405
    assert stored(app) == before


def test_what_is_too_large_is_not_read(app: Flask, world: World) -> None:
    client = world.writer.client
    large = "x" * (app.config["MAX_CONTENT_LENGTH"] + 1)
    for rule in (one for one in rules(app, "POST") if one.rule != "/staff/sign-out"):
        answer = world.person(rule).client.post(
            world.path(rule), base_url=BASE, headers=OURS, data={"text": large}
        )
        # A rule may say no before a byte was read; nobody may take it.
        assert answer.status_code in (413, 303, 404, 403), f"{rule}: {answer.status_code}"
    headers = {"X-Long": "a" * 200_000, "User-Agent": "b" * 100_000, "Accept-Language": "ja," * 10_000}
    assert client.get("/threads", base_url=BASE, headers=headers).status_code == 200
    assert client.get("/threads?" + "a=b&" * 20_000, base_url=BASE).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../config.py", "/static/%2e%2e/config.py", "/static/..%2f..%2fetc/passwd",
        "/static/....//config.py", "/static//etc/passwd", "/static/web/..%5c..%5cconfig.py",
        "/static/web/base.css%00.html", "/threads/..%2f..%2fetc%2fpasswd", "/threads/%00", "/%2e%2e/%2e%2e/",
        "/services/..;/staff", "/staff/..;/queue", "/staff%2fqueue", "//staff/queue", "/STAFF/queue",
        "/staff/./queue", "/threads/x/../../staff/queue", "/worried-about-a-child/..%2f..%2fconfig.py",
        "/worried-about-a-child/%2e%2e", "/voices/2026-10%0d%0aX-Evil:1/numbers.csv", "/.git/config", "/.env",
        "/instance/forum.sqlite", "/watching/..%2f/numbers.csv",
    ],
)  # fmt: skip
def test_tricks_with_paths_find_nothing(app: Flask, path: str) -> None:
    answer = app.test_client().get(path, base_url=BASE)
    assert answer.status_code in (303, 308, 404), answer.status_code
    assert "SECRET" not in answer.text and "root:" not in answer.text and "X-Evil" not in answer.headers
    assert not leads_away(answer.headers.get("Location", ""))


def test_only_marked_routes_exist(app: Flask, world: World) -> None:
    """The lists above are made of the map; a thread that stands there is really found by them."""
    assert isinstance(world.thread, Thread)
    assert len(list(rules(app, "POST"))) > 40 and len(list(rules(app, "GET"))) > 50
    marks = {access.mark_of(app.view_functions[rule.endpoint]) for rule in rules(app, "GET")}
    assert marks == {access.PUBLIC, access.VISITOR, access.MACHINE, access.STAFF}
