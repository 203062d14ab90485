"""What a child told, question by question, and what becomes of it. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from forum.safeguarding.intake.child_words import plain
from forum.safeguarding.intake.rules import FACILITY, FAMILY, SCHOOL, paragraphs_of
from forum.sealing.content import UNKNOWN, Content, Paragraph

STEPS = 5  # never more: children go on as far as they can see the end
DANGER, HAPPENED, WRITE, WHERE, MEET = range(1, STEPS + 1)
YES, NO = "yes", "no"

NOW = {YES: "はい", NO: "いいえ", UNKNOWN: "わからない"}
WHAT = {
    "hit": "たたかれる・けられる",
    "shout": "どなられる・いやなことを いわれる",
    "food": "ごはんが ない",
    "touched": "からだを さわられる",
    "home": "おうちが こわい",
    "teacher": "{学校|がっこう}の {先生|せんせい}の こと",
    "carer": "{園|えん}や じどうかんの {人|ひと}の こと",
    "other": "ほかの {人|ひと}の こと",
    UNKNOWN: "わからない・えらべない",
}
WHO = {
    "teacher": "{学校|がっこう}の {先生|せんせい}",
    "nurse": "ほけんしつの {先生|せんせい}",
    "city": "{市|し}の {人|ひと}",
    "phone": "じぶんから {電話|でんわ}で はなす",
    "nobody": "まだ いや・わからない",
}
# What somebody did who is paid to care for children also goes to those who do not run the place.
_STAFF = {"teacher": SCHOOL, "carer": FACILITY}


@dataclass(frozen=True)
class Told:
    """The answers so far. Each may stay empty."""

    step: int = DANGER
    danger: str = ""
    happened: tuple[str, ...] = ()
    text: str = ""
    school: str = ""
    school_class: str = ""
    name: str = ""
    meet: tuple[str, ...] = ()
    speak_to: str = ""

    def facts(self) -> dict[str, Any]:
        """For a sealed hidden field."""
        return asdict(self)

    @classmethod
    def of(cls, facts: Mapping[str, Any] | None) -> "Told":
        """The answers behind a sealed field; none yet where there was no such field."""
        found = {one.name: facts[one.name] for one in fields(cls) if one.name in facts} if facts else {}
        for name in ("happened", "meet"):
            found[name] = tuple(found.get(name, ()))
        return cls(**found)

    @property
    def in_danger(self) -> bool:
        """The child says: now."""
        return self.danger == YES

    @property
    def says_something(self) -> bool:
        """True as soon as there is anything to read. 「わからない」 says something too."""
        return bool(self.in_danger or self.happened or self.text or self.school or self.name)


def too_long(told: Told, text_max: int, line_max: int) -> str:
    """The name of the first answer that is longer than can be taken, in characters; "" if none is."""
    for name in ("text", "school", "school_class", "name", "speak_to"):
        if len(getattr(told, name)) > (text_max if name == "text" else line_max):
            return name
    return ""


def recipients(told: Told) -> tuple[str, ...]:
    """Who receives it: always those for families, beside them whoever does not run school or nursery."""
    return (FAMILY, *(group for choice, group in _STAFF.items() if choice in told.happened))


def content(told: Told) -> Content:
    """What goes into the box: the child's own words as they are, choices in words beside them."""
    chosen = _in_words(told.happened, WHAT)
    pieces = paragraphs_of(told.text) or _without_text(told, chosen)
    answers = {
        "now": told.danger,
        "happened": chosen,
        "child_school": " ".join(part for part in (told.school, told.school_class) if part),
        "child_name": told.name,
        "may_meet": _in_words(told.meet, WHO),
        "may_speak": told.speak_to,
    }
    return Content(
        tuple(Paragraph(piece) for piece in pieces),
        clue=" ".join(part for part in (told.school, told.school_class, told.name) if part),
        answers={name: value for name, value in answers.items() if value},
        child_wrote=True,
    )


def _without_text(told: Told, chosen: str) -> tuple[str, ...]:
    """One piece for whoever looks over many reports; a child may have tapped and written nothing."""
    parts = [*(["いま あぶない"] if told.in_danger else []), *([chosen] if chosen else [])]
    return (f"（えらんだこと）{'、'.join(parts)}",) if parts else ()


def _in_words(chosen: tuple[str, ...], words: Mapping[str, str]) -> str:
    return "、".join(plain(sentence) for value, sentence in words.items() if value in chosen)
