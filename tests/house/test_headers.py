"""One literal policy, on every answer."""

from pathlib import Path

from flask import Flask

from config import Door
from forum.web.headers import POLICY
from tests.conftest import make_settings
from tests.pages import BASE, Visitor

PATHS = (
    "/",
    "/ask",
    "/threads",
    "/search",
    "/services",
    "/services.json",
    "/healthz",
    "/nothing",
    "/static/web/base.css",
)


def test_every_answer_carries_the_policy(app: Flask) -> None:
    client = app.test_client()
    for path in PATHS:
        headers = client.get(path, base_url=BASE).headers
        for name, value in POLICY.items():
            assert headers[name] == value, f"{path}: {name}"
        assert headers["Strict-Transport-Security"]
        assert "Server" not in headers and "X-Powered-By" not in headers


def test_no_page_lets_scripts_styles_or_frames_in_from_elsewhere() -> None:
    policy = POLICY["Content-Security-Policy"]
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy
    assert policy.startswith("default-src 'none'") and "frame-ancestors 'none'" in policy


def test_cookies_are_hidden_from_scripts_and_stay_with_us(app: Flask, parent: Visitor) -> None:
    parent.get("/ask")
    parent.submit("text", text="夜泣きで眠れません。助けてください。", follow=False, status=303)
    for name in ("s", "hand"):
        cookie = next(c for c in parent.client._cookies.values() if c.key == name)  # noqa: SLF001
        assert cookie.http_only and cookie.secure and cookie.same_site == "Lax"


def test_static_files_with_their_hash_are_kept_for_ever(app: Flask, parent: Visitor) -> None:
    home = parent.get("/")
    sheet = next(e.attributes["href"] for e in home.root.all("link") if "base.css" in e.attributes["href"])
    answer = app.test_client().get(sheet, base_url=BASE)
    assert "?v=" in sheet and "immutable" in answer.headers["Cache-Control"]


def test_the_wing_keeps_nothing_and_tells_nobody(tmp_path: Path) -> None:
    from forum.safeguarding.triage import create_triage_app

    client = create_triage_app(make_settings(tmp_path, Door.TRIAGE)).test_client()
    for path in ("/", "/nothing", "/healthz"):
        headers = client.get(path, base_url=BASE).headers
        assert headers["Cache-Control"] == "no-store" and headers["Referrer-Policy"] == "no-referrer"
        assert headers["Content-Security-Policy"] == POLICY["Content-Security-Policy"]
