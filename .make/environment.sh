#!/bin/sh
# Make or mend .venv so that it holds exactly one of the two locks.
#
#   .make/environment.sh core|dev
#
# Quick when nothing changed: the lock that was installed is kept inside .venv and compared.
# PY names the Python to use; otherwise the newest of 3.13, 3.12, 3.11 that is found.
set -eu
cd "$(dirname "$0")/.."
unset PYTHONPATH PYTHONHOME || true
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0

what=${1:-core}
case $what in
    core) lock=requirements.lock ;;
    dev) lock=requirements-dev.lock ;;
    *) echo "environment.sh: say core or dev" >&2; exit 2 ;;
esac

stop() {
    echo "" >&2
    echo "$*" >&2
    exit 1
}

# 0 if the program is a Python that serves
serves() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    if [ -n "${PY:-}" ]; then
        command -v "$PY" >/dev/null 2>&1 || stop "PY=$PY: there is no such program."
        serves "$PY" || stop "PY=$PY is $("$PY" --version 2>&1): Python 3.11 or newer is needed."
        echo "$PY"
        return
    fi
    for name in python3.13 python3.12 python3.11 python3 python; do
        if serves "$name"; then
            echo "$name"
            return
        fi
    done
    stop "Python 3.11 or newer is needed and none was found ($(python3 --version 2>&1 || true)).
On Debian 12: apt-get install python3 python3-pip. Or name one: make run PY=/path/to/python3"
}

make_environment() {
    python=$(find_python)
    echo "Making .venv with $("$python" --version 2>&1) ($python)"
    "$python" -c 'import sys; sys.exit(sys.version_info >= (3, 14))' ||
        echo "(tested with Python 3.11 to 3.13; going on)"
    rm -rf .venv
    if "$python" -m venv .venv >/dev/null 2>&1 && .venv/bin/python -m pip --version >/dev/null 2>&1; then
        return
    fi
    # Debian keeps venv in a package of its own, python3-venv; virtualenv does without it.
    echo "python -m venv does not work here; using virtualenv instead"
    rm -rf .venv .tools
    "$python" -m pip install --quiet --require-hashes --target .tools -r .make/virtualenv.lock ||
        stop "Neither venv nor pip works for $python. On Debian 12: apt-get install python3-venv python3-pip"
    PYTHONPATH=.tools "$python" -m virtualenv --quiet --no-download .venv ||
        stop "virtualenv could not make .venv."
}

works() {
    [ -x .venv/bin/python ] && serves .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1
}

version() {
    "$1" -c 'import sys; print(sys.version_info[:2])' 2>/dev/null
}

stamp=.venv/installed-$what.lock
# The dev lock holds the core lock: an environment with it serves both.
if [ "$what" = core ] && cmp -s requirements-dev.lock .venv/installed-dev.lock; then
    lock=requirements-dev.lock stamp=.venv/installed-dev.lock
fi
if [ -n "${PY:-}" ] && [ -e .venv ]; then
    wanted=$(find_python)
    [ "$(version "$wanted")" = "$(version .venv/bin/python)" ] || make_environment
fi
if cmp -s "$lock" "$stamp" && serves .venv/bin/python; then
    exit 0
fi
works || make_environment
count=$(grep -c '^[a-z]' "$lock")
echo "Installing $count packages from $lock (half a minute or more, the first time only)"
rm -f .venv/installed-*.lock
.venv/bin/python -m pip install --require-hashes -r "$lock" ||
    stop "The packages could not be installed. Is the package index in reach? Then the same command again goes on."
cp "$lock" "$stamp"
echo "Environment ready"
