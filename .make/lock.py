"""Write the locks anew: pinned, hashed, for every Python and platform, naming no host.

uv resolves; it is fetched into a folder of its own and is not part of the environment.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = ROOT / ".tools" / "uv"
COMPILE = [
    "pip",
    "compile",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--quiet",
    "--custom-compile-command=make lock",
]


def run(*command: str) -> None:
    """Run in the project's folder and stop at the first fault."""
    print("+", " ".join(command))
    subprocess.run(command, cwd=ROOT, check=True)


def main() -> None:
    """Core first; the dev lock is held to its versions. `--upgrade` takes newer versions where allowed."""
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv[1:] else []
    if not (UV / "bin" / "uv").exists():
        run(sys.executable, "-m", "pip", "install", "--quiet", "--target", str(UV), "uv")
    uv = [str(UV / "bin" / "uv"), *COMPILE, *upgrade]
    run(*uv, "pyproject.toml", "-o", "requirements.lock")
    run(*uv, "--group", "dev", "-c", "requirements.lock", "pyproject.toml", "-o", "requirements-dev.lock")
    run(*uv, ".make/virtualenv.in", "-o", ".make/virtualenv.lock")


if __name__ == "__main__":
    main()
