"""Public pages are rendered once, however many ask at the same moment."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from forum.web import caching
from tests.pages import BASE


@pytest.fixture
def little() -> Iterator[tuple[Flask, list[int], list[int]]]:
    """An app with one slow page, the list of its renderings, and its content version."""
    app = Flask("little")
    rendered: list[int] = []
    version = [1]
    caching.install(app, lambda: version[0], "program")

    @app.get("/page")
    @caching.cached_page()
    def page() -> str:
        rendered.append(version[0])
        time.sleep(0.05)
        return "あ" * 2000 + str(version[0])

    yield app, rendered, version


def test_many_at_once_wait_for_one_rendering(little: tuple[Flask, list[int], list[int]]) -> None:
    app, rendered, version = little

    def ask(number: int) -> bytes:
        return app.test_client().get("/page", base_url=BASE).data

    with ThreadPoolExecutor(8) as pool:
        bodies = set(pool.map(ask, range(24)))
    assert len(bodies) == 1
    assert rendered == [1]
    version[0] = 2
    assert ask(0) not in bodies
    assert rendered == [1, 2]


def test_a_page_that_was_kept_is_not_sent_again(little: tuple[Flask, list[int], list[int]]) -> None:
    app, rendered, version = little
    client = app.test_client()
    first = client.get("/page", base_url=BASE)
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get("/page", base_url=BASE, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data
    version[0] = 2
    changed = client.get("/page", base_url=BASE, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert rendered == [1, 2]


def test_the_store_does_not_grow_without_end() -> None:
    store = caching.PageStore()
    for number in range(caching.KEPT_PAGES + 50):
        store.put(f"/page/{number}", "etag", b"x")
    assert store.get("/page/0", "etag") is None
    assert store.get(f"/page/{caching.KEPT_PAGES + 49}", "etag") is not None
