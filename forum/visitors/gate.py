"""The one way by which a visitor's text may become public."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from forum import clock
from forum.city.types import CityPack
from forum.privacy.complaints import complains_of_named
from forum.privacy.input import clean_input
from forum.privacy.masking import mask
from forum.privacy.narrowing import Narrowing, Population, joined, narrowing
from forum.privacy.types import Masked
from forum.safety.cards import cards_for
from forum.safety.danger import read_danger
from forum.safety.rules import handling
from forum.safety.signs import read_signs
from forum.safety.types import Danger, FoundSign, Handling, Signs

# Details by which somebody could come to help.
REACHABLE = frozenset({"phone", "address"})


@dataclass(frozen=True)
class Reviewed:
    """What the gate found in one text. `clean` is what the writer typed, without invisible marks.

    danger, handling: signs of danger in the unmasked text, and what they ask for. cards: ids of the danger
    cards that belong beside it. masked: what is hidden. narrowing: which clues together tell of few families;
    advice. districts: of the city, after which schools are called.
    """

    clean: str
    signs: Signs
    danger: Danger
    handling: Handling
    cards: tuple[str, ...]
    masked: Masked
    narrowing: Narrowing
    districts: frozenset[str] = frozenset()

    @property
    def offered(self) -> Masked:
        """The public form offered to the writer: hidden details, and coarser words where clues narrow."""
        return joined(self.masked, self.narrowing)

    @property
    def interrupted(self) -> bool:
        """True if the writer sees the public preview before the text goes out."""
        return bool(self.masked.spans) or self.narrowing.narrow

    @property
    def held(self) -> bool:
        """True if a person reads the text before it is public; its writer then meets help, no preview."""
        return self.handling.action == "hold"

    def complains(self, kept: Iterable[int] = ()) -> bool:
        """True if the public text names a school, nursery or clinic and complains about it."""
        return complains_of_named(self.public_text(kept), self.districts)

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules of danger that fired, each with its category in front."""
        return tuple(dict.fromkeys(_named(one) for one in self.danger.found))

    @property
    def reachable(self) -> bool:
        """True if the text holds an address or a telephone number."""
        return any(span.kind in REACHABLE for span in self.masked.spans)

    def public_text(self, kept: Iterable[int] = ()) -> str:
        """The text to store: as offered, but for the spans (by number) that the writer may and will show."""
        return self.offered.apply(set(kept))


def _named(found: FoundSign) -> str:
    category = str(found.category)
    return found.rule if found.rule.startswith(category) else f"{category}:{found.rule}"


def review(text: str, city: CityPack, *, beside: Collection[str] = ()) -> Reviewed:
    """Read a text before anything of it is stored: signs first, on the unmasked text, then masking.

    beside: kinds of clues that the form tells next to the text ("age").
    """
    clean = clean_input(text).strip()
    signs = read_signs(clean)
    danger = read_danger(clean)
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
    cards = tuple(dict.fromkeys(card.id for card in cards_for(clean)))
    return Reviewed(clean, signs, danger, handling(danger), cards, masked, clues, districts)


def told_beside(child_age_months: int | None) -> tuple[str, ...]:
    """The kinds of clues that a thread's fields tell next to its text."""
    return ("age",) if child_age_months is not None else ()
