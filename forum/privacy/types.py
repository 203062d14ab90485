"""Values of the privacy room."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Find(NamedTuple):
    """A detail in a normalised text: characters `start` to `end`, kind as in `Span`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Public:
    """What the city says of itself: telephone numbers of services, as digits (and "#") only, which anybody
    may read, and its school districts, after which schools are called."""

    numbers: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()


# A detector reads a normalised text and says where its kind of detail stands.
Detector = Callable[[str, Public], Iterable[Find]]


@dataclass(frozen=True)
class Span:
    """One detail of a text. `start` and `end` count characters of the text as typed.

    kind: phone, email, address, line_id (any account id), plate, url, person_name, school_name or
    institution (clinic, employer). A `forced` span is hidden whatever the writer says: a telephone
    number once read by strangers cannot be taken back.
    """

    start: int
    end: int
    kind: str
    original: str = field(repr=False)
    replacement: str
    forced: bool


@dataclass(frozen=True)
class Masked:
    """A text with the details found in it, in order of place and never overlapping."""

    original: str = field(repr=False)
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The text with every detail hidden."""
        return self.apply(())

    def apply(self, kept: Collection[int]) -> str:
        """The text with details hidden, but for those whose place in `spans` is in `kept` and not forced."""
        parts: list[str] = []
        place = 0
        for number, span in enumerate(self.spans):
            shown = number in kept and not span.forced
            parts += (self.original[place : span.start], span.original if shown else span.replacement)
            place = span.end
        return "".join(parts) + self.original[place:]

    def pieces(self) -> list["Piece"]:
        """The text as typed, cut at the details, in order; for showing what will be hidden in its place."""
        found: list[Piece] = []
        place = 0
        for span in self.spans:
            found += (Piece(self.original[place : span.start], None), Piece(span.original, span))
            place = span.end
        found.append(Piece(self.original[place:], None))
        return [piece for piece in found if piece.text]


class Piece(NamedTuple):
    """A stretch of a text as typed, and the detail that it is."""

    text: str
    span: Span | None
