"""Write what the other side has not acknowledged; read what it wrote. Both may be killed anywhere."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from nacl.signing import SigningKey, VerifyKey
from sqlalchemy import delete, select

from forum import clock
from forum.safeguarding.exchange import things
from forum.safeguarding.exchange.bundle import BadBundle, Bundle, digest_of, packed, read_bundle, some
from forum.safeguarding.exchange.models import AcknowledgedRow, PeerRow, ToAcknowledgeRow
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault import values
from forum.safeguarding.vault.db import vault_db, writing

SUFFIX = ".kosodate"
THINGS_A_FILE = 50  # a photo has megabytes; what is left goes with the next file
OTHER = {things.LETTERBOX: things.DESK, things.DESK: things.LETTERBOX}


def own_key() -> bytes:
    """The public key that the other machine must trust, 32 bytes."""
    return bytes(SigningKey(values.get(values.EXCHANGE_SEED)).verify_key)


def trust(verify_key: bytes) -> None:
    """Take the other machine's public key, inside the open transaction."""
    VerifyKey(verify_key)
    vault_db.session.execute(delete(PeerRow))
    vault_db.session.add(PeerRow(id=1, verify_key=verify_key, fetched_at=clock.now()))


def write_files(side: str, folder: Path) -> int:
    """Write one file with what the other side lacks; returns how many things are in it.

    A file goes out even when it holds nothing: the other side must see that this one is alive.
    """
    chosen = dict(islice(things.OF[side](THINGS_A_FILE), THINGS_A_FILE))
    taken = {row.name: row.digest for row in vault_db.session.scalars(select(ToAcknowledgeRow))}
    heard = vault_db.session.scalar(select(PeerRow.last_number)) or 0
    number = int(clock.now().timestamp() * 1000)
    while (target := folder / f"{side}-{number}{SUFFIX}").exists():
        number += 1
    told = {name: packed(digest) or "" for name, digest in taken.items()}
    bundle = Bundle(side, number, chosen, told, heard)
    raw = bundle.signed(SigningKey(values.get(values.EXCHANGE_SEED)))
    vault_db.session.rollback()
    fresh = target.with_suffix(".part")
    with fresh.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(target)
    if taken:  # should this file be lost, the other side sends those things again, and they are told again
        with writing():
            vault_db.session.execute(delete(ToAcknowledgeRow).where(ToAcknowledgeRow.name.in_(taken)))
    return len(chosen)


def read_files(side: str, folder: Path, policy: Policy) -> int:
    """Take every file of the other side, oldest first, and remove it; returns how many were taken.

    Raises BadBundle for a file that the other machine did not sign; it stays where it is.
    """
    peer = vault_db.session.scalar(select(PeerRow))
    if peer is None:
        raise BadBundle("no machine is trusted yet")
    key = VerifyKey(peer.verify_key)
    vault_db.session.rollback()
    taken = 0
    for path in sorted(folder.glob(f"{OTHER[side]}-*{SUFFIX}")):
        bundle = read_bundle(path.read_bytes(), key, OTHER[side])
        with writing():
            _take(bundle, policy)
        path.unlink()
        taken += 1
    return taken


def _take(bundle: Bundle, policy: Policy) -> None:
    for name, thing in bundle.things.items():
        things.take(name, dict(thing), policy)
        vault_db.session.merge(ToAcknowledgeRow(name=name, digest=digest_of(thing)))
    _note_acknowledged(bundle.acknowledged)
    peer = vault_db.session.scalars(select(PeerRow)).one()
    if bundle.number > peer.last_number:  # an old file that is read again says nothing about today
        peer.heard_at, peer.last_number = clock.now(), bundle.number
        if bundle.heard:  # the number of a file is the moment at which we wrote it, by our own clock
            peer.fetched_at = datetime.fromtimestamp(bundle.heard / 1000, UTC)


def _note_acknowledged(digests: Mapping[str, str]) -> None:
    for name, digest in digests.items():
        vault_db.session.merge(AcknowledgedRow(name=name, digest=some(digest)))


def heard_at() -> datetime | None:
    """When the other side was last heard; None if it never was."""
    return vault_db.session.scalar(select(PeerRow.heard_at))


def fetched_at() -> datetime | None:
    """When the newest of our files was written that the other has read; at first, when it was trusted."""
    return vault_db.session.scalar(select(PeerRow.fetched_at))
