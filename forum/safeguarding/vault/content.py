"""What stands inside the seal beside what was told: who told it, and files. Only the desk can open it."""

import json
from dataclasses import asdict, dataclass

from forum.sealing.content import UNKNOWN, Content, Paragraph

__all__ = ["UNKNOWN", "Content", "Identity", "Paragraph", "Upload"]


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
