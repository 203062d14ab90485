"""Tiny files of examples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def write(path: Path, *rows: dict[str, Any] | str) -> str:
    """A file of one JSON object a line; returns its path as typed on a command line."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def thread(name: str, need: str, relevance: int, title: str, body: str, **facts: Any) -> dict[str, Any]:
    """A thread with nothing told but its words."""
    plain = {"board": None, "child_age_months": None, "needs": [], "replies": []}
    return {"id": name, "need": need, "relevance": relevance, "title": title, "body": body, **plain, **facts}
