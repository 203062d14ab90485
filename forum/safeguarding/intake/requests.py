"""A request whose uploads stay in memory. Werkzeug's own would spool what is large to a temporary file."""

import io
from typing import IO

from flask import Request

from forum.safeguarding.intake.uploads import FILE_BYTES_MAX, FILES_MAX

KEPT_BYTES_MAX = FILE_BYTES_MAX * FILES_MAX


class MemoryFile(io.BytesIO):
    """A file in memory. What goes beyond the limits is dropped and noted, so that the form is still read."""

    def __init__(self, request: "MemoryRequest") -> None:
        super().__init__()
        self._request = request
        self.too_large = False

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        room = min(FILE_BYTES_MAX - self.tell(), KEPT_BYTES_MAX - self._request.kept_bytes)
        self.too_large = self.too_large or len(piece) > room
        kept = super().write(piece[: max(0, room)])
        self._request.kept_bytes += kept
        return len(piece)


class MemoryRequest(Request):
    """Holds at most KEPT_BYTES_MAX of files; the door's own limit on the whole body stands above."""

    kept_bytes = 0

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return MemoryFile(self)
