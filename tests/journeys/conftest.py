"""Every journey runs twice: in 大津市, and in a city that does not exist."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.conftest import empty


@pytest.fixture(params=["otsu", "minato"])
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The forum of one city, empty of posts."""
    found: Flask = request.getfixturevalue(f"_{request.param}")
    empty(found)
    yield found
