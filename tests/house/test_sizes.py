"""A file has one subject. Only the tail is policed: what is too long to be read at one sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path

from config import ROOT

FILE_LINES = 300
FUNCTION_LINES = 50
TEMPLATE_LINES = 150
TEST_LINES = 400


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def code() -> Iterator[Path]:
    yield from sorted(ROOT.glob("*.py"))
    for folder in ("forum", "migrations"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def files_of_tests() -> Iterator[Path]:
    yield from sorted((ROOT / "tests").rglob("*.py"))


def too_long(paths: Iterator[Path], limit: int) -> list[str]:
    return [f"{p.relative_to(ROOT)}: {lines_of(p)} lines" for p in paths if lines_of(p) > limit]


def test_no_file_is_too_long_to_have_one_subject() -> None:
    # A first revision creates every table of a wing at once and is written by Alembic.
    assert too_long((p for p in code() if p.parent.name != "versions"), FILE_LINES) == []


def test_no_function_is_too_long_to_be_read_at_once() -> None:
    found = []
    for path in [*code(), *files_of_tests()]:
        if path.parent.name == "versions":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {length} lines")
    assert found == []


def test_no_template_is_too_long() -> None:
    templates = (p for p in sorted((ROOT / "templates").rglob("*")) if p.is_file())
    assert too_long(templates, TEMPLATE_LINES) == []


def test_no_test_file_is_too_long() -> None:
    assert too_long(files_of_tests(), TEST_LINES) == []
