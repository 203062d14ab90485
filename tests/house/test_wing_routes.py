"""Every route of the wing stands in one reviewed list, with its mark."""

import re
from pathlib import Path

from config import Door
from forum.web import access
from tests.conftest import make_settings
from tests.house.test_routes import routes_of
from tests.pages import SENSITIVE

LETTERBOX = {
    *("GET /", "GET /back", "GET /other", "GET /pro", "GET /promises", "GET /self", "GET /traces"),
    *("GET /verify", "GET /visited", "POST /", "POST /back", "POST /files", "POST /kept", "POST /more"),
    *("POST /other", "POST /pro", "POST /self", "POST /slip", "POST /verify", "POST /write"),
    *("GET /child/", "GET /child/ask", "POST /child/ask", "GET /child/back", "POST /child/back"),
    "POST /child/more",
}
SIGNING_IN = {
    *("GET /sign-in", "POST /sign-in", "GET /join/<token>", "POST /join/<token>"),
    *("GET /training/<token>", "POST /training/<token>"),
}
ANYONE = {
    *("GET /", "GET /note", "POST /sign-out", "GET /step-up", "POST /step-up", "GET /account"),
    *("POST /account/password", "POST /account/recovery", "POST /account/sessions"),
    *("POST /account/sessions/<session_id>", "POST /account/authenticator"),
    "POST /account/authenticator/take",
}
WORKERS = {
    *("POST /first-lines", "GET /cases/<case_id>/reports", "POST /reports/<report_id>/open"),
    *("POST /reports/<report_id>/answer", "POST /reports/<report_id>/reporter"),
    "POST /reports/<report_id>/files/<position>",
    "POST /reports/<report_id>/messages/<message_id>/files/<position>",
    *("GET /phone", "POST /phone", "GET /phone/<draft_id>", "POST /phone/<draft_id>"),
    *("POST /phone/<draft_id>/erase", "POST /phone/<draft_id>/open", "POST /phone/<draft_id>/take"),
    *("GET /cases/<case_id>/work", "POST /cases/<case_id>/work", "GET /tasks", "GET /unseen"),
    *("POST /cases/<case_id>/do/<action>", "POST /cases/<case_id>/do/<action>/<target>"),
    *("GET /cases/<case_id>/screening", "POST /cases/<case_id>/screening"),
    "GET /cases/<case_id>/screening/decide/<kind>",
    "POST /cases/<case_id>/screening/decide/<kind>",
    "GET /cases/<case_id>/screening/sheets/<sheet_id>",
    "POST /cases/<case_id>/screening/sheets/<sheet_id>",
    "POST /cases/<case_id>/screening/sheets/<sheet_id>/again",
    *("GET /cases/<case_id>/decision", "POST /cases/<case_id>/decision"),
    "GET /cases/<case_id>/decision/<meeting_id>",
    "POST /cases/<case_id>/decision/<meeting_id>",
    *("GET /meetings", "GET /meetings/<meeting_id>", "POST /meetings/<meeting_id>"),
    "POST /meetings/<meeting_id>/correction",
    *("GET /meetings/new", "POST /meetings/new", "POST /meetings/agenda", "POST /meetings/list"),
    *("POST /meetings/registers/intake/<year>/<month>", "POST /meetings/registers/progress"),
    *("GET /watch/alarms", "POST /watch/alarms/<alarm_id>/take", "GET /search", "POST /search"),
    *("GET /cases/<case_id>/papers", "POST /cases/<case_id>/papers/answers"),
    *("POST /cases/<case_id>/papers/print/<kind>", "POST /cases/<case_id>/papers/ask"),
    "POST /cases/<case_id>/papers/ask/<approval_id>",
    "POST /cases/<case_id>/papers/hand-over",
}
LEADERS = {
    *("GET /people", "POST /people", "GET /people/<staff_id>", "POST /people/<staff_id>"),
    *("POST /people/<staff_id>/end", "POST /people/invited/<invitation_id>", "POST /people/key"),
    *("GET /watch/roster", "POST /watch/roster/add", "POST /watch/roster/copy", "GET /watch/state"),
    *("POST /watch/roster/<shift_id>/drop", "POST /meetings/statistics/<year>/<table_id>", "GET /keeping"),
    *("POST /meetings/statistics/<year>", "POST /meetings/statistics/<year>/public"),
    *("POST /meetings/statistics/<year>/file", "POST /meetings/statistics/<year>/public/file"),
}
OFFICERS = {"GET /recover", "POST /recover"}
RECORD = {"GET /record", "POST /record.csv"}
PROGRAMS = {"GET /healthz", "GET /watch/heartbeat"}
HATCH = {"GET /healthz", "GET /hatch", "POST /hatch"}


def test_every_route_of_the_letterbox_is_listed_with_its_mark(tmp_path: Path) -> None:
    from forum.safeguarding.intake import create_intake_app

    routes = routes_of(create_intake_app(make_settings(tmp_path, Door.INTAKE)))
    expected = dict.fromkeys(LETTERBOX, access.VISITOR) | dict.fromkeys(HATCH, access.MACHINE)
    assert routes == expected


def test_every_route_of_the_desk_is_listed_with_its_mark(tmp_path: Path) -> None:
    """Those that are neither for everybody nor for every worker are for one role, and are listed as such."""
    from forum.safeguarding.triage import create_triage_app

    routes = routes_of(create_triage_app(make_settings(tmp_path, Door.TRIAGE)))
    expected = dict.fromkeys(SIGNING_IN, access.VISITOR) | dict.fromkeys(ANYONE, "desk:anyone")
    expected |= dict.fromkeys(WORKERS, "desk:worker supervisor")
    expected |= dict.fromkeys(LEADERS, "desk:supervisor") | dict.fromkeys(RECORD, "desk:auditor supervisor")
    expected |= dict.fromkeys(OFFICERS, "desk:officer")
    expected |= dict.fromkeys(PROGRAMS, access.MACHINE)
    assert routes == expected


def test_no_address_of_the_wing_says_what_it_is_for() -> None:
    for route in LETTERBOX | HATCH | SIGNING_IN | ANYONE | WORKERS | LEADERS | RECORD | OFFICERS | PROGRAMS:
        path = route.split(" ", 1)[1]
        assert re.fullmatch(r"/(([a-z0-9.-]+|<[a-z_]+>)(/([a-z0-9.-]+|<[a-z_]+>))*/?)?", path), path
        assert not [word for word in SENSITIVE if word.lower() in path.lower()]
