"""Word vectors: how near in meaning the words of two texts are, from one table mapped into memory.

The table (128 dimensions, int8) is made by .make/vectors.py from the chiVe vectors (Apache-2.0) that the
ja_ginza package (MIT) carries. A word is found by the 64-bit hash of its base form. Without a table
everything works, a little less well.
"""

import hashlib
import json
import logging
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

HOME = Path(__file__).parents[2] / ".tools" / "words.vectors"
DIMENSIONS = 128
HEADER = 512  # bytes: one line of JSON, padded with spaces
MAGIC = "words-vectors-1"

_MASK = 0xFFFFFFFFFFFFFFFF
_M = 0xC6A4A7935BD1E995
_SEED = 1

_log = logging.getLogger(__name__)

Array = NDArray[Any]


class Vectors:
    """A table of word vectors, read only; safe for threads and, mapped before a fork, shared by processes."""

    def __init__(self, keys: Array, rows: Array, weights: Array, table: Array, stamp: str) -> None:
        """`keys` sorted hashes of words, `rows` and `weights` (0 to 255) of each, `table` rows of int8."""
        self._keys, self._rows, self._weights, self._table = keys, rows, weights, table
        self.stamp = stamp

    @classmethod
    def load(cls, path: Path | None = None) -> Self | None:
        """The table at `path` (HOME if None), checked against its checksum: about 15 ms. None without a
        sound table; a damaged one is named in the log."""
        path = path or HOME
        try:
            return cls._mapped(path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            _log.warning("word vectors are left out: the table is not sound (%s)", type(error).__name__)
            return None

    @classmethod
    def _mapped(cls, path: Path) -> Self:
        data = np.memmap(path, dtype=np.uint8, mode="r")
        head = json.loads(bytes(data[:HEADER]))
        words, rows = int(head["words"]), int(head["rows"])
        if head["magic"] != MAGIC or data.size != HEADER + 11 * words + DIMENSIONS * rows:
            raise ValueError("size")
        if hashlib.sha256(data[HEADER:].data).hexdigest() != head["sha256"]:
            raise ValueError("checksum")
        at = HEADER
        parts = []
        for kind, size in (("<u8", 8 * words), ("<u2", 2 * words), ("u1", words), ("i1", DIMENSIONS * rows)):
            parts.append(data[at : at + size].view(kind))
            at += size
        return cls(parts[0], parts[1], parts[2], parts[3].reshape(rows, DIMENSIONS), head["sha256"][:12])

    def of(self, words: Iterable[tuple[str, float]]) -> NDArray[np.float32] | None:
        """The mean direction of weighted words (float32, 128 long, length 1); None when none is known.

        Everyday words count little, by their place in the list of the most frequent ones.
        """
        given = list(words)
        if not given or not self._keys.size:
            return None
        hashes = np.array([key_of(word) for word, _ in given], dtype=np.uint64)
        places = np.minimum(np.searchsorted(self._keys, hashes), self._keys.size - 1)
        known = self._keys[places] == hashes
        if not known.any():
            return None
        places = places[known]
        amounts = np.array([amount for _, amount in given], dtype=np.float32)[known]
        vectors = self._table[self._rows[places]].astype(np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1.0)
        total = (amounts * self._weights[places]) @ vectors
        length = float(np.linalg.norm(total))
        return (total / length).astype(np.float32) if length > 1e-6 else None


@lru_cache(maxsize=32_768)
def key_of(word: str) -> int:
    """The 64-bit key of a word: MurmurHash64A with seed 1 of its UTF-8, as spaCy numbers its strings."""
    data = word.encode()
    size = len(data)
    value = (_SEED ^ (size * _M)) & _MASK
    whole = size - size % 8
    for at in range(0, whole, 8):
        part = (int.from_bytes(data[at : at + 8], "little") * _M) & _MASK
        part = ((part ^ (part >> 47)) * _M) & _MASK
        value = ((value ^ part) * _M) & _MASK
    if whole < size:
        value = ((value ^ int.from_bytes(data[whole:], "little")) * _M) & _MASK
    value = ((value ^ (value >> 47)) * _M) & _MASK
    return value ^ (value >> 47)
