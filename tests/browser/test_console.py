"""The console of staff in a real browser: no fault that axe knows, narrow, and hidden at once."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser

from config import ROOT
from tests.browser.test_access import violations
from tests.faults.server import Instance

# A minute of the browser: run by make verify.
pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = {
    "lead": ["/staff", "/staff/account", "/staff/record", "/staff/step-up", "/staff/note"],
    "admin": ["/staff/people"],
}
NARROW = 320  # CSS pixels: a small telephone, or 400 % on a screen of 1280


@dataclass(frozen=True)
class Site:
    """A running forum, and by role what the browser of somebody signed in holds."""

    address: str
    signed_in: dict[str, Any]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    """A demonstration that knows its own address; its training links are used once for all stories."""
    instance = Instance(tmp_path_factory.mktemp("console") / "instance")
    instance.environ["KOSODATE_FORUM_URL"] = f"http://127.0.0.1:{instance.port}/"
    instance.folder.mkdir()
    instance.flask("setup")
    instance.start("web")
    instance.wait_until_up()
    command = [sys.executable, "-m", "flask", "--app", "wsgi:forum", "staff", "training"]
    told = subprocess.check_output(command, cwd=ROOT, env=instance.environ, text=True)
    lines = [line.split() for line in told.splitlines() if "/training/" in line]
    links = {words[-1]: words[0] for words in lines}
    yield Site(f"http://127.0.0.1:{instance.port}", {role: enter(browser, links[role]) for role in PAGES})
    instance.stop()


def enter(browser: Browser, link: str) -> Any:
    """Open a training link and press its button; returns what the browser holds then."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(link)
    page.click("main button")
    page.wait_for_url("**/staff")
    held = context.storage_state()
    context.close()
    return held


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_console_has_no_fault_and_fits_a_telephone(site: Site, browser: Browser, scheme: str) -> None:
    found = {}
    for role, paths in PAGES.items():
        context = browser.new_context(
            viewport={"width": NARROW, "height": 640},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            storage_state=site.signed_in[role],
        )
        page = context.new_page()
        for path in paths:
            page.goto(f"{site.address}{path}")
            faults = violations(page)
            if page.evaluate("document.documentElement.scrollWidth") > NARROW:
                faults.append("scrolls sideways")
            if faults:
                found[path] = faults
        context.close()
    assert found == {}


def test_escape_twice_puts_the_neutral_page_in_the_place_of_any_other(site: Site, browser: Browser) -> None:
    context = browser.new_context(storage_state=site.signed_in["lead"])
    page = context.new_page()
    page.goto(f"{site.address}/staff/note")
    page.goto(f"{site.address}/staff/record")
    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    assert page.url.endswith("/staff/record"), "once is how a menu is closed"
    page.keyboard.press("Escape")
    page.wait_for_url("**/staff/note")
    assert page.title() == "メモ"
    page.go_back()
    assert page.url.endswith("/staff/note"), "going back does not show it"
    context.close()


def test_without_a_script_the_link_hides_the_page(site: Site, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, storage_state=site.signed_in["lead"])
    page = context.new_page()
    page.goto(f"{site.address}/staff/record")
    page.click("text=画面を隠す")
    assert page.url.endswith("/staff/note")
    context.close()
