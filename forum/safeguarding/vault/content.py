"""What stands inside the seal, as values and as bytes. Both doors know it; only the desk can open it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

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


@dataclass(frozen=True)
class Identity:
    """Who reported, as far as they told: opened only after a step-up, printed on nothing."""

    name: str = ""
    relation: str = ""
    phone: str = ""
    safe_to_call: str = ""
    organisation: str = ""

    def __bool__(self) -> bool:
        return any((self.name, self.relation, self.phone, self.safe_to_call, self.organisation))

    def to_bytes(self) -> bytes:
        """JSON for sealing."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Identity":
        """The value that `to_bytes` wrote."""
        return cls(**json.loads(raw))


@dataclass(frozen=True)
class Upload:
    """A file after checking: `media_type` is what it was found to be, never what it claimed."""

    name: str
    media_type: str
    data: bytes

    def to_bytes(self) -> bytes:
        """A line of JSON, then the bytes."""
        return json.dumps({"name": self.name, "type": self.media_type}).encode() + b"\n" + self.data

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Upload":
        """The value that `to_bytes` wrote."""
        head, _, data = raw.partition(b"\n")
        read = json.loads(head)
        return cls(read["name"], read["type"], data)
