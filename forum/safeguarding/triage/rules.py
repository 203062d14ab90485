"""What the desk's pages decide: who must still look, and what an answer might give away. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

TWO = 2  # what is urgent is never seen by one pair of eyes alone

SecondLook = Literal["", "nobody", "one_more", "nobody_else"]


def second_look(reports: Sequence[frozenset[int]], able: frozenset[int]) -> SecondLook:
    """Whether an urgent, running case still wants a second person: "" no, else why.

    `reports`: for each of its urgent reports who opened it. `able`: who may see the case today; somebody who
    left, or who knows the people in it, is no pair of eyes. Where there is one alone, no colleague can
    notice what that one overlooks, so the page says so instead of waiting for somebody who will never come.
    """
    eyes = min((len(seen & able) for seen in reports), default=TWO)
    if eyes >= TWO:
        return ""
    if len(able) < TWO:
        return "nobody_else"
    return "one_more" if eyes else "nobody"


def still_to_open(reports: Sequence[frozenset[int]], able: frozenset[int]) -> frozenset[int]:
    """Who could be the next pair of eyes: they may see the case and have not opened what wants them."""
    wanting = [seen for seen in reports if len(seen & able) < TWO]
    return frozenset().union(*(able - seen for seen in wanting))


@dataclass(frozen=True)
class Doubt:
    """Words of an answer that want a second thought, and why."""

    why: str
    found: tuple[str, ...]


def doubts(text: str, watched: Mapping[str, Sequence[str]]) -> tuple[Doubt, ...]:
    """The phrases of an answer that could tell an outcome, promise too much, or harm who is seen reading.

    `watched`: reason in words to its phrases. Spaces and line breaks do not hide a phrase. It warns and
    never forbids: a person knows what the words mean here.
    """
    bare = "".join(text.split())
    found = ((why, tuple(one for one in phrases if one in bare)) for why, phrases in watched.items())
    return tuple(Doubt(why, hits) for why, hits in found if hits)


def filled(text: str, template: str) -> str:
    """What stands in the box after a template was chosen: nothing typed before is lost."""
    before = text.strip()
    return f"{before}\n{template}" if before and template not in before else before or template
