"""Somebody comes into the room: one press, and the page is another one. In a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.letterbox import Letterbox, letterbox

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Letterbox]:
    with letterbox(tmp_path_factory.mktemp("exit")) as running:
        yield running


@pytest.fixture
def page(browser: Browser, box: Letterbox) -> Iterator[Page]:
    """A browser that looked at something else before."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="ja-JP")
    opened = context.new_page()
    opened.goto(f"{box.elsewhere.url}/before")
    yield opened
    context.close()


def shift(page: Page, times: int) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


def test_shift_three_times_leaves_and_the_way_back_does_not_lead_here(page: Page, box: Letterbox) -> None:
    page.goto(f"{box.url}/")
    shift(page, 1)
    expect(page.locator("[data-exit-count]")).to_have_text("●○○ あと2回")
    shift(page, 1)
    expect(page.locator("[data-exit-count]")).to_have_text("●●○ あと1回")
    shift(page, 1)
    page.wait_for_url(f"{box.elsewhere.url}/weather")
    assert box.elsewhere.referrers[-1] == "", "the next page learns where they came from"
    page.go_back()
    assert page.url == f"{box.elsewhere.url}/before"


def test_capital_letters_in_the_box_do_not_throw_anybody_out(page: Page, box: Letterbox) -> None:
    page.goto(f"{box.url}/")
    page.locator("textarea").first.focus()
    shift(page, 5)
    page.locator("h1").click()
    shift(page, 2)
    page.keyboard.press("Tab")  # another key: not a signal
    page.locator("h1").click()
    shift(page, 2)
    expect(page.locator("[data-exit-count]")).to_have_text("●●○ あと1回")
    assert page.url == f"{box.url}/"


def test_after_five_seconds_counting_begins_anew(page: Page, box: Letterbox) -> None:
    page.clock.install()
    page.goto(f"{box.url}/")
    shift(page, 2)
    page.clock.fast_forward(5001)
    expect(page.locator("[data-exit-count]")).to_have_text("")
    shift(page, 2)
    assert page.url == f"{box.url}/"


def test_the_screen_is_empty_before_the_next_page_answers(page: Page, box: Letterbox) -> None:
    page.goto(f"{box.url}/")
    page.locator("textarea").first.fill("となりの家から、さけび声がする")
    seen = page.evaluate(
        """() => {
            const box = document.querySelector("textarea");
            document.querySelector("[data-exit]").click();
            return [document.body.textContent, box.value, document.querySelectorAll("textarea").length];
        }"""
    )
    assert seen == ["とじています", "", 0]
    page.wait_for_url(f"{box.elsewhere.url}/weather")


def test_pages_seen_before_come_back_without_what_was_typed(page: Page, box: Letterbox) -> None:
    page.goto(f"{box.url}/")
    page.locator("textarea").first.fill("だれにも見られたくない")
    page.goto(f"{box.url}/promises")
    page.locator("[data-exit]").click()
    page.wait_for_url(f"{box.elsewhere.url}/weather")
    page.go_back()
    assert page.url == f"{box.url}/" and page.title() == "子育て案内"
    assert "見られたくない" not in page.content()
    assert page.locator("textarea").first.input_value() == ""


def test_nothing_is_stored_in_the_browser_but_one_cookie_that_ends_with_it(
    page: Page, box: Letterbox
) -> None:
    page.goto(f"{box.url}/child/ask")
    page.click("text=いいえ")
    page.wait_for_selector("text=なにが あった？")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    (cookie,) = page.context.cookies(box.url)
    assert cookie["expires"] == -1 and cookie["httpOnly"] and cookie["sameSite"] == "Strict"


def test_without_javascript_the_same_button_is_a_link(browser: Browser, box: Letterbox) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ja-JP")
    page = context.new_page()
    for path in ("/", "/traces", "/child/", "/child/ask"):
        page.goto(box.url + path)
        assert not page.locator("[data-exit-keys]").is_visible(), "no key is promised that does nothing"
        page.locator("[data-exit]").click()
        page.wait_for_url(f"{box.elsewhere.url}/weather")
        assert box.elsewhere.referrers[-1] == ""
    context.close()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_way_out_stays_in_sight_and_covers_no_answer(
    browser: Browser, box: Letterbox, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 640}, locale="ja-JP")
    page = context.new_page()
    for path in ("/", "/child/", "/child/ask", "/visited"):
        page.goto(box.url + path)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        placed = page.locator(".exit-button").bounding_box()
        assert placed is not None and 0 <= placed["y"] < 60 and placed["height"] >= 44
        assert page.evaluate("document.querySelector('.exit-bar').offsetHeight") <= 120
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path}: {wide} px stand out to the side"
    context.close()
