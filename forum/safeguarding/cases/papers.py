"""The only text of a case that may leave the desk: every print, letter and export is made from this.

Arrival is rounded to the day; how it came in, who reported, photos, and whatever would tell who reported
stay inside. What a child wrote leaves only after a second person agreed (`child_text`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from forum import clock
from forum.safeguarding.cases import queries, reading
from forum.safeguarding.cases.rules import papers
from forum.safeguarding.cases.types import Child, Entry, Person, Sighting, Task
from forum.safeguarding.vault import marks, opening
from forum.safeguarding.vault import queries as vault
from forum.safeguarding.vault.content import Content, Identity
from forum.safeguarding.vault.opening import KeyRing
from forum.safeguarding.vault.questions import KINDS, in_words


@dataclass(frozen=True)
class ToldPiece:
    """A piece of a report, with how it was known and, for hearsay, by whom it was said."""

    kind: str
    text: str
    said_by: str


@dataclass(frozen=True)
class PaperReport:
    """One report, without its reporter: the day, the pieces, the clue, questions with answers in words."""

    received_on: date
    pieces: tuple[ToldPiece, ...]
    clue: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PaperEntry:
    """A line of the chronology, with the day alone: the hour of a call may tell who called."""

    day: date
    kind: str
    text: str
    said_by: str
    disclosure: str


@dataclass(frozen=True)
class PaperChild:
    """A child, and when somebody last saw it in person."""

    label: str
    kana: str
    birth: str
    note: str
    last_seen_at: datetime | None


@dataclass(frozen=True)
class PaperSighting:
    """Who was met, seen or heard of. `child`: as it is called, empty where only adults were met."""

    child: str
    kind: str
    seen_at: datetime
    who: str
    where: str
    how: str


@dataclass(frozen=True)
class PaperTask:
    """Something to be done, or done."""

    kind: str
    due_on: date
    done_on: date | None
    text: str
    result: str


@dataclass(frozen=True)
class PapersView:
    """What may be printed or handed over of a case. `child_wrote`: the strictest label is on it."""

    case_id: str
    groups: tuple[str, ...]
    urgent: bool
    received_on: date
    child_wrote: bool
    reports: tuple[PaperReport, ...]
    children: tuple[PaperChild, ...]
    people: tuple[Person, ...]
    sightings: tuple[PaperSighting, ...]
    chronology: tuple[PaperEntry, ...]
    tasks: tuple[PaperTask, ...]


@dataclass(frozen=True)
class _Opened:
    """One report in memory, with what came after it; the identity is only there to be kept out."""

    received_at: datetime
    content: Content
    additions: tuple[Content, ...]
    identity: Identity

    def contents(self) -> tuple[Content, ...]:
        return (self.content, *self.additions)


class _Sieve:
    """Lets texts pass that tell nothing of who reported, and quote no child who wrote itself."""

    def __init__(self, opened: Iterable[_Opened], child_text: bool) -> None:
        known = tuple(opened)
        self.phrases = papers.telling_phrases(each for one in known for each in one.contents())
        if not child_text:
            self.phrases |= papers.child_phrases(each for one in known for each in one.contents())
        self.names = papers.reporter_names(one.identity for one in known)

    def __call__(self, text: str) -> str:
        """The text, or nothing."""
        return text if papers.may_leave(text, self.phrases, self.names) else ""

    def field(self, text: str) -> str:
        """A field of a child or an adult: a relative who reported may share the family's name."""
        return text if papers.may_leave(text, self.phrases) else ""


def papers_view(case_id: str, ring: KeyRing, *, child_text: bool = False) -> PapersView:
    """What may leave the desk of a case and of all merged into it.

    `child_text`: a second person agreed that what a child wrote may leave. Raises NotFound, Unopenable.
    """
    case = queries.case(case_id)
    opened = tuple(_open(case.ids, ring))
    sieve = _Sieve(opened, child_text)
    children = reading.children(case_id, ring)
    called = {one.id: one.label for one in reading.children(case_id, ring, dropped=True)}
    return PapersView(
        case_id=case.id,
        groups=case.groups,
        urgent=case.urgent,
        received_on=clock.local(min((one.received_at for one in opened), default=case.opened_at)).date(),
        child_wrote=any(one.content.child_wrote for one in opened),
        reports=tuple(_report(one, sieve) for one in opened if child_text or not one.content.child_wrote),
        children=tuple(_child(one, sieve) for one in children),
        people=tuple(_person(one, sieve) for one in reading.people(case_id, ring)),
        sightings=tuple(_sighting(one, called, sieve) for one in reading.sightings(case_id, ring)),
        chronology=tuple(_entries(reading.chronology(case_id, ring), sieve)),
        tasks=tuple(_task(one, sieve) for one in reading.tasks(case_id, ring)),
    )


def _open(case_ids: tuple[str, ...], ring: KeyRing) -> Iterable[_Opened]:
    for sealed in vault.reports_of(case_ids):
        told = opening.open_report(ring, sealed)
        messages = [opening.open_message(ring, one) for one in vault.messages_of(sealed.id)]
        contents = [one for one in messages if isinstance(one, Content)]
        yield _Opened(
            sealed.received_at,
            marks.marked(told, contents),
            tuple(
                replace(one, child_wrote=one.child_wrote or told.child_wrote)
                for one in contents
                if not marks.is_marking(one)
            ),
            opening.open_identity(ring, sealed),
        )


def _report(opened: _Opened, sieve: _Sieve) -> PaperReport:
    pieces = [
        ToldPiece(KINDS.get(one.kind, one.kind), one.text, sieve(one.who))
        for content in opened.contents()
        for one in content.paragraphs
        if not one.telling and sieve(one.text)
    ]
    answers = [
        (label, value)
        for content in opened.contents()
        for label, value in in_words(papers.safe_answers(content.answers))
        if sieve(value)
    ]
    clue = "" if opened.content.clue_telling else sieve(opened.content.clue)
    return PaperReport(clock.local(opened.received_at).date(), tuple(pieces), clue, tuple(answers))


def _child(one: Child, sieve: _Sieve) -> PaperChild:
    return PaperChild(
        sieve.field(one.label),
        sieve.field(one.kana),
        sieve.field(one.birth),
        sieve(one.note),
        one.last_seen_at,
    )


def _person(one: Person, sieve: _Sieve) -> Person:
    fields = {name: sieve.field(getattr(one, name)) for name in ("name", "kana", "birth", "phone", "address")}
    return replace(one, note=sieve(one.note), **fields)


def _sighting(one: Sighting, called: Mapping[str, str], sieve: _Sieve) -> PaperSighting:
    child = sieve.field(called.get(one.child_id or "", ""))
    return PaperSighting(child, one.kind, one.seen_at, sieve(one.who), sieve(one.where), sieve(one.how))


def _task(one: Task, sieve: _Sieve) -> PaperTask:
    done_on = clock.local(one.done_at).date() if one.done_at else None
    return PaperTask(one.kind, clock.local(one.due_at).date(), done_on, sieve(one.text), sieve(one.result))


def _entries(lines: Iterable[Entry], sieve: _Sieve) -> Iterable[PaperEntry]:
    """The lines in force; what was marked as telling, or quotes what was, is left out whole."""
    for one in lines:
        told = one.disclosure == "telling" or not sieve(one.text)
        if not one.corrected and not told:
            day = clock.local(one.happened_at).date()
            yield PaperEntry(day, one.kind, one.text, sieve(one.said_by), one.disclosure)
