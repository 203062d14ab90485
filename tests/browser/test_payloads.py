"""Attacks of every class, shown by every page that shows texts, in a real browser: text stays text.

Pages are opened under the policy of the site, where a breach is reported, and with the policy switched off,
so that it cannot hide a hole in the pages themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Thread
from urllib.parse import quote

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from forum.privacy.input import clean_input
from tests.attacks.payloads import ADDRESSES, ALL, ATTRIBUTES, BREAK_OUTS, CLASSES
from tests.attacks.scene import Scene, batches, fill
from tests.conftest import build_app, make_settings, work
from tests.moderation.shift import HAND

# Two minutes of the browser: run by make verify.
pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOOKED_AT = """() => {
  const found = [];
  const strange = "iframe frame frameset object embed base math marquee video audio source portal "
    + "plaintext xmp noembed noframes template style foreignobject animate set image applet";
  const asked = "href src srcset action formaction data poster background xlink:href".split(" ");
  const known = ["http:", "https:", "tel:", "sms:", "mailto:"];
  for (const one of document.querySelectorAll("*")) {
    const kind = one.localName.toLowerCase();
    if (strange.split(" ").includes(kind)) found.push(kind);
    if (kind === "script" && (!one.src || one.textContent.trim())) found.push("inline script");
    if (kind === "meta" && one.httpEquiv) found.push("meta " + one.httpEquiv);
    for (const { name, value } of one.attributes) {
      const ours = name === "style" && /^min-height: \\d+px;$/.test(value); // typing.js holds a place
      if (/^on|^style$|^srcdoc$|^background$/i.test(name) && !ours) found.push(kind + " " + name);
      if (!asked.includes(name)) continue;
      const there = new URL(value, location.href);
      if (!known.includes(there.protocol)) found.push(kind + " " + value);
      const away = there.protocol.startsWith("http") && there.host !== location.host;
      if (away && (kind !== "a" || one.target)) found.push(kind + " leads to " + value);
    }
  }
  const boxes = [...document.querySelectorAll("input, textarea")].map((one) => one.value);
  return { found, text: [document.title, document.body.textContent, ...boxes].join("\\n"),
           broken: window.broken, marked: window.marked || null };
}"""
# Addresses that take words.
ADDRESSED = ("/threads?board=", "/threads?after=", "/named?thread=", "/nothing/", "/voices/",
             "/search?board=", "/staff/sign-in?back=", "/threads/", "/services?category=")  # fmt: skip
WATCHING = """window.broken = []; document.addEventListener("securitypolicyviolation",
  (event) => window.broken.push(event.effectiveDirective + " " + event.blockedURI));"""


class Quiet(WSGIRequestHandler):
    """Requests are not written down."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002
        """Nothing."""


@dataclass
class Watch:
    """What happened on the pages of one browser that ought not to."""

    executed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    pages: int = 0

    def nothing(self) -> bool:
        return not (self.executed or self.left or self.broken or self.strange or self.missing)


@dataclass
class Reader:
    """A browser with somebody's cookies, watched."""

    page: Page
    site: str
    watch: Watch

    def open(self, path: str, texts: list[str]) -> None:
        self.page.goto(self.site + path)
        self.look(texts)

    def press(self, path: str, texts: list[str]) -> None:
        """Press the button that opens a text, which stands on the list above it or on its own page."""
        self.page.goto(self.site + (path if "/queue/" in path else path.rpartition("/")[0]))
        with self.page.expect_navigation():
            self.page.click(f"form[action='{path}/open'] button")
        self.look(texts)

    def look(self, texts: list[str]) -> None:
        """Judge the page that stands there."""
        seen = self.page.evaluate(LOOKED_AT)
        where, text = self.page.url.removeprefix(self.site), folded(seen["text"])
        self.watch.pages += 1
        self.watch.broken += [f"{where}: {one}" for one in seen["broken"]]
        self.watch.strange += [f"{where}: {one}" for one in seen["found"]]
        self.watch.missing += [f"{where}: {one[:80]!r}" for one in texts if folded(one) not in text]


def folded(text: str) -> str:
    """Without white space, which a page folds and moves."""
    return re.sub(r"\s+", "", clean_input(text))


