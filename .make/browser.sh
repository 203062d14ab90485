#!/bin/sh
# Find a Chromium for the browser tests, or install one where that is allowed. Says which one was chosen.
set -eu
cd "$(dirname "$0")/.."

found() {
    .venv/bin/python -m tests.browser.chromium
}

if path=$(found); then
    echo "Browser: $path"
    exit 0
fi
asroot=
if [ "$(id -u)" != 0 ]; then
    asroot="sudo -n"
    sudo -n true >/dev/null 2>&1 || asroot=none
fi
if [ "$asroot" != none ] && command -v apt-get >/dev/null 2>&1; then
    echo "Browser: none found; installing Chromium and fonts with apt-get (about 190 MB)"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    { $asroot apt-get update -q && $asroot apt-get install -y -q --no-install-recommends \
        chromium fonts-noto-cjk fonts-noto-color-emoji; } </dev/null || echo "Browser: apt-get failed"
fi
if path=$(found); then
    echo "Browser: $path"
else
    echo "Browser: NONE. THE BROWSER TESTS WILL NOT RUN."
fi
