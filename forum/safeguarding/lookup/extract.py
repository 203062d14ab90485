"""What a summary keeps of a text: enough to find a family again, and no more. Pure.

Never of whoever reported: their name and telephone stand in a box of their own, which this never opens.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from forum import clock
from forum.language.tokens import remembering
from forum.safeguarding.lookup.clues import (
    ages_in,
    digits,
    hours_in,
    phones_in,
    schools_in,
    signs_in,
)
from forum.safeguarding.lookup.naming import LONGEST, name_of, names_in, names_of_field
from forum.safeguarding.lookup.places import places_in
from forum.safeguarding.lookup.types import Name, Part, Place
from forum.sealing.content import UNKNOWN, Content

NAME_FIELDS = ("child_name", "guardians", "siblings")
PLACE_FIELDS = ("address", "child_now")
LINE = 60  # characters of the first sentence that stand in a list
MOST = 40  # names, places and numbers of one text; a longer list tells nobody apart
LONGEST_READ = 8_000  # characters


def part_of_content(source: str, content: Content, at: datetime, towns: Sequence[str] = ()) -> Part:
    """What a report or an addition says, written at a moment."""
    answers = {name: value for name, value in content.answers.items() if value and value != UNKNOWN}
    telling = [content.clue, *(one.text for one in content.paragraphs)]
    free = "\n".join((*telling, *answers.values()))[:LONGEST_READ]
    fields = [answers[name] for name in NAME_FIELDS if name in answers]
    with remembering():
        names = [name for field in fields for name in names_of_field(field)]
        names += names_in("\n".join((*telling, *answers.values()))[:LONGEST_READ])
        places: list[Place] = []
        for words in (*(answers[name] for name in PLACE_FIELDS if name in answers), *telling):
            places += places_in(words[:LONGEST_READ], towns)
        if not names and not places and len(content.clue) <= LONGEST:  # 「山田」 and nothing else
            names += names_of_field(content.clue)
    first = next((one.text for one in content.paragraphs if one.text.strip()), content.clue)
    return _part(source, names, places, free, clock.local(at).year, first)


def part_of_text(source: str, text: str, at: datetime, towns: Sequence[str] = ()) -> Part:
    """What a line of the chronology says. It stands in no list."""
    text = text[:LONGEST_READ]
    with remembering():
        return _part(source, names_in(text), places_in(text, towns), text, clock.local(at).year, "")


def part_of_person(
    source: str,
    at: datetime,
    *,
    name: str = "",
    kana: str = "",
    birth: str = "",
    phone: str = "",
    address: str = "",
    note: str = "",
    towns: Sequence[str] = (),
) -> Part:
    """What is written down about a child or an adult of a case."""
    names = [found for words in (name, kana) if words and (found := name_of(words))]
    with remembering():
        names += names_in(note)
        places = [*places_in(address, towns), *places_in(note, towns)]
    if address and not any(not place.landmark for place in places):
        places.append(Place(address.strip()))
    part = _part(source, names, places, "\n".join((phone, note)), clock.local(at).year, "")
    ages = ages_in(birth, clock.local(at).year)
    phones = (digits(phone),) if phone and digits(phone) else ()
    return Part(
        source,
        part.names,
        part.places,
        part.schools,
        tuple(dict.fromkeys((*phones, *part.phones))),
        (*ages, *part.ages),
        part.signs,
        part.hours,
    )


def _part(
    source: str, names: Iterable[Name], places: Sequence[Place], text: str, year: int, first: str
) -> Part:
    line = " ".join(first.split())
    schools = schools_in(text)[:MOST]
    # A town or a school may read like a surname with a given name: 石山原, 和邇浜小学校.
    other = [place.town for place in places] + list(schools)
    people = [name for name in names if not any(name.folded in words for words in other)]
    return Part(
        source,
        tuple(dict.fromkeys(people))[:MOST],
        tuple(dict.fromkeys(places))[:MOST],
        schools,
        phones_in(text)[:MOST],
        ages_in(text, year)[:MOST],
        signs_in(text),
        hours_in(text),
        line if len(line) <= LINE else line[: LINE - 1] + "…",
    )
