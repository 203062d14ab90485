"""Static files carry the hash of their content in the address, so that caches may keep them for ever.

Those that are text travel packed; each is packed once per process.
"""

import gzip
import hashlib
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

PACKED_TYPES = ("text/", "image/svg+xml", "application/javascript", "application/json")
PACKED_FROM = 500  # bytes


def install(app: Flask, folder: Path) -> None:
    """Add ?v=HASH to every static address that a template makes, and pack what is text."""
    hashes: dict[str, str] = {}
    packed: dict[str, bytes] = {}

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

    @app.after_request
    def pack(response: Response) -> Response:
        if request.endpoint != "static" or response.status_code != 200:
            return response
        response.headers["Vary"] = "Accept-Encoding"
        if not _worth_packing(response) or request.accept_encodings["gzip"] <= 0:
            return response
        etag = response.get_etag()[0] or ""  # made of time and size of the file
        if etag not in packed:
            response.direct_passthrough = False
            packed[etag] = gzip.compress(response.get_data(), 9, mtime=0)
        response.close()
        response.set_data(packed[etag])
        response.direct_passthrough = False
        response.headers["Content-Encoding"] = "gzip"
        response.set_etag(etag, weak=True)
        return response


def _worth_packing(response: Response) -> bool:
    text = (response.mimetype or "").startswith(PACKED_TYPES)
    return text and (response.content_length or 0) >= PACKED_FROM
