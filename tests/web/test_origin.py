"""A changing request comes from a page of ours."""

import pytest

from forum.web.origin import is_ours


@pytest.mark.parametrize(
    ("site", "origin", "ours"),
    [
        ("same-origin", None, True),
        ("same-origin", "null", True),
        (None, "https://forum.example", True),
        ("cross-site", "https://forum.example", False),
        ("same-site", "https://forum.example", False),
        ("none", None, False),
        (None, "https://evil.example", False),
        (None, "https://forum.example.evil.example", False),
        (None, "null", False),
        (None, None, False),
        ("", "", False),
    ],
)
def test_who_is_ours(site: str | None, origin: str | None, ours: bool) -> None:
    assert is_ours(site, origin, "forum.example") is ours
