"""Make the table of word vectors from a wheel that pip fetched and whose hash it checked.

    vectors.py WHEEL TABLE [WORDS]   WORDS: a file with one word a line; only those are taken

Reads two members of the archive: the rows as a plain numpy array (never pickled) and the map from
word keys to rows (msgpack, read by hand). Nothing of the package is ever run.
"""

import hashlib
import io
import json
import math
import os
import sys
import zipfile
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from forum.language.vectors import DIMENSIONS, HEADER, MAGIC, key_of

INSIDE = "ja_ginza/ja_ginza-5.3.0/vocab/"
LARGEST = 64_000_000  # bytes of a member; more is not the file we know
SMOOTH = 1e-3  # of a word's share in running text (Arora et al., A Simple but Tough-to-Beat Baseline, 2017)


def read_keys(data: bytes) -> dict[int, int]:
    """The msgpack map from 64-bit keys to row numbers, in its order. Raises ValueError on anything else."""
    if data[:1] != b"\xdf":
        raise ValueError("not a map")
    count, at, found = int.from_bytes(data[1:5], "big"), 5, {}
    sizes = {0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8}

    def number(at: int) -> tuple[int, int]:
        kind = data[at]
        if kind < 0x80:
            return kind, at + 1
        if kind not in sizes:
            raise ValueError("not a number")
        end = at + 1 + sizes[kind]
        return int.from_bytes(data[at + 1 : end], "big"), end

    for _ in range(count):
        key, at = number(at)
        row, at = number(at)
        found[key] = row
    if at != len(data):
        raise ValueError("longer than it says")
    return found


def member(wheel: zipfile.ZipFile, name: str) -> bytes:
    """A member of the archive, unless it is larger than expected."""
    if wheel.getinfo(INSIDE + name).file_size > LARGEST:
        raise ValueError(f"{name} is too large")
    return wheel.read(INSIDE + name)


def shortened(rows: np.ndarray) -> np.ndarray:
    """Rows without their mean, in the directions in which they differ most, as int8."""
    rows = rows.astype(np.float64)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    rows -= rows.mean(axis=0)
    _, directions = np.linalg.eigh(rows.T @ rows)
    short = rows @ directions[:, ::-1][:, :DIMENSIONS]
    return np.rint(short / np.maximum(np.abs(short).max(axis=1, keepdims=True), 1e-9) * 127).astype(np.int8)


def weights(ranks: np.ndarray) -> np.ndarray:
    """How much words count by their place among the most frequent (Zipf: share ~ 1 / place)."""
    share = 1 / (ranks * math.log(500_000))
    return np.rint(255 * SMOOTH / (SMOOTH + share)).astype(np.uint8)


def main(wheel_path: Path, table_path: Path, words_path: Path | None) -> None:
    """Write the table beside its place and move it there."""
    with zipfile.ZipFile(wheel_path) as wheel:
        rows = np.load(io.BytesIO(member(wheel, "vectors")), allow_pickle=False)
        found = read_keys(member(wheel, "key2row"))
    table = shortened(rows)
    places = {key: place for place, key in enumerate(found, 1)}
    if words_path:
        words = [line.strip() for line in words_path.read_text(encoding="utf-8").splitlines()]
        found = {key_of(word): found[key_of(word)] for word in words if key_of(word) in found}
        kept = sorted(set(found.values()))
        table, found = table[kept], {key: kept.index(row) for key, row in found.items()}
    keys = np.array(sorted(found), dtype="<u8")
    own_rows = np.array([found[int(key)] for key in keys], dtype="<u2")
    own_weights = weights(np.array([places[int(key)] for key in keys], dtype=np.float64))
    body = keys.tobytes() + own_rows.tobytes() + own_weights.tobytes() + table.tobytes()
    head = {
        "magic": MAGIC,
        "words": len(keys),
        "rows": len(table),
        "sha256": hashlib.sha256(body).hexdigest(),
        "source": "chiVe v1.1 mc90 (Apache-2.0) as carried by ja_ginza 5.3.0 (MIT), shortened to 128 int8",
    }
    table_path.parent.mkdir(parents=True, exist_ok=True)
    fresh = table_path.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(json.dumps(head).encode().ljust(HEADER) + body)
    fresh.replace(table_path)
    print(f"{len(keys)} words, {len(table)} vectors, {len(body) / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
