"""What the documents point at is there."""

import re

import pytest

from config import ROOT

# A path of the project as a document names it: with a folder, or one of the files at the top.
_PATH = re.compile(r"`((?:forum|templates|static|migrations|tests|deploy|docs)/[\w./*<>-]+)`")


@pytest.mark.parametrize("name", ["SECURITY.md", "README.md"])
def test_every_path_that_a_document_names_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = {path.rstrip("/.") for path in _PATH.findall(text) if not re.search(r"[*<>]", path)}
    assert len(named) > 5, "the pattern finds nothing any more"
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


def test_every_claim_of_the_security_page_names_code_and_a_test() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    tables = re.findall(r"^\|.*\btests? \|\n\|[-| ]+\|\n((?:\|.*\|\n)+)", text, re.MULTILINE)
    claims = [row for table in tables for row in table.splitlines()]
    assert len(claims) > 10, "the pattern finds nothing any more"
    lacking = [row for row in claims if "`tests/" not in row or not re.search(r"`(?!tests/)[\w./]+`", row)]
    assert lacking == []
