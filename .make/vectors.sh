#!/bin/sh
# Make .tools/words.vectors, the table of word vectors, once. Never fails: without it the search works too.
#
# VECTORS=0 leaves it out. The wheel is fetched without its dependencies, checked against its hash, read
# (nothing of it is run) and deleted.
set -u
cd "$(dirname "$0")/.."
table=.tools/words.vectors
if [ "${VECTORS:-1}" = 0 ]; then
    echo "VECTORS=0: searching without word vectors"
    exit 0
fi
[ -s "$table" ] && exit 0
echo "Fetching word vectors (59 MB, the first time only; VECTORS=0 does without)"
folder=$(mktemp -d) || exit 0
trap 'rm -rf "$folder"' EXIT
trap 'exit 0' INT TERM
if .venv/bin/python -m pip download --quiet --disable-pip-version-check --no-input --retries 1 --timeout 20 \
    --no-deps --only-binary :all: --require-hashes -r .make/vectors.lock -d "$folder" >"$folder/log" 2>&1 &&
    nice .venv/bin/python .make/vectors.py "$folder"/*.whl "$table" 2>>"$folder/log"; then
    exit 0
fi
echo "No word vectors ($(tail -n 1 "$folder/log" | cut -c1-200)): searching without them; the next start tries again"
exit 0
