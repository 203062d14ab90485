"""What may leave the desk: nothing that would tell who reported. Pure.

A reporter marks pieces that only they could know. Such a piece leaves in no paper, nor does a text of
the desk that quotes it, nor one in which the reporter's own name, number or office stands.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from forum.safeguarding.vault.content import Content, Identity

# A shorter phrase stands in half of all sentences: it is held back where it is the whole text.
SHORTEST_PHRASE = 4
SHORTEST_NAME = 3
# These answers tell of the reporter, not of the child.
OF_THE_REPORTER = frozenset({"family_knows", "earlier", "wish", "cooperates", "marks"})
_UNSAID = re.compile(r"[\W_ー]+")  # the long vowel mark is also typed for a dash


def folded(text: str) -> str:
    """A text as it is compared: width, case, white space and signs do not count."""
    return _UNSAID.sub("", unicodedata.normalize("NFKC", text).casefold())


def telling_phrases(reports: Iterable[Content]) -> frozenset[str]:
    """The folded pieces that would tell who reported."""
    found = set()
    for report in reports:
        found |= {folded(one.text) for one in report.paragraphs if one.telling}
        if report.clue_telling:
            found.add(folded(report.clue))
    return frozenset(found - {""})


def child_phrases(reports: Iterable[Content]) -> frozenset[str]:
    """The folded pieces that a child wrote: nobody quotes them outside without a second person."""
    written = (one for report in reports if report.child_wrote for one in report.paragraphs)
    return frozenset({folded(one.text) for one in written} - {""})


def reporter_names(identities: Iterable[Identity]) -> frozenset[str]:
    """The folded names, numbers and offices of those who reported."""
    said = {folded(each) for one in identities for each in (one.name, one.phone, one.organisation)}
    return frozenset(one for one in said if len(one) >= SHORTEST_NAME)


def may_leave(text: str, phrases: Iterable[str], names: Iterable[str] = ()) -> bool:
    """True for a text that tells nothing of who reported."""
    said = folded(text)
    for phrase in phrases:
        if said == phrase or (len(phrase) >= SHORTEST_PHRASE and phrase in said):
            return False
    return not any(name in said for name in names)


def safe_answers(answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that tell of the child."""
    return {name: value for name, value in answers.items() if name not in OF_THE_REPORTER}
