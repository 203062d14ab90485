"""Each route stands in exactly one list here, with its mark: a new one needs a decision."""

import re

from flask import Flask

from forum.web import access
from forum.web.origin import SAFE_METHODS
from tests.pages import BASE, OURS, Visitor

# Public pages: the same bytes for everybody, no cookie, no token.
PUBLIC = {
    "GET /",
    "GET /doors",
    "GET /services",
    "GET /services/<service_id>",
    "GET /threads",
    "GET /threads/<thread_id>",
    "GET /voices",
    "GET /voices/<month>",
    "GET /watching",
    "GET /watching/<month>",
    "GET /worried-about-a-child",
}
# For programs: nothing personal in them.
MACHINE = {
    "GET /healthz",
    "GET /services.csv",
    "GET /services.json",
    "GET /voices/<month>/numbers.csv",
    "GET /watching/<month>/numbers.csv",
    "GET /worried-about-a-child/<name>",
}
# Small uncached pages. Those that take a POST and change something carry a token.
VISITOR_GET = {
    "GET /ask",
    "GET /counter",
    "GET /flagged",
    "GET /handed",
    "GET /mine",
    "GET /mine/forget",
    "GET /mine/words",
    "GET /named",
    "GET /named/<notice_id>",
    "GET /posts/<post_id>/coarsen",
    "GET /posts/<post_id>/edit",
    "GET /posts/<post_id>/helped",
    "GET /posts/<post_id>/withdraw",
    "GET /search",
    "GET /sort",
    "GET /threads/<thread_id>/coarsen",
    "GET /threads/<thread_id>/edit",
    "GET /threads/<thread_id>/flag",
    "GET /threads/<thread_id>/held",
    "GET /threads/<thread_id>/held/<decision_id>/appeal",
    "GET /threads/<thread_id>/held/<decision_id>/repost",
    "GET /threads/<thread_id>/me-too",
    "GET /threads/<thread_id>/posts/<post_id>/flag",
    "GET /threads/<thread_id>/reply",
    "GET /threads/<thread_id>/solve",
    "GET /threads/<thread_id>/withdraw",
}
CHANGING = {
    "POST /ask",
    "POST /counter",
    "POST /memo",
    "POST /mine/forget",
    "POST /mine/words",
    "POST /named",
    "POST /posts/<post_id>/edit",
    "POST /posts/<post_id>/helped",
    "POST /posts/<post_id>/withdraw",
    "POST /threads/<thread_id>/edit",
    "POST /threads/<thread_id>/flag",
    "POST /threads/<thread_id>/held/hand-over",
    "POST /threads/<thread_id>/held/inside",
    "POST /threads/<thread_id>/held/keep",
    "POST /threads/<thread_id>/held/<decision_id>/appeal",
    "POST /threads/<thread_id>/held/<decision_id>/repost",
    "POST /threads/<thread_id>/me-too",
    "POST /threads/<thread_id>/posts/<post_id>/flag",
    "POST /threads/<thread_id>/reply",
    "POST /threads/<thread_id>/solve",
    "POST /threads/<thread_id>/withdraw",
}
# These change nothing: they give a typed text back, or an answer to it. No token, but our origin.
UNCHANGING_POST = {"POST /ask/open", "POST /ask/typed", "POST /search", "POST /sort"}
# Pages of signed-in staff, by who may open them. tests/accounts/test_table.py tries all of them as everybody.
EVERY = "moderator editor city_officer lead admin"
READERS = "moderator lead"
STAFF = {
    **dict.fromkeys(
        ("GET /staff", "POST /staff/sign-out", "GET /staff/step-up", "POST /staff/step-up"), EVERY
    ),
    **dict.fromkeys(("GET /staff/account", "POST /staff/account/password"), EVERY),
    **dict.fromkeys(("POST /staff/account/sessions", "POST /staff/account/sessions/<session_id>"), EVERY),
    **dict.fromkeys(("POST /staff/account/recovery", "POST /staff/account/authenticator"), EVERY),
    "POST /staff/account/authenticator/take": EVERY,
    "GET /staff/people": "lead admin",
    **dict.fromkeys(("POST /staff/people", "POST /staff/people/invited/<invitation_id>"), "admin"),
    **dict.fromkeys(("GET /staff/people/<staff_id>", "POST /staff/people/<staff_id>"), "admin"),
    **dict.fromkeys(("POST /staff/people/<staff_id>/again", "POST /staff/people/<staff_id>/end"), "admin"),
    **dict.fromkeys(("GET /staff/record", "POST /staff/record.csv"), "lead"),
    **dict.fromkeys(("GET /staff/voices", "GET /staff/voices/<thread_id>"), "city_officer"),
    "POST /staff/voices/<thread_id>": "city_officer",
    **dict.fromkeys(("GET /staff/queue", "GET /staff/queue/<item_id>", "GET /staff/decisions"), READERS),
    **{
        f"POST /staff/queue/<item_id>/{act}": READERS
        for act in ("open", "claim", "release", "decide", "confirm", "decline")
    },
    "GET /staff/load": "lead",
    **dict.fromkeys(("GET /staff/told", "POST /staff/told"), "moderator city_officer lead"),
    "GET /staff/threads": "city_officer",
    **{f"{method} /staff/threads/<thread_id>/answer": "city_officer" for method in ("GET", "POST")},
    "GET /staff/notices": READERS,
    **dict.fromkeys(
        ("POST /staff/notices/<notice_id>/open", "POST /staff/notices/<notice_id>/settle"), READERS
    ),
}
# On the way in: no cookie of staff yet, a token on every form.
SIGNING_IN = {
    *("GET /staff/sign-in", "POST /staff/sign-in", "GET /staff/note"),
    *("GET /staff/join/<token>", "POST /staff/join/<token>"),
    *("GET /staff/training/<token>", "POST /staff/training/<token>"),  # not in production
}


