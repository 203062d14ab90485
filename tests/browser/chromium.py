"""Find a Chromium. Run as a program it prints where it is, or ends with 1."""

import os
import shutil
import sys
from collections.abc import Mapping

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing but our own pages: no look at the maker's servers, no first-run page, no network protocol that a
# loopback server does not speak.
_QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium(environ: Mapping[str, str] | None = None) -> str | None:
    """Path of the program: what CHROMIUM names, else the first known name on PATH, else None."""
    env = os.environ if environ is None else environ
    for name in (env.get("CHROMIUM", ""), *NAMES):
        found = shutil.which(name, path=env.get("PATH")) if name else None
        if found:
            return found
    return None


def launch_arguments() -> list[str]:
    """Arguments for this machine. Chromium refuses to run as root inside its sandbox."""
    return [*_QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(_QUIET)


if __name__ == "__main__":
    path = find_chromium()
    if path is None:
        sys.exit(1)
    print(path)
