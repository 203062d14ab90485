"""The checking client: every page that any test sees is checked, and forms are sent as people send them."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import dom

BASE = "https://localhost"
OURS = {"Sec-Fetch-Site": "same-origin", "Origin": BASE}
# Words that must not be read over a shoulder, in a history or in a list of tabs.
SENSITIVE = ("虐待", "通告", "通報", "自殺", "死", "暴力", "DV", "abuse", "suicide", "violence")
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


class Page:
    """One answer of the site, checked."""

    def __init__(self, response: TestResponse, url: str) -> None:
        self.response = response
        self.status = response.status_code
        self.url = url
        self.html = response.get_data(as_text=True)
        self.root, self.faults = (
            dom.parse(self.html) if response.mimetype == "text/html" else (dom.parse("")[0], [])
        )

    @property
    def title(self) -> str:
        titles = self.root.all("title")
        return titles[0].text().strip() if titles else ""

    @property
    def text(self) -> str:
        """What a person reads, white space folded."""
        return " ".join(self.root.text().split())

    @property
    def heading(self) -> str:
        headings = self.root.all("h1")
        return headings[0].text().strip() if headings else ""

    def form(self, contains: str = "") -> dom.Element:
        """The first form whose fields or words contain the given word."""
        for form in self.root.all("form"):
            names = {e.attributes.get("name", "") for e in form.walk()}
            if contains in names or contains in form.text() or contains in form.attributes.get("action", ""):
                return form
        raise AssertionError(f"no form with {contains!r} on {self.url}")

    def links(self) -> list[str]:
        return [e.attributes["href"] for e in self.root.all("a") if "href" in e.attributes]

    def link(self, words: str) -> str:
        """The address behind the first link whose words contain the given ones."""
        for element in self.root.all("a"):
            if words in element.text() and "href" in element.attributes:
                return element.attributes["href"]
        raise AssertionError(f"no link with {words!r} on {self.url}")


def form_fields(form: dom.Element) -> dict[str, str | list[str]]:
    """What a browser would send if the person pressed the first button at once."""
    fields: dict[str, str | list[str]] = {}
    for element in form.walk():
        name = element.attributes.get("name")
        if not name:
            continue
        kind = element.attributes.get("type", "text")
        if element.name == "textarea":
            text = element.text().replace("\r\n", "\n")  # as a browser reads a page
            fields[name] = text[1:] if text.startswith("\n") else text
        elif element.name == "select":
            options = element.all("option")
            chosen = [o for o in options if "selected" in o.attributes] or options[:1]
            fields[name] = [o.attributes.get("value", o.text()) for o in chosen]
        elif element.name == "input" and kind in ("checkbox", "radio"):
            if "checked" in element.attributes:
                value = element.attributes.get("value", "on")
                before = fields.get(name, [])
                fields[name] = [*(before if isinstance(before, list) else [before]), value]
        elif element.name == "input" and kind not in ("submit", "button", "reset"):
            fields[name] = element.attributes.get("value", "")
    return fields


class Visitor:
    """A person with a browser of their own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.page: Page | None = None

    def get(self, path: str, status: int = 200, **headers: str) -> Page:
        """Open an address and check the page."""
        return self._seen(self.client.get(path, base_url=BASE, headers=headers), path, status)

    def post(self, path: str, data: object, status: int = 200, headers: dict[str, str] | None = None) -> Page:
        """Send fields as they are, from a page of ours unless other headers are given."""
        sent = OURS if headers is None else headers
        return self._seen(self.client.post(path, base_url=BASE, data=data, headers=sent), path, status)

    def submit(
        self,
        contains: str,
        status: int = 200,
        *,
        button: tuple[str, str] | None = None,
        follow: bool = True,
        **fields: object,
    ) -> Page:
        """Fill in the form of the present page that contains a word, and send it. Follows a 303."""
        assert self.page is not None, "open a page first"
        form = self.page.form(contains)
        data: dict[str, object] = dict(form_fields(form))
        unknown = set(fields) - {e.attributes.get("name") for e in form.walk()}
        assert not unknown, f"the form has no field {unknown}"
        data.update(fields)
        if button:
            data[button[0]] = button[1]
        path = urljoin(self.page.url, form.attributes.get("action") or self.page.url)
        if form.attributes.get("method", "get").lower() == "get":
            query = "&".join(f"{k}={v}" for k, v in data.items())
            return self.get(f"{path}?{query}", status)
        response = self.client.post(path, base_url=BASE, data=data, headers=OURS)
        if follow and response.status_code in (302, 303):
            where = urlsplit(response.headers["Location"])
            target = where.path + (f"?{where.query}" if where.query else "")
            return self.get(target, status)
        return self._seen(response, path, status)

    def click(self, words: str, status: int = 200) -> Page:
        """Follow the first link with these words."""
        assert self.page is not None, "open a page first"
        where = urlsplit(urljoin(self.page.url, self.page.link(words)))
        return self.get(where.path + (f"?{where.query}" if where.query else ""), status)

    def cookies(self) -> dict[str, str]:
        return {c.key: c.value for c in self.client._cookies.values()}  # noqa: SLF001

    def _seen(self, response: TestResponse, path: str, status: int) -> Page:
        page = Page(response, path)
        assert page.status == status, (
            f"{path}: {page.status} instead of {status}: {page.heading} {page.text[:300]}"
        )
        check_headers(page)
        if response.mimetype == "text/html" and response.status_code not in (302, 303, 304):
            check_page(page, fragment="<html" not in page.html)
        self.page = page
        return page


