"""One real Chromium for all browser tests; if there is none, that is said in capitals."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import find_chromium, launch_arguments

HERE = Path(__file__).parent
NONE = "no Chromium was found"
REQUIRED = os.environ.get("REQUIRE_BROWSER") == "1"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever uses the browser is a browser test, also where the author forgot to say so."""
    for item in items:
        if item.path.is_relative_to(HERE) and "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser. Without one its tests are skipped, or fail if REQUIRE_BROWSER=1."""
    path = find_chromium()
    if path is None:
        if REQUIRED:
            pytest.fail(NONE)
        pytest.skip(NONE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=launch_arguments())
        yield running
        running.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Skipped must not look like passed."""
    reports = [r for kind in ("skipped", "error") for r in terminalreporter.stats.get(kind, [])]
    missed = [r for r in reports if NONE in str(r.longrepr)]
    if missed:
        terminalreporter.write_line(f"BROWSER TESTS NOT RUN: {len(missed)}", red=True, bold=True)
