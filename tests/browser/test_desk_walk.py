"""The desk walked through link by link as each role, in a real browser: no fault that axe knows, narrow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from config import Door, Mode
from tests.browser.letterbox import serving
from tests.browser.test_access import violations
from tests.conftest import make_settings

pytestmark = pytest.mark.browser

ROLES = ("worker", "supervisor", "officer", "auditor")
OPENS = "main form[action$='/open'] button, main form[action$='/work'] button"
BUSY = ("worker", "supervisor")  # have most pages
MOST = 80  # kinds of pages a role may have before the walk is cut off, which fails
WIDTH = 360
_ID = re.compile(r"/(?:\d+|[0-9a-z]{10,}|[0-9A-Za-z_-]{20,})(?=/|$)")
_AWAY = re.compile(r"/(?:sign-out|leave|training)\b|\.(?:pdf|csv|zip|jpg|png|svg)$")


@dataclass(frozen=True)
class Desk:
    """A running desk with its invented cases, and by role what the browser of somebody signed in holds."""

    url: str
    signed_in: dict[str, Any]
    paths: tuple[str, ...]  # of all pages that need no id


def _filled(app: Flask) -> dict[str, str]:
    """What `training` prints: role -> path of the link."""
    with app.app_context():
        told = app.test_cli_runner().invoke(args=["training"])
    assert told.exit_code == 0, told.output
    found = re.findall(r"(/training/\w+)\s+\S+ / (\w+)", told.output)
    return {role: path for path, role in found}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Desk]:
    from forum.safeguarding.triage import create_triage_app
    from forum.safeguarding.vault import values
    from forum.safeguarding.vault.db import vault_db, writing

    folder = tmp_path_factory.mktemp("desk")
    app = create_triage_app(
        make_settings(folder, Door.TRIAGE, mode=Mode.DEMO, samples=True, secure_cookies=False)
    )
    with app.app_context():
        with writing():
            vault_db.create_all()
            values.ensure()
        vault_db.session.remove()
    links = _filled(app)
    assert set(links) == set(ROLES)
    with serving(app) as url:
        signed_in = {role: enter(browser, url + path) for role, path in links.items()}
        yield Desk(url, signed_in, tuple(sorted(plain_paths(app))))


def plain_paths(app: Flask) -> Iterator[str]:
    """Pages of the desk whose address has no part to fill in, also those that no link of today leads to."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.arguments and not _AWAY.search(rule.rule):
            yield rule.rule


def enter(browser: Browser, link: str) -> Any:
    """Use a link; returns what the browser holds then."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(link)
    page.click("main form button[type=submit]")
    page.wait_for_load_state()
    held = context.storage_state()
    assert held["cookies"], "signed in"
    context.close()
    return held


def seated(browser: Browser, desk: Desk, role: str, **options: Any) -> Page:
    """A page of somebody's browser, at the desk's first page. Close its context."""
    context = browser.new_context(
        locale="ja-JP", reduced_motion="reduce", storage_state=desk.signed_in[role], **options
    )
    page = context.new_page()
    page.goto(desk.url)
    return page


def kind(address: str) -> str:
    """Addresses of one kind of page look the same."""
    return _ID.sub("/*", urlsplit(address).path)


def ways(page: Page, url: str) -> list[str]:
    """Links of the page that stay in the desk."""
    found = [
        urljoin(page.url, href) for href in page.eval_on_selector_all("a[href]", "l => l.map(a => a.href)")
    ]
    return [
        one.split("#")[0] for one in found if one.startswith(url) and not _AWAY.search(urlsplit(one).path)
    ]


def faults_of(page: Page) -> list[str]:
    """What axe says, and whether the page stands out to the side."""
    faults = list(violations(page))
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*faults, *([f"stands out by {wide} px"] if wide > 0 else [])]


def open_first_report(page: Page) -> bool:
    """Press 「ひらく」 if the page has it: opening is a form, so no link leads to what it shows."""
    button = page.locator(OPENS).first
    if not button.count() or not button.is_visible():
        return False
    button.click()
    page.wait_for_load_state()
    return True


def walk(page: Page, desk: Desk) -> dict[str, list[str]]:
    """Every kind of page that the person may open, with its faults; {} is a desk without any."""
    url, waiting = desk.url, [desk.url + path for path in desk.paths]
    seen, found = {kind(one) for one in waiting}, {}
    while waiting:
        assert len(seen) < MOST, "the walk goes round and round"
        address = waiting.pop(0)
        answer = page.goto(address)
        if answer is None or answer.status != 200 or "html" not in answer.headers.get("content-type", ""):
            seen.discard(kind(address))  # for another role
            continue
        pages = [(kind(address), faults_of(page))]
        following = ways(page, url)
        if open_first_report(page):
            pages.append((f"{kind(page.url)} opened", faults_of(page)))
            following += ways(page, url)
        found.update({name: faults for name, faults in pages if faults})
        for one in following:
            if kind(one) not in seen:
                seen.add(kind(one))
                waiting.append(one)
    print(f"\n{len(seen)} kinds of pages: {' '.join(sorted(seen))}")
    return found


@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=pytest.mark.slow if role in BUSY else ()) for role in ROLES]
)
def test_no_page_of_a_role_has_a_fault_or_stands_out(browser: Browser, desk: Desk, role: str) -> None:
    page = seated(browser, desk, role, viewport={"width": WIDTH, "height": 740})
    found = walk(page, desk)
    page.context.close()
    assert found == {}


@pytest.mark.slow
def test_in_the_dark_and_on_a_wide_screen_too(browser: Browser, desk: Desk) -> None:
    page = seated(browser, desk, "supervisor", viewport={"width": 1280, "height": 800}, color_scheme="dark")
    found = walk(page, desk)
    page.context.close()
    assert found == {}


def test_a_report_is_opened_by_keyboard_and_without_any_script(browser: Browser, desk: Desk) -> None:
    for script in (True, False):
        page = seated(browser, desk, "worker", java_script_enabled=script)
        page.locator("main a[href*='/cases/']").first.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.locator(OPENS).first.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator("main .desk-said .post-text").count()
        assert page.locator("main h1").count() == 1
        page.context.close()
