"""Tables from rows and from other tables, in memory: how an engine without Whoosh makes its segments."""

import io
from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from forum.language.tokens import grams
from forum.search.engines.tables import FIELDS, Array, Field, Tables, hashes_of
from forum.search.types import Row

_MOST = np.iinfo(np.uint8).max


def texts_of(row: Row) -> dict[str, Sequence[str]]:
    """The terms of each field, in order and as often as they occur."""
    terms = row.terms
    return {
        "words": [*terms.title, *terms.body, *terms.replies],
        "reading": grams(list(terms.reading)),
        "concepts": terms.concepts,
    }


def tabulate(rows: Collection[Row]) -> Tables:
    """The tables of a few thousand rows; about 0.5 ms a thread."""
    texts = [texts_of(row) for row in rows]
    ids = np.array([row.id.encode() for row in rows] or [b""], dtype="S")[: len(rows)]
    return Tables(ids, {name: _field([text[name] for text in texts]) for name in FIELDS})


def _field(texts: Sequence[Sequence[str]]) -> Field:
    codes: dict[str, int] = {}
    places: list[int] = []
    docs: list[int] = []
    counts: list[int] = []
    for doc, text in enumerate(texts):
        for term, count in Counter(text).items():
            places.append(codes.setdefault(term, len(codes)))
            docs.append(doc)
            counts.append(min(count, _MOST))
    hashes = hashes_of(codes)[np.array(places, dtype=np.int64)]
    lengths = np.array([len(text) for text in texts], dtype=np.uint32)
    return _sorted(hashes, np.array(docs, dtype=np.int64), np.array(counts, dtype=np.uint8), lengths)


def _sorted(hashes: Array, docs: Array, counts: Array, lengths: Array) -> Field:
    """Postings in any order, documents of one term ascending, as a field."""
    order = np.argsort(hashes, kind="stable")
    terms, sizes = np.unique(hashes[order], return_counts=True)
    kind = np.uint16 if lengths.size <= np.iinfo(np.uint16).max else np.uint32
    starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.uint32)
    return Field(terms, starts, docs[order].astype(kind), counts[order], lengths)


def merge(parts: Sequence[tuple[Tables, Array]]) -> Tables:
    """One segment of several; each comes with the numbers of those of its documents that stay."""
    ids = [tables.ids[kept] for tables, kept in parts]
    return Tables(
        np.concatenate(ids) if ids else np.zeros(0, dtype="S1"),
        {name: _merged([(tables.fields[name], kept) for tables, kept in parts]) for name in FIELDS},
    )


def _merged(parts: Sequence[tuple[Field, Array]]) -> Field:
    hashes, docs, counts, lengths, offset = [], [], [], [], 0
    for field, kept in parts:
        number = np.full(field.lengths.size, -1, dtype=np.int64)
        number[kept] = offset + np.arange(kept.size)
        renumbered = number[field.docs]
        stays = renumbered >= 0
        hashes.append(np.repeat(field.hashes, field.starts[1:].astype(np.int64) - field.starts[:-1])[stays])
        docs.append(renumbered[stays])
        counts.append(field.counts[stays])
        lengths.append(field.lengths[kept])
        offset += kept.size
    return _sorted(*(np.concatenate(each) for each in (hashes, docs, counts, lengths)))


def pack(tables: Tables) -> bytes:
    """As bytes, ids left out: they are kept where they can be erased one by one."""
    file = io.BytesIO()
    arrays = {
        f"{name}_{part}": array
        for name, field in tables.fields.items()
        for part, array in vars(field).items()
    }
    np.savez(file, **arrays)
    return file.getvalue()


def unpack(packed: bytes) -> Tables:
    """The reverse of `pack`, without ids. Raises ValueError or KeyError on anything else."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        parts = Field.__dataclass_fields__
        return Tables(
            np.zeros(0, dtype="S1"),
            {name: Field(**{part: arrays[f"{name}_{part}"] for part in parts}) for name in FIELDS},
        )