def reader(browser: Browser, site: str, cookies: dict[str, str], *, policy: bool) -> Reader:
    """A fresh browser that may ask nobody but the site, and counts whatever runs."""
    context: BrowserContext = browser.new_context(bypass_csp=not policy, locale="ja-JP")
    watch = Watch()

    # Not by a route: it would switch off the cache. Nothing answers to that name anyway.
    ours = (site, "data:image/", "about:")
    context.on("request", lambda asked: None if asked.url.startswith(ours) else watch.left.append(asked.url))
    context.set_default_timeout(15_000)
    context.expose_binding("hit", lambda source, number=0: watch.executed.append(f"hit {number}"))
    context.add_init_script(WATCHING)
    for name, value in cookies.items():
        context.add_cookies([{"name": name, "value": value, "url": f"{site}/staff" if name == "k" else site}])
    page = context.new_page()
    page.on("dialog", lambda dialog: (watch.executed.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: watch.executed.append(f"error {error}"))
    page.on("popup", lambda other: watch.left.append(f"popup {other.url}"))
    return Reader(page, site, watch)


@dataclass
class Board:
    """A running forum."""

    app: Flask
    address: str


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """A forum of its own that lets one hand write as much as it likes, and lists everything on one page."""
    many = "100000 per minute"
    app = build_app(
        make_settings(
            tmp_path_factory.mktemp("attacked"),
            secure_cookies=False,
            page_size=1000,
            posts_per_hand=many,
            posts_per_address=many,
        )
    )
    app.extensions["search"].rebuild([], None)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    running = Thread(target=server.serve_forever, daemon=True)
    running.start()
    yield Board(app, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    running.join(5)


def everything(board: Board, browser: Browser, scene: Scene, *, policy: bool) -> Watch:
    """Open every page of a scene as whoever may."""
    hands = {
        "writer": {"hand": scene.writer.cookies()["hand"]},
        "staff": {"k": scene.staff.cookies()["k"]},
        "held": {"hand": HAND.secret.hex()},
    }
    total = Watch()
    for who, cookies in hands.items():
        one = reader(browser, board.address, cookies, policy=policy)
        for path, texts in [(path, texts) for person, path, texts in scene.pages if person == who]:
            one.open(path, texts)
        for path, texts in scene.opened if who == "staff" else ():
            one.press(path, texts)
        for name in ("executed", "left", "broken", "strange", "missing"):
            getattr(total, name).extend(getattr(one.watch, name))
        total.pages += one.watch.pages
        one.page.context.close()
    return total


def judged(board: Board, browser: Browser, texts: list[str], *policies: bool) -> None:
    """Post everything, open everything, and say how much it was."""
    scene = fill(board.app, ALL, texts)
    work(board.app)
    stored = folded("\n".join(scene.stored))
    arrived = sum(folded(one) in stored for one in ALL)
    assert arrived > 0.75 * len(ALL), f"only {arrived} of {len(ALL)} stand there as they were typed"
    for policy in policies:
        watch = everything(board, browser, scene, policy=policy)
        assert watch.nothing(), watch
        assert watch.pages == len(scene.pages) + len(scene.opened)
        print(f"\n{len(ALL)} payloads ({arrived} unaltered) in {len(texts)} texts: {watch.pages} pages")


def test_texts_stay_texts_on_every_page(board: Board, browser: Browser) -> None:
    judged(board, browser, batches(ALL, 1_800), False)


@pytest.mark.parametrize("policy", [True])
def test_what_is_typed_searched_and_previewed_stays_text(
    board: Board, browser: Browser, policy: bool
) -> None:
    """Layers while typing, the extra page, the post, the search, and addresses that take words."""
    one = reader(browser, board.address, {}, policy=policy)
    page, texts = one.page, batches(ALL, 1_900)[3:]
    for text in texts:
        one.open("/ask", [])
        with page.expect_response("**/ask/typed"):
            page.fill("textarea[name=text]", text)
        page.wait_for_function("document.querySelector('#answer').children.length > 0")
        one.look([text])
    page.fill("textarea[name=text]", f"{BREAK_OUTS[0]} {BREAK_OUTS[1]} 電話は 090-0000-1234 です。")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.fill("input[name=title]", BREAK_OUTS[1])
    page.click("text=相談を送る")
    page.wait_for_selector("text=この形で投稿する")
    one.look([BREAK_OUTS[0], BREAK_OUTS[1]])
    page.click("text=この形で投稿する")
    page.wait_for_url(re.compile("/threads/"))
    one.look([BREAK_OUTS[0], BREAK_OUTS[1]])
    for text in texts:
        one.open("/search", [])
        page.fill("main [name=q]", text)
        with page.expect_navigation():
            page.click("main form button[type=submit]")
        one.look([text.replace("\r", "") if "\n" not in text else text.split("\n")[0]])
    for text in (ATTRIBUTES[0], BREAK_OUTS[1], ADDRESSES[0]):
        for path in ADDRESSED:
            one.open(path + quote(text, safe=""), [])
    assert one.watch.nothing(), one.watch
    print(f"\n{one.watch.pages} pages")
    page.context.close()


def test_the_watch_sees_what_it_is_there_to_see(board: Board, browser: Browser) -> None:
    """The same texts let into a page as markup: scripts run, others are asked, the policy is broken."""
    one = reader(browser, board.address, {}, policy=False)
    for payloads in (CLASSES["handlers"], CLASSES["foreign trees"], CLASSES["break-outs"]):
        for payload in payloads[:9]:
            one.page.goto(f"{board.address}/healthz")
            one.page.set_content(f"<!doctype html><title>x</title><main>{payload}</main>")
            one.look([])
    ran, left, strange = len(one.watch.executed), len(one.watch.left), len(one.watch.strange)
    assert ran > 10 and left > 0 and strange > 15, (ran, left, strange)
    one.page.context.close()
    strict = reader(browser, board.address, {}, policy=True)
    strict.open("/doors", [])
    strict.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=hit(1)>')")
    strict.page.wait_for_timeout(100)
    strict.look([])
    assert strict.watch.broken and strict.watch.executed == []
    strict.page.context.close()