def routes_of(app: Flask) -> dict[str, str]:
    """Method and path of every route, with its mark."""
    found = {}
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            if rule.endpoint != "static":
                path = re.sub(r"<\w+:", "<", rule.rule)
                found[f"{method} {path}"] = access.mark_of(app.view_functions[rule.endpoint]) or "bare"
    return found


def test_every_route_of_the_forum_is_listed_with_its_mark(app: Flask) -> None:
    expected = dict.fromkeys(PUBLIC, access.PUBLIC) | dict.fromkeys(MACHINE, access.MACHINE)
    expected |= dict.fromkeys(VISITOR_GET | CHANGING | UNCHANGING_POST | SIGNING_IN, access.VISITOR)
    expected |= dict.fromkeys(STAFF, access.STAFF)
    assert routes_of(app) == expected


def test_addresses_are_lower_case_words(app: Flask) -> None:
    for route in routes_of(app):
        path = route.split(" ", 1)[1]
        assert re.fullmatch(r"/(([a-z0-9.-]+|<[a-z_]+>)(/([a-z0-9.-]+|<[a-z_]+>))*)?", path), path


def test_no_changing_request_passes_without_a_token(app: Flask, parent: Visitor) -> None:
    """Sent from our own origin, with a cookie, but without a token: nothing is stored anywhere."""
    parent.get("/ask")  # the session cookie is there, so the way for cookie-less browsers is closed
    for route in CHANGING:
        path = re.sub(r"<\w+>", "0000000000", route.split(" ", 1)[1])
        answer = parent.client.post(
            path, base_url=BASE, headers=OURS, data={"text": "夜泣きで眠れません", "body": "わかります"}
        )
        assert answer.status_code in (404, 422), f"{route}: {answer.status_code}"


def test_every_post_from_a_foreign_page_is_refused(app: Flask, parent: Visitor) -> None:
    foreign = (
        {"Sec-Fetch-Site": "cross-site", "Origin": BASE},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    )
    for route, method in ((r, r.split(" ", 1)[0]) for r in CHANGING | UNCHANGING_POST):
        assert method not in SAFE_METHODS
        path = re.sub(r"<\w+>", "0000000000", route.split(" ", 1)[1])
        for headers in foreign:
            page = parent.post(path, {"text": "あああああああ"}, status=403, headers=headers)
            assert "このページからは送れません" in page.text
