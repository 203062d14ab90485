"""Static files carry the hash of their content in the address, so that caches may keep them for ever."""

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask


def install(app: Flask, folder: Path) -> None:
    """Add ?v=HASH to every static address that a template makes."""
    hashes: dict[str, str] = {}

    @app.url_defaults
    def add_hash(endpoint: str, values: dict[str, Any]) -> None:
        name = values.get("filename")
        if endpoint != "static" or not name or "v" in values:
            return
        if name not in hashes:
            path = folder / name
            hashes[name] = hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""
        if hashes[name]:
            values["v"] = hashes[name]
