"""The one way by which a visitor's text may become public."""

from collections.abc import Iterable
from dataclasses import dataclass

from forum.privacy.input import clean_input
from forum.privacy.masking import mask
from forum.privacy.types import Masked
from forum.safety.signs import read_signs
from forum.safety.types import Signs


@dataclass(frozen=True)
class Reviewed:
    """What the gate found in one text. `clean` is what the writer typed, without invisible marks."""

    clean: str
    signs: Signs
    masked: Masked

    @property
    def interrupted(self) -> bool:
        """True if the writer sees the public preview before the text goes out."""
        return bool(self.masked.spans)

    def public_text(self, kept: Iterable[int] = ()) -> str:
        """The text to store: masked, but for the spans (by number) that the writer may and will show."""
        return self.masked.apply(set(kept))


def review(text: str, service_numbers: frozenset[str] = frozenset()) -> Reviewed:
    """Read a text before anything of it is stored: signs first, on the unmasked text, then masking."""
    clean = clean_input(text).strip()
    return Reviewed(clean, read_signs(clean), mask(clean, service_numbers))
