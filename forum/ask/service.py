"""The whole flow of a worry, read from top to bottom: post it, then answer it."""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar, cast

from flask import current_app

from forum import clock
from forum.ask import leads, rules
from forum.ask.types import Answer, Experience, Layer, Situation, Worry
from forum.board import queries as board
from forum.board.types import FoundThread
from forum.city.current import current
from forum.city.types import CityPack
from forum.directory import queries as directory
from forum.directory.matching import match
from forum.directory.types import Match, Need, Service
from forum.doors.choice import choose
from forum.doors.types import DoorAnswer
from forum.errors import Refused
from forum.language.concepts import Thesaurus
from forum.language.tokens import remembering
from forum.safety.signs import read_signs
from forum.safety.types import Signs
from forum.search.passages import passage_of
from forum.search.service import SearchIndex
from forum.search.types import Document, Hit

log = logging.getLogger("forum.ask")

SHOWN = 4  # one in sight, the rest behind 「ほか3件」
CANDIDATES = 30
AT_ONCE = 15  # hits whose threads are read together
BUDGET_SECONDS = 1.0

T = TypeVar("T")


def search_index() -> SearchIndex:
    """The index of the running app."""
    return cast(SearchIndex, current_app.extensions["search"])


def thesaurus() -> Thesaurus:
    """The words of this city and of the country."""
    return cast(Thesaurus, current_app.extensions["thesaurus"])


def answer_for(worry: Worry) -> Answer:
    """The three layers for a worry: each may fail alone, and says so.

    A layer that takes longer than its budget is still shown once, but its slowness is logged.
    """
    with remembering():  # three readers of one text
        signs = signs_of(worry)
        experiences = _layer("experiences", lambda: _experiences(worry))
        services = _layer("services", lambda: _services(worry, signs))
    themes = tuple(theme.id for theme in signs.themes)
    door = _door(themes, clock.now())
    return Answer(
        experiences=experiences,
        services=services,
        door=door,
        door_first=rules.door_first(themes),
        lead=leads.lead_of(worry.text, themes),
    )


def services_for(worry: Worry) -> Layer[Match]:
    """What of the city's services fits a worry, for reading later."""
    with remembering():
        signs = signs_of(worry)
        return _layer("services", lambda: _services(worry, signs))


def signs_of(worry: Worry) -> Signs:
    """The signs in a worry. A title that only repeats how the text begins says nothing more."""
    repeated = worry.text.startswith(worry.title.rstrip("…"))
    return read_signs(worry.text if repeated else f"{worry.title}\n{worry.text}")


def _layer(name: str, look: Callable[[], Sequence[T]]) -> Layer[T]:
    started = time.monotonic()
    try:
        found = tuple(look())
    except Exception as error:  # noqa: BLE001  (a broken shelf must not take the others with it)
        log.error("layer %s failed: %s", name, type(error).__name__)
        return Layer(failed=True)
    if time.monotonic() - started > BUDGET_SECONDS:
        log.warning("layer %s was slow", name)
    return Layer(found)


def _door(themes: Sequence[str], at: datetime) -> DoorAnswer | None:
    try:
        return choose(current().doors, themes, at)
    except Exception as error:  # noqa: BLE001
        log.error("layer door failed: %s", type(error).__name__)
        return None


def _experiences(worry: Worry) -> list[Experience]:
    index = search_index()
    if not index.ready():
        raise Refused("index_not_ready")
    exclude = (worry.thread_id,) if worry.thread_id else ()
    hits = index.similar(worry.title, worry.text, limit=CANDIDATES, exclude=exclude)
    found = board.threads_by_ids([hit.id for hit in hits], board.Filters())
    situations = {f.line.id: Situation(f.line.board, f.line.child_age_months) for f in found}
    hits = rules.alike(hits, Situation(worry.board, worry.child_age_months), situations)
    return _experiences_of(hits, found, SHOWN)


def experiences_of(hits: Sequence[Hit], filters: board.Filters, start: int, limit: int) -> list[Experience]:
    """A page of hits as threads that may be shown now, in the order of the hits, each with its passage.

    Most hits are shown as they come; only filters that leave little make it look further down.
    """
    passed: list[tuple[Hit, FoundThread]] = []
    for place in range(0, len(hits), AT_ONCE):
        some = hits[place : place + AT_ONCE]
        by_id = {t.line.id: t for t in board.threads_by_ids([hit.id for hit in some], filters)}
        passed.extend((hit, by_id[hit.id]) for hit in some if hit.id in by_id)
        if len(passed) >= start + limit:
            break
    return [_experience(hit, thread) for hit, thread in passed[start : start + limit]]


def _experiences_of(hits: Sequence[Hit], found: Sequence[FoundThread], limit: int) -> list[Experience]:
    by_id = {thread.line.id: thread for thread in found}
    shown = [(hit, by_id[hit.id]) for hit in hits if hit.id in by_id][:limit]
    return [_experience(hit, thread) for hit, thread in shown]


def _experience(hit: Hit, thread: FoundThread) -> Experience:
    document = Document(hit.id, thread.title, thread.body, tuple(reply.body for reply in thread.replies))
    passage = passage_of(document, hit.words, thesaurus=thesaurus(), concepts=hit.concepts)
    reply = thread.replies[passage.reply] if passage.reply is not None else None
    return Experience(thread.line, passage.segments, reply.kind if reply else None)


def need_of(worry: Worry, pack: CityPack) -> Need:
    """What the directory is asked for; a block stands for all its districts."""
    districts = pack.districts_of(worry.district) if worry.district else frozenset()
    return Need(worry.text, worry.title, worry.child_age_months, worry.district or "", districts)


def offered(
    worry: Worry, signs: Signs, services: Sequence[Service], pack: CityPack, words: Thesaurus
) -> list[Match]:
    """The services that the answer shows for a worry."""
    found = match(need_of(worry, pack), services, pack.categories, words, signs)
    return rules.fitting(found, rules.door_first([theme.id for theme in signs.themes]))


def _services(worry: Worry, signs: Signs) -> list[Match]:
    return offered(worry, signs, directory.all_services(), current(), thesaurus())
