"""What is told about a child, as it goes into a box: one format for letterbox and hatch."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

# The place for which the forum seals: it never learns the name under which the other side files a box.
REFERRAL = "forum:referral"

UNKNOWN = "unknown"  # 「わからない」: an answer of its own, never the same as a no


@dataclass(frozen=True)
class Paragraph:
    """A piece of what was told.

    kind: seen, heard, said (by whom stands in `who`), supposed, or told when nobody sorted it.
    telling: the reporter says that this piece would give away who reported (N9): it stands in no paper
    that leaves the desk.
    """

    text: str
    kind: str = "told"
    who: str = ""
    telling: bool = False


@dataclass(frozen=True)
class Content:
    """A report without its reporter. `answers` holds the optional questions by the id of their field."""

    paragraphs: tuple[Paragraph, ...]
    clue: str = ""
    clue_telling: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    child_wrote: bool = False  # the strictest label: no print or export without a second person

    def text(self) -> str:
        """All that was told, a paragraph a line."""
        return "\n".join(one.text for one in self.paragraphs)

    def to_bytes(self) -> bytes:
        """JSON for sealing."""
        return json.dumps({"v": 1, **asdict(self)}, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Content":
        """The value that `to_bytes` wrote."""
        read: dict[str, Any] = json.loads(raw)
        read.pop("v")
        return cls(**{**read, "paragraphs": tuple(Paragraph(**one) for one in read["paragraphs"])})
