"""The one way by which a visitor's text may become public."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from forum import clock
from forum.city.types import CityPack
from forum.privacy.input import clean_input
from forum.privacy.masking import mask
from forum.privacy.narrowing import Narrowing, Population, joined, narrowing
from forum.privacy.types import Masked
from forum.safety.signs import read_signs
from forum.safety.types import Signs


@dataclass(frozen=True)
class Reviewed:
    """What the gate found in one text. `clean` is what the writer typed, without invisible marks.

    masked: what is hidden. narrowing: which clues together tell of few families; advice.
    """

    clean: str
    signs: Signs
    masked: Masked
    narrowing: Narrowing

    @property
    def offered(self) -> Masked:
        """The public form offered to the writer: hidden details, and coarser words where clues narrow."""
        return joined(self.masked, self.narrowing)

    @property
    def interrupted(self) -> bool:
        """True if the writer sees the public preview before the text goes out."""
        return bool(self.masked.spans) or self.narrowing.narrow

    def public_text(self, kept: Iterable[int] = ()) -> str:
        """The text to store: as offered, but for the spans (by number) that the writer may and will show."""
        return self.offered.apply(set(kept))


def review(text: str, city: CityPack, *, beside: Collection[str] = ()) -> Reviewed:
    """Read a text before anything of it is stored: signs first, on the unmasked text, then masking.

    beside: kinds of clues that the form tells next to the text ("age").
    """
    clean = clean_input(text).strip()
    signs = read_signs(clean)
    districts = frozenset(district.name for district in city.districts)
    masked = mask(clean, city.service_numbers, districts)
    clues = narrowing(
        clean,
        Population(
            {name: frozenset((name,)) for name in districts}, city.counts.children if city.counts else {}
        ),
        clock.today(),
        hidden=masked.spans,
        beside=beside,
    )
    return Reviewed(clean, signs, masked, clues)


def told_beside(child_age_months: int | None) -> tuple[str, ...]:
    """The kinds of clues that a thread's fields tell next to its text."""
    return ("age",) if child_age_months is not None else ()
