"""Postings of one segment as plain arrays in one file that is mapped into memory, not read.

Whoosh keeps the index; this is what questions read. A table is made once from a segment, which never
changes, lies beside it as <segment>.tables, and can always be made again. Terms are known by 64 bits
of their BLAKE2b hash: among a hundred million terms two are the same with a chance of 1 in 3,700.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.reading import SegmentReader

FIELDS = ("words", "reading", "concepts")
_MAGIC = b"postings1\n"
_ALIGN = 16
_MOST = np.iinfo(np.uint8).max

Array = NDArray[Any]


@dataclass(frozen=True)
class Field:
    """One field: for the term with hash hashes[i] the documents docs[starts[i]:starts[i + 1]], how often
    each has it (up to 255), and how many terms each document of the segment has."""

    hashes: Array
    starts: Array
    docs: Array
    counts: Array
    lengths: Array


@dataclass(frozen=True)
class Tables:
    """One segment. `ids` are those of the documents, in the order of their numbers."""

    ids: Array
    fields: Mapping[str, Field]


def hashes_of(terms: Iterable[str]) -> Array:
    """Under what the terms are kept."""
    joined = b"".join(blake2b(term.encode(), digest_size=8).digest() for term in terms)
    return np.frombuffer(joined, dtype="<u8")


def build(reader: SegmentReader) -> Tables:
    """Read everything of a segment; about a second for two thousand threads."""
    size = reader.doc_count_all()
    ids = np.array([reader.stored_fields(doc)["id"].encode() for doc in range(size)] or [b""], dtype="S")
    return Tables(ids[:size], {name: _field(reader, name, size) for name in FIELDS})


def _field(reader: SegmentReader, name: str, size: int) -> Field:
    terms: list[bytes] = []
    sizes: list[int] = []
    docs: list[int] = []
    counts: list[float] = []
    if name in reader.indexed_field_names():
        for term, info in reader.iter_field(name):
            before = len(docs)
            if info.is_inlined():
                found, weights, _ = info.inlined_postings()
                docs.extend(found)
                counts.extend(weights)
            else:
                # Not reader.postings: that leaves out what is deleted now, and tables stay as they are.
                _read(reader._terms.matcher(name, term, reader.schema[name].format), docs, counts)
            terms.append(term)
            sizes.append(len(docs) - before)
    hashes = hashes_of(reader.schema[name].from_bytes(term) for term in terms)
    order = np.argsort(hashes)
    lengths = np.bincount(np.array(docs, dtype=np.int64), weights=counts or None, minlength=size)
    begins = np.concatenate(([0], np.cumsum(sizes)))[:-1] if sizes else np.zeros(0, dtype=np.int64)
    ordered = np.array(sizes, dtype=np.int64)[order]
    starts = np.concatenate(([0], np.cumsum(ordered))).astype(np.uint32)
    places = np.repeat(begins[order] - starts[:-1], ordered) + np.arange(len(docs))
    kind = np.uint16 if size <= np.iinfo(np.uint16).max else np.uint32
    return Field(
        hashes[order],
        starts,
        np.array(docs, dtype=kind)[places],
        np.minimum(np.array(counts), _MOST).astype(np.uint8)[places],
        lengths.astype(np.uint32),
    )


def _read(matcher: Any, docs: list[int], counts: list[float]) -> None:
    """Block by block where the postings lie in blocks (Whoosh 2.7.4, to which we are pinned)."""
    while matcher.is_active():
        if isinstance(matcher, W3LeafMatcher):
            if matcher._ids is None:
                matcher._read_ids()
            if matcher._weights is None:
                matcher._read_weights()
            docs.extend(matcher._ids)
            counts.extend(matcher._weights)
            matcher._next_block()
        else:
            docs.append(matcher.id())
            counts.append(matcher.weight())
            matcher.next()


def path_of(folder: Path, segment: str) -> Path:
    """Where the tables of a segment lie."""
    return folder / f"{segment}.tables"


def save(tables: Tables, folder: Path, segment: str) -> None:
    """Write a file in one step: a killed writer leaves none or a whole one."""
    path = path_of(folder, segment)
    arrays = {"ids": tables.ids}
    for name, field in tables.fields.items():
        arrays |= {f"{name}.{part}": array for part, array in vars(field).items()}
    places, at = {}, 0
    for name, array in arrays.items():
        places[name] = (array.dtype.str, array.size, at)
        at += -(-array.nbytes // _ALIGN) * _ALIGN
    head = json.dumps({"size": at, "arrays": places, "segment": _size_of(folder, segment)}).encode()
    head += b" " * (-(len(_MAGIC) + len(head) + 1) % _ALIGN) + b"\n"
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        file.write(_MAGIC + head)
        for array in arrays.values():
            file.write(array.tobytes())
            file.write(b"\0" * (-array.nbytes % _ALIGN))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _size_of(folder: Path, segment: str) -> int:
    """Bytes of the segment from which tables were made."""
    return (folder / f"{segment}.seg").stat().st_size


def load(folder: Path, segment: str) -> Tables | None:
    """Map a file; None if there is none or it is not whole. Raises OSError if the segment is not as it was:
    tables would go on answering for an index that cannot be written any more."""
    path = path_of(folder, segment)
    size = _size_of(folder, segment)
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                return None
            head = json.loads(file.readline())
            begin = file.tell()
        if head["segment"] != size:
            raise OSError(f"{segment}: the segment is not the one its tables were made from")
        whole = np.memmap(path, dtype=np.uint8, mode="r", offset=0)
        if whole.size != begin + head["size"]:
            return None
        arrays = {}
        for name, (kind, size, at) in head["arrays"].items():
            dtype = np.dtype(kind)
            arrays[name] = whole[begin + at : begin + at + size * dtype.itemsize].view(dtype)
        parts = {name: {p: arrays[f"{name}.{p}"] for p in Field.__dataclass_fields__} for name in FIELDS}
        return Tables(arrays["ids"], {name: Field(**part) for name, part in parts.items()})
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
