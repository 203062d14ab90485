"""A child at a school tablet, in a real browser: small screen, large letters, no script, no fault."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.letterbox import Letterbox, letterbox
from tests.browser.test_access import violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Letterbox]:
    with letterbox(tmp_path_factory.mktemp("child")) as running:
        yield running


def walk(page: Page, box: Letterbox, look: Callable[[str], None]) -> None:
    """The whole way of a child, looking at every screen."""

    def press(what: str, then: str) -> None:
        page.click(what)
        page.wait_for_selector(f"main:has-text('{then}')")
        page.wait_for_load_state()
        look(then)

    page.goto(f"{box.url}/child/")
    look("こどもの ひとへ")
    press("text=はじめる", "いま、あぶない？")
    press("button:has-text('はい')", "ここに かく")
    press("text=ここに かく", "なにが あった？")
    page.check("input[value=hit]")
    press("button:has-text('つぎへ')", "じゆうに かいて")
    page.fill("textarea", "こわい")
    press("button:has-text('つぎへ')", "どこに いけば")
    press("button:has-text('つぎへ')", "だれと はなしても")
    press("button:has-text('おくる')", "とどきました")
    page.click("text=あいことばを みる")
    words = page.inner_text("ol.words")
    press("text=あいことばで つづきを みる", "わすれた ときは")
    page.fill("#words", "ちがう")
    press("main button", "よめませんでした")
    page.fill("#words", words)
    press("main button", "もっと かく")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_of_a_child_has_a_fault_that_axe_knows(
    browser: Browser, box: Letterbox, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 700},
        locale="ja-JP",
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    page = context.new_page()
    found: dict[str, list[str]] = {}
    walk(page, box, lambda name: found.update({name: faults} if (faults := violations(page)) else {}))
    context.close()
    assert found == {}


def test_a_child_gets_through_without_any_script(browser: Browser, box: Letterbox) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 700}, locale="ja-JP", java_script_enabled=False
    )
    seen: list[str] = []
    walk(context.new_page(), box, seen.append)
    context.close()
    assert len(seen) == 11


def test_the_narrowest_screen_and_the_largest_letters_cut_nothing_off(
    browser: Browser, box: Letterbox
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640}, locale="ja-JP")
    wide: dict[str, int] = {}

    def measure(name: str) -> None:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        out = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if out > 0:
            wide[name] = out

    walk(page, box, measure)
    page.close()
    assert wide == {}


def test_the_first_question_and_its_answers_fit_one_screen_of_a_tablet_or_telephone(
    browser: Browser, box: Letterbox
) -> None:
    for width, height in ((360, 640), (810, 1080)):
        page = browser.new_page(viewport={"width": width, "height": height}, locale="ja-JP")
        page.goto(f"{box.url}/child/ask")
        last = page.locator("button", has_text="わからない").bounding_box()
        assert last is not None and last["y"] + last["height"] <= height
        page.close()