def check_headers(page: Page) -> None:
    """What every answer carries."""
    headers = page.response.headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Cache-Control" in headers
    if "public" in headers["Cache-Control"]:
        assert "Set-Cookie" not in headers, f"{page.url} is public and sets a cookie"
        assert "csrf_token" not in page.html, f"{page.url} is public and carries a token"


def check_page(page: Page, *, fragment: bool = False) -> None:
    """What every page must be (house style 8)."""
    where = page.url
    assert not page.faults, f"{where}: {page.faults[:3]}"
    everything = page.root.walk()
    ids = [e.attributes["id"] for e in everything if "id" in e.attributes]
    doubled = {i for i in ids if ids.count(i) > 1}
    assert not doubled, f"{where}: ids stand twice: {doubled}"
    for element in everything:
        assert not any(name.startswith("on") for name in element.attributes), f"{where}: inline handler"
        assert "style" not in element.attributes, f"{where}: inline style"
        assert not (element.name == "script" and element.text().strip()), f"{where}: inline script"
        assert element.name != "style", f"{where}: inline style sheet"
        if element.name == "form":
            assert element.attributes.get("action"), f"{where}: a form without an address"
        for name in ("src", "action"):
            value = element.attributes.get(name, "")
            assert not value.startswith(("http:", "https:", "//")), f"{where}: asks elsewhere for {value}"
        if element.name == "link":
            assert element.attributes["href"].startswith("/"), f"{where}: asks elsewhere"
        if element.name == "img":
            assert "alt" in element.attributes, f"{where}: picture without words"
    _check_labels(page)
    if fragment:
        return
    assert page.root.all("html")[0].attributes.get("lang") == "ja", where
    assert page.title, f"{where}: no title"
    assert not [w for w in SENSITIVE if w in page.title or w in where], (
        f"{where}: title or address is not neutral"
    )
    headings = page.root.all("h1")
    assert len(headings) == 1 and headings[0].text().strip(), f"{where}: {len(headings)} main headings"
    assert page.root.all("main"), f"{where}: no main"


def _check_labels(page: Page) -> None:
    targets = {e.attributes.get("for") for e in page.root.all("label")}
    for name in ("input", "select", "textarea"):
        for element in page.root.all(name):
            if name == "input" and element.attributes.get("type", "text") in UNLABELLED:
                continue
            named = "aria-label" in element.attributes or "aria-labelledby" in element.attributes
            labelled = element.attributes.get("id") in targets or element.inside("label") or named
            assert labelled, f"{page.url}: field {element.attributes.get('name')} has no label"
