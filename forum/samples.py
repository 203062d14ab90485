"""Threads that nobody wrote here: the city's seeds, and the samples of the demonstration.

Both are marked by their origin, which no role can change, and are loaded once.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from forum import clock
from forum.board import importing
from forum.board.types import Kind, Origin
from forum.city.types import CityPack, Sample
from forum.db import writing

SEED_AGE = timedelta(days=100)  # older than any sample: what people write comes first in every list
BATCH = 10


def load(pack: CityPack, *, samples: bool, progress: Callable[[int], None] | None = None) -> int:
    """Write the seeds, and the samples if wanted, that are not there yet; returns how many."""
    now = clock.now()
    entries = [
        importing.Entry(
            key=f"seed:{seed.id}",
            origin=Origin.CITY,
            title=seed.title,
            body=seed.body,
            board=seed.board,
            created_at=now - SEED_AGE,
        )
        for seed in pack.seeds
    ]
    if samples:
        entries.extend(_entry(sample, now) for sample in pack.samples())
    missing = importing.missing(entries)
    for start in range(0, len(missing), BATCH):
        with writing():
            for entry in missing[start : start + BATCH]:
                importing.add(entry)
        if progress:
            progress(min(start + BATCH, len(missing)))
    return len(missing)


def _entry(sample: Sample, now: datetime) -> importing.Entry:
    created = now - timedelta(days=sample.days_ago)
    replies = tuple(
        importing.EntryReply(
            kind=Kind(reply.kind),
            body=reply.body,
            created_at=min(created + timedelta(hours=reply.hours_after), now),
            voice=reply.voice or f"voice-{number}",
            helped=reply.helped,
        )
        for number, reply in enumerate(sample.replies)
    )
    last = max((reply.created_at for reply in replies), default=created)
    return importing.Entry(
        key=f"sample:{sample.id}",
        origin=Origin.SAMPLE,
        title=sample.title,
        body=sample.body,
        board=sample.board,
        child_age_months=sample.child_age_months,
        district=sample.district or None,
        created_at=created,
        replies=replies,
        me_too=sample.me_too,
        solved_at=last if sample.solved else None,
    )
