"""The whole story in a real browser, on a phone and on a desk, with a picture of every page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.faults.server import Instance

pytestmark = pytest.mark.browser

SHOTS = Path(__file__).parent / "shots"
SIZES = {"phone": {"width": 360, "height": 640}, "desk": {"width": 1280, "height": 900}}
WORRY = "生後8か月の息子が夜中に5回も起きます。わたしも眠れず、昼間にイライラしてしまいます。"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running demonstration."""
    instance = Instance(tmp_path_factory.mktemp("site") / "instance", samples=True)
    instance.folder.mkdir()
    instance.flask("setup")
    instance.start("web")
    instance.start("worker")
    instance.wait_until_up()
    yield f"http://127.0.0.1:{instance.port}"
    instance.stop()


@pytest.fixture(params=list(SIZES))
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A fresh browser of one size that refuses to ask anybody else for anything."""
    context = browser.new_context(viewport=SIZES[request.param], locale="ja-JP")  # type: ignore[arg-type]
    page = context.new_page()
    elsewhere: list[str] = []
    faults: list[str] = []
    page.on(
        "request",
        lambda r: elsewhere.append(r.url) if not r.url.startswith(("http://127.0.0.1", "data:")) else None,
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    # The console also tells of an answer such as 422; it is no fault of the page.
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" and "of 4" not in m.text else 0)
    page.size_name = request.param  # type: ignore[attr-defined]
    yield page
    assert elsewhere == [], "a page asked somebody else"
    assert faults == []
    context.close()


def shoot(page: Page, name: str) -> None:
    """A picture of the whole page; nothing may stand out to the side."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}-{page.size_name}.png", full_page=True)  # type: ignore[attr-defined]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name}: {wide} px stand out to the side"


def test_a_parent_asks_another_answers_and_she_comes_back(site: str, page: Page, browser: Browser) -> None:
    page.goto(site)
    shoot(page, "01-home")
    page.fill("textarea[name=text]", WORRY)
    page.click("text=書いて、答えを見る")
    shoot(page, "02-compose")
    page.fill("textarea[name=text]", WORRY + "離乳食も食べません。")
    page.wait_for_selector("#answer .layer-service", timeout=5000)
    shoot(page, "03-typed")
    page.wait_for_timeout(1100)
    page.click("text=相談を送る")
    page.wait_for_url(re.compile("/threads/"))
    shoot(page, "04-thread")
    address = page.url

    other = browser.new_context(viewport={"width": 360, "height": 640}).new_page()
    other.goto(address)
    other.click("text=返信を書く")
    other.wait_for_timeout(1100)
    other.fill("textarea[name=body]", "うちも8か月のころが一番大変でした。1歳すぎに急に寝ました。")
    other.click("main form button[type=submit]")
    other.wait_for_url(re.compile("/threads/[0-9a-z]+"))
    assert "1歳すぎに急に寝ました" in other.content()
    other.context.close()

    page.goto(f"{site}/mine")
    shoot(page, "05-mine")
    assert "夜中に5回も起きます" in page.content()
    page.goto(address)
    shoot(page, "06-answered")
    page.click("text=取り下げる")
    shoot(page, "07-withdraw")
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile("/threads/"))
    assert "取り下げられました" in page.content()


def test_the_preview_shows_what_is_hidden(site: str, page: Page) -> None:
    page.goto(f"{site}/ask")
    page.wait_for_timeout(1100)
    page.fill("textarea[name=text]", "ベビーカーをゆずってください。090-0000-1234 に電話をください。")
    page.click("text=相談を送る")
    page.wait_for_selector("text=この形で投稿する")
    shoot(page, "08-preview")
    page.click("text=この形で投稿する")
    page.wait_for_url(re.compile("/threads/"))
    assert "0000-1234" not in page.content()


def test_the_cards_and_the_counter(site: str, page: Page) -> None:
    page.goto(f"{site}/sort")
    shoot(page, "09-sort-1")
    page.click("text=0歳の赤ちゃん")
    page.click("text=つぎへ")
    page.click("text=ねむれない")
    shoot(page, "10-sort-2")
    page.click("text=つぎへ")
    page.click("text=休めない")
    page.click("text=話を聞いてほしい")
    shoot(page, "11-sort-3")
    page.click("text=まとめる")
    shoot(page, "12-sorted")
    page.wait_for_timeout(1100)
    page.click("text=窓口で見せるメモにする")
    code = page.inner_text(".memo-code")
    shoot(page, "13-memo")
    page.goto(f"{site}/counter")
    shoot(page, "14-counter")
    page.fill("input[name=code]", code)
    page.click("main form button[type=submit]")
    assert "0歳の赤ちゃんのことです。" in page.inner_text(".memo-sheet")
    shoot(page, "15-counter-memo")


def test_looking_around(site: str, page: Page) -> None:
    page.goto(f"{site}/search")
    page.fill("main input[name=q]", "夜泣き 寝不足")
    page.click("main form.search-form button[type=submit]")
    page.wait_for_selector("mark")
    shoot(page, "16-search")
    for name, path in (
        ("17-threads", "/threads"),
        ("18-services", "/services"),
        ("19-doors", "/doors"),
        ("20-words", "/mine/words"),
        ("21-missing", "/threads/0000000000"),
    ):
        page.goto(f"{site}{path}")
        shoot(page, name)
    page.goto(f"{site}/services")
    page.click("main a.thread-title")
    shoot(page, "24-services-of-a-kind")
    page.click("main a[href*='/services/']")
    shoot(page, "22-service")
    page.goto(f"{site}/ask")
    page.wait_for_timeout(1100)
    page.fill("textarea[name=text]", "あ")
    page.evaluate("document.querySelector('form[data-typed-url]').noValidate = true")
    page.click("text=相談を送る")
    page.wait_for_selector("[role=alert]")
    shoot(page, "23-error")


def test_first_two_screens_of_the_answer_hold_one_of_each(site: str, browser: Browser) -> None:
    """At 360 x 640, one experience, one service and one door stand within two screens below the heading."""
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(f"{site}/ask")
    page.wait_for_timeout(1100)
    page.fill("textarea[name=text]", WORRY)
    page.click("text=相談を送る")
    page.wait_for_url(re.compile("/threads/"))
    top = page.evaluate("document.querySelector('.answer').getBoundingClientRect().top + window.scrollY")
    for layer in ("experience", "service", "door"):
        box = page.locator(f".layer-{layer}").first.bounding_box()
        assert box is not None and box["y"] - top < 2 * 640, f"{layer} stands too far down: {box}"
    page.close()


def test_without_javascript_the_story_still_goes_on(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(site)
    page.fill("textarea[name=text]", WORRY)
    page.click("text=書いて、答えを見る")
    assert page.locator(".layer-service").count() >= 1, "the plain button brings the layers"
    page.wait_for_timeout(1100)
    page.click("text=相談を送る")
    page.wait_for_url(re.compile("/threads/"))
    assert "相談を送りました" in page.content()
    context.close()
