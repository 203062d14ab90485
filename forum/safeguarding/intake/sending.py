"""A report goes in, and what is added to it later. Seals first, then stores in one short transaction."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

from forum.safeguarding import policy
from forum.safeguarding.vault import sealed, store, values, words
from forum.safeguarding.vault.content import Content, Identity, Upload
from forum.safeguarding.vault.db import writing
from forum.safeguarding.vault.types import Kept

T = TypeVar("T")


@dataclass(frozen=True)
class Letter:
    """Everything one form told. `groups`: ids of those who receive it. `burst`: see rules.burst_rank."""

    content: Content
    entrance: str
    groups: tuple[str, ...]
    urgent: bool = False
    identity: Identity | None = None
    burst: int = 0


@dataclass(frozen=True, repr=False)
class Sent:
    """A report that is in the vault, with its reporter's words."""

    kept: Kept
    words: words.Words


def send(letter: Letter, seed: bytes) -> Sent:
    """Seal and store a report.

    `seed`: random bytes that only this one form holds, never stored. Ticket and words are made of them
    and of what was told, so the same form sent again, after an answer was lost on the way, is the same
    report with the same words; a changed one is another. Without the seed nobody can make them.

    Raises Refused("no_desk_key") where nobody could open it, OperationalError when it could not be
    stored: then it did not arrive.
    """
    told = _bytes_of(letter.content)
    made = words.make_words(_derived(seed, told, b"letter-words", words.SECRET_BYTES))
    keys = words.keys_of(made, values.get(values.WORDS_SALT))
    prepared = sealed.prepare(letter.content, letter.identity, (), store.desk_key(), reporter=keys)
    once = _derived(seed, told, b"letter-once", 16).hex()

    def keep() -> Kept:
        with writing():
            return store.put_report(
                prepared,
                policy.current(),
                entrance=letter.entrance,
                groups=letter.groups,
                urgent=letter.urgent,
                once=once,
                burst=letter.burst,
            )

    return Sent(_once_more(keep), made)


def add(report_id: str, content: Content, files: Sequence[Upload], seed: bytes) -> None:
    """Seal and store what a reporter adds; the same form again changes nothing. Raises like `send`."""
    told = _bytes_of(content) + b"".join(hashlib.sha256(file.data).digest() for file in files)
    once = _derived(seed, told, b"letter-add", 16).hex()
    prepared = sealed.prepare_message_in(content, files, store.desk_key(), once)

    def keep() -> None:
        with writing():
            store.add_message_in(report_id, prepared)

    _once_more(keep)


def _once_more(keep: Callable[[], T]) -> T:
    """A button pressed twice at the same moment: whoever comes second finds what the first one stored."""
    try:
        return keep()
    except IntegrityError:
        return keep()


def _bytes_of(content: Content) -> bytes:
    return json.dumps(asdict(content), sort_keys=True).encode()


def _derived(seed: bytes, told: bytes, purpose: bytes, size: int) -> bytes:
    return hashlib.blake2b(told, key=seed, digest_size=size, person=purpose).digest()
