"""A desk with one case just arrived."""

from tests.safeguarding.screening.conftest import work

__all__ = ["work"]
