"""A desk in which a case can be printed, and reading what stands on the paper."""

import io
from collections.abc import Iterator

import pytest
from flask import Flask
from pypdf import PdfReader

from forum.safeguarding.policy import Policy
from tests.safeguarding.cases.scene import Scene
from tests.safeguarding.conftest import Desk


@pytest.fixture
def scene(desk_app: Flask, policy: Policy, desk: Desk) -> Iterator[Scene]:
    with desk_app.app_context():
        made = Scene(desk_app, policy, desk)
        with made.at(0):
            yield made


def pages(raw: bytes) -> list[str]:
    """The words of each page, without white space: lines are broken anywhere."""
    reader = PdfReader(io.BytesIO(raw))
    return ["".join(page.extract_text().split()) for page in reader.pages]


def words(raw: bytes) -> str:
    return "".join(pages(raw))
