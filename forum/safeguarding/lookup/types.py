"""Values of the lookup: what is drawn out of texts, what is found, and why.

None of them says its content when it is printed: a name must not reach a log by way of an error.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, repr=False)
class Name:
    """A name as written, its kanji in one spelling, and its parts (surname, given name) by their sound."""

    words: str
    folded: str
    sounds: tuple[str, ...] = ()  # of the parts, in order; empty where nobody knows how it is read
    family: bool = False  # begins with a family's name, as far as the dictionary knows

    @property
    def sound(self) -> str:
        """How the whole name is read; "" where unknown."""
        return "".join(self.sounds)


@dataclass(frozen=True, repr=False)
class Place:
    """A place in normal form. `numbers` are 丁目, 番地, 号; what is unknown is empty.

    `floor` is 0 where unknown, `landmark` true where the name is no home but something near it.
    """

    words: str
    town: str = ""
    town_sound: str = ""
    numbers: tuple[str, ...] = ()
    building: str = ""
    room: str = ""
    floor: int = 0
    landmark: bool = False


@dataclass(frozen=True, repr=False)
class Age:
    """The years in which somebody must have been born, from a birthday or an age that was guessed."""

    words: str
    first: int
    last: int


@dataclass(frozen=True, repr=False)
class Sign:
    """Something heard, seen, or an hour of the day; `kind` is one of a few, `words` as written."""

    kind: str
    words: str


@dataclass(frozen=True, repr=False)
class Part:
    """What was drawn out of one thing that was written.

    `source`: "report:<id>", "message:<once>", "entry:<id>", "child:<id>", "person:<id>".
    """

    source: str
    names: tuple[Name, ...] = ()
    places: tuple[Place, ...] = ()
    schools: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    ages: tuple[Age, ...] = ()
    signs: tuple[Sign, ...] = ()
    hours: tuple[Sign, ...] = ()
    line: str = ""


@dataclass(frozen=True, repr=False)
class Summary:
    """All that was drawn out of a case; `version` is the case's when it was made."""

    case_id: str
    version: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, repr=False)
class Match:
    """Why something was found: the field, the words that stand there, and in which way they agree."""

    field: str
    words: str
    how: str
    near: bool = False  # agrees only but for one letter


@dataclass(frozen=True)
class Line:
    """The clear fields of a case that was found. `case_id` is the case in which it stands now."""

    case_id: str
    status: str
    opened_at: datetime
    holder_id: int | None


@dataclass(frozen=True, repr=False)
class Found:
    """A case that was found, with every reason."""

    case: Line
    matches: tuple[Match, ...]

    @property
    def near(self) -> bool:
        """True if some word agrees only but for one letter."""
        return any(match.near for match in self.matches)


@dataclass(frozen=True, repr=False)
class Answer:
    """What a search found, latest first. `whole`: every word agreed, else only some of them did.

    `more`: how many stand beyond these. `unread`: how many cases could not be read yet.
    """

    found: tuple[Found, ...]
    whole: bool = True
    more: int = 0
    unread: int = 0


@dataclass(frozen=True, repr=False)
class Reason:
    """Why two cases may concern one house: in words, both sides."""

    kind: str
    ours: str
    theirs: str


@dataclass(frozen=True, repr=False)
class Suggestion:
    """Another case that may concern the same house. A person decides."""

    case: Line
    reasons: tuple[Reason, ...]
