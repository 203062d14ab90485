"""The letterbox's pages for grown-ups through axe-core, on the narrowest screen, with the largest letters."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.letterbox import Letterbox, letterbox
from tests.browser.test_access import violations

pytestmark = pytest.mark.browser

PATHS = ["/", "/pro", "/other", "/self", "/promises", "/traces", "/visited", "/back", "/verify", "/nowhere"]


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Letterbox]:
    with letterbox(tmp_path_factory.mktemp("pages")) as running:
        yield running


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_fault_that_axe_knows(browser: Browser, box: Letterbox, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 700},
        locale="ja-JP",
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    page = context.new_page()
    found = {}
    for path in PATHS:
        page.goto(box.url + path)
        if faults := violations(page):
            found[path] = faults
    page.goto(f"{box.url}/")
    page.click("main form button[value=send]")
    page.wait_for_selector("#error-summary")
    if faults := violations(page):
        found["faulty"] = faults
    page.fill("textarea", "となりの家から、さけび声がする")
    page.wait_for_timeout(100)
    page.click("main form button[value=send]")
    page.wait_for_selector("ol.words")
    if faults := violations(page):
        found["receipt"] = faults
    context.close()
    assert found == {}


def test_nothing_stands_out_to_the_side(browser: Browser, box: Letterbox) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640}, locale="ja-JP")
    wide = {}
    for path in PATHS:
        page.goto(box.url + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        out = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if out > 0:
            wide[path] = out
    page.close()
    assert wide == {}
