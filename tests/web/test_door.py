"""What every door of the house does before the first page."""

import resource

from flask import Flask

from config import ROOT


def test_a_crash_leaves_no_memory_on_the_disk(app: Flask) -> None:
    assert app
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)


def test_the_example_of_a_proxy_writes_down_nothing() -> None:
    text = (ROOT / "forum" / "safeguarding" / "proxy.example.conf").read_text(encoding="utf-8")
    said = {line.strip() for line in text.splitlines()}
    assert {
        "access_log off;",
        "client_body_in_file_only off;",
        "proxy_request_buffering off;",
        "proxy_buffering off;",
        "proxy_max_temp_file_size 0;",
        "location /hatch { return 404; }",
    } <= said
