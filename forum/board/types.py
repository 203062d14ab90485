"""Threads and posts as other rooms and pages see them. `id` is always the public id, ten characters."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from forum import clock

POSTS_PER_PAGE = 50


class Kind(StrEnum):
    """What a reply gives."""

    EXPERIENCE = "experience"
    ADVICE = "advice"
    EMPATHY = "empathy"
    INFO = "info"


class Visibility(StrEnum):
    """Who may see it: everybody; nobody until a person has looked; nobody; it is gone."""

    PUBLIC = "public"
    HELD = "held"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


class Origin(StrEnum):
    """Where it came from; never changed afterwards."""

    PARENT = "parent"
    COUNTER = "counter"  # told at a window or on the telephone, written down by staff
    OFFICER = "officer"  # somebody of the city answers as the city
    SAMPLE = "sample"
    CITY = "city"


@dataclass(frozen=True, kw_only=True)
class ThreadLine:
    """A thread as one line of a list. `child_age_months` is below 0 during pregnancy."""

    id: str
    title: str
    extract: str  # the first words of the text
    board: str | None
    child_age_months: int | None
    district: str | None
    origin: Origin
    listed_at: datetime  # on sensitive boards the beginning of the day
    last_activity_at: datetime
    solved: bool
    reply_count: int  # all that can be seen
    answer_count: int  # those by others than the asker
    me_too_count: int


@dataclass(frozen=True, kw_only=True)
class Thread(ThreadLine):
    """A whole thread without its replies. Withdrawn: title and body are empty."""

    body: str
    visibility: Visibility
    created_at: datetime
    edited_at: datetime | None
    handle: str | None  # None for what the city prepared
    revision: int
    locked: bool = False  # only somebody of the city may still answer
    cards: tuple[str, ...] = ()  # ids of the danger cards that stand beside it

    @property
    def withdrawn(self) -> bool:
        return self.visibility is Visibility.WITHDRAWN


@dataclass(frozen=True, kw_only=True)
class Post:
    """One reply. Withdrawn: the body is empty. `number` counts from 1 inside the thread."""

    id: str
    thread_id: str
    number: int
    kind: Kind
    body: str
    origin: Origin
    visibility: Visibility
    created_at: datetime
    edited_at: datetime | None
    helped_count: int
    handle: str | None
    by_asker: bool
    cards: tuple[str, ...] = ()

    @property
    def withdrawn(self) -> bool:
        return self.visibility is Visibility.WITHDRAWN

    @property
    def anchor(self) -> str:
        """The place of the reply on its page, without the '#'."""
        return f"r{self.number}"

    @property
    def page(self) -> int:
        """The page of its thread on which the reply stands, from 1."""
        return (self.number - 1) // POSTS_PER_PAGE + 1


@dataclass(frozen=True)
class Page:
    """A thread with one page of its replies, oldest first; pages count from 1."""

    thread: Thread
    posts: tuple[Post, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class FoundThread:
    """A thread behind a search result: its line, and the texts in which the passage is looked for."""

    line: ThreadLine
    title: str
    body: str
    replies: tuple[Post, ...]


@dataclass(frozen=True)
class Found:
    """What was read in a text before it was stored; kept beside it until it is decided or withdrawn.

    level: of danger, 0 to 3. rules: ids of the rules of signs that fired. cards: ids of danger cards.
    keep_inside: the writer said 「だれにも渡さない」. first: this hand had never written here before.
    """

    level: int = 0
    rules: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    keep_inside: bool = False
    first: bool = False


@dataclass(frozen=True, kw_only=True)
class NewThread:
    """What is needed to open a thread. Texts are masked already.

    public_id: made before, because `author_tag` is made from it; None for what the city prepared.
    title: empty when one is to be proposed from the text.
    once: random key of the form, so that the same form sent twice posts once.
    child_age_months: below 0 during pregnancy.
    """

    public_id: str
    author_tag: str | None
    once: str | None
    body: str
    title: str = ""
    board: str | None = None
    child_age_months: int | None = None
    district: str | None = None
    created_at: datetime = field(default_factory=clock.now)
    visibility: Visibility = Visibility.PUBLIC
    origin: Origin = Origin.PARENT
    found: Found = Found()


@dataclass(frozen=True, kw_only=True)
class NewReply:
    """What is needed to reply to a thread. The text is masked already."""

    thread_id: str
    author_tag: str | None
    once: str | None
    kind: Kind
    body: str
    created_at: datetime = field(default_factory=clock.now)
    visibility: Visibility = Visibility.PUBLIC
    origin: Origin = Origin.PARENT
    found: Found = Found()


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A text as those see it who look after the board, whoever else may. `post_id` None: the thread's own.

    title: of the thread. body: empty when withdrawn, `kept` then says whether it is still here to be
    decided. turns: the numbers of the replies of the same hand in this thread; 0 stands for the worry.
    """

    thread_id: str
    post_id: str | None
    number: int
    title: str
    body: str
    kept: bool
    board: str | None
    origin: Origin
    visibility: Visibility
    thread_visibility: Visibility
    created_at: datetime
    edited_at: datetime | None
    locked: bool
    handle: str | None
    turns: tuple[int, ...]
    found: Found

    @property
    def key(self) -> str:
        """Names the text among all texts."""
        return f"{self.thread_id}/{self.post_id or ''}"

    @property
    def written_at(self) -> datetime:
        """When its writer last touched it."""
        return self.edited_at or self.created_at
