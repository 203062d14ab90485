"""Values of the papers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Shape = Literal["facts", "table", "words", "stamps", "blank", "page"]


@dataclass(frozen=True)
class Section:
    """A section of a template: where its rows come from, or what is printed for a hand to fill in."""

    heading: str
    source: str
    text: str = ""
    labels: tuple[str, ...] = ()
    lines: int = 0


@dataclass(frozen=True)
class Template:
    """A paper. `heading` stands on it, `name` on pages and in the file: neutral."""

    id: str
    heading: str
    name: str
    about: str
    child_text: bool
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Block:
    """A part of a paper, ready to be drawn: rows of texts, under `header` where it is a table."""

    heading: str
    shape: Shape
    rows: tuple[tuple[str, ...], ...] = ()
    header: tuple[str, ...] = ()
    lines: int = 0


@dataclass(frozen=True)
class Composed:
    """A whole paper in words. `footer` says who printed it, and on which day."""

    heading: str
    name: str
    footer: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Approval:
    """Somebody wants to print what a child wrote. It counts when another person agreed, once, for a while."""

    id: str
    case_id: str
    kind: str
    asked_by: int
    asked_at: datetime
    answered_by: int | None = None
    answered_at: datetime | None = None
    agreed: bool = False
    used_at: datetime | None = None
    reason: str = ""
