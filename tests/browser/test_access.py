"""Every public page through axe-core, and by keyboard alone."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.faults.server import Instance

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"  # axe-core 4.14.1, MPL-2.0
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATHS = ["/", "/ask", "/threads", "/search", "/services", "/doors", "/sort", "/counter", "/mine"]
PATHS += ["/mine/words", "/mine/forget"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running demonstration."""
    instance = Instance(tmp_path_factory.mktemp("site") / "instance", samples=True)
    instance.folder.mkdir()
    instance.flask("setup")
    instance.start("web")
    instance.wait_until_up()
    yield f"http://127.0.0.1:{instance.port}"
    instance.stop()


def violations(page: Page) -> list[str]:
    """What axe finds on the present page: rule, and the first element each."""
    # Evaluated by the driver, not by the page: the page's own policy stays as strict as it is.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}}})")
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found["violations"]]


def test_the_checker_is_the_one_we_know() -> None:
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() == AXE_SHA256


def test_the_checker_finds_a_planted_fault(site: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(site)
    page.evaluate("document.documentElement.removeAttribute('lang')")
    assert any(v.startswith("html-has-lang") for v in violations(page))
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_fault_that_axe_knows(site: str, browser: Browser, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 640},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    page = context.new_page()
    found = {}
    page.goto(f"{site}/threads")
    thread = page.get_attribute("main a[href^='/threads/']", "href")
    page.goto(f"{site}/services")
    page.click("main a.thread-title")
    shelf = page.url.removeprefix(site)
    service = page.get_attribute("main a[href^='/services/']", "href")
    for path in [*PATHS, str(thread), shelf, str(service), f"{thread}/reply", "/threads/0000000000"]:
        page.goto(f"{site}{path}")
        if faults := violations(page):
            found[path] = faults
    context.close()
    assert found == {}


def test_a_worry_is_written_by_keyboard_alone(site: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(site)
    page.keyboard.press("Tab")
    assert "本文へ" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "text":
            break
    page.keyboard.type("夜泣きがつづいて、わたしも眠れません。")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("form[data-typed-url]")
    page.wait_for_timeout(1100)
    page.focus("textarea[name=text]")
    for _ in range(4):
        page.keyboard.press("Tab")
        if "相談を送る" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/threads/**")
    page.close()


def test_twice_the_text_size_fits_the_narrowest_screen(site: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    for path in ("/", "/ask", "/threads", "/services", "/doors", "/sort"):
        page.goto(f"{site}{path}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path}: {wide} px stand out to the side at 200 %"
    page.close()
