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
}
HATCH = {"GET /healthz", "GET /hatch", "POST /hatch"}


def test_every_route_of_the_letterbox_is_listed_with_its_mark(tmp_path: Path) -> None:
    from forum.safeguarding.intake import create_intake_app

    routes = routes_of(create_intake_app(make_settings(tmp_path, Door.INTAKE)))
    expected = dict.fromkeys(LETTERBOX, access.VISITOR) | dict.fromkeys(HATCH, access.MACHINE)
    assert routes == expected


def test_no_address_of_the_wing_says_what_it_is_for() -> None:
    for route in LETTERBOX | HATCH:
        path = route.split(" ", 1)[1]
        assert re.fullmatch(r"/(([a-z0-9.-]+|<[a-z_]+>)(/([a-z0-9.-]+|<[a-z_]+>))*)?", path), path
        assert not [word for word in SENSITIVE if word.lower() in path.lower()]
