"""From a worry to at most five services, each with its reason; pure and explainable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from forum.city.types import Category
from forum.directory import rules
from forum.directory.reasons import reason
from forum.directory.taxonomy import Taxonomy, national
from forum.directory.types import Match, Need, Service
from forum.directory.votes import Said, Vote, asked_by_signs, asked_plainly, passed_on, together, votes
from forum.directory.wording import shelf
from forum.language.concepts import Thesaurus
from forum.language.tokens import analyse, content_words
from forum.safety.types import Signs

MOST = 5

_WORDING = 0.3  # the service's own wording, beside votes of which the strongest is 1
_WORDING_ALONE = 0.2  # share of wording from which a kind of service nobody voted for is shown
_UNCONFIRMED = 0.9
_ELSEWHERE = 0.6  # for one district, when the worry names none
_OTHER_AGE = 0.5  # its words speak of children of another age
_STATED_AGE = 1.1  # it names ages, and the child's is among them


_Open = Mapping[str, Sequence[Service]]  # by category
_Shares = Mapping[str, tuple[float, str]]  # by service id


@dataclass(frozen=True)
class _Choice:
    """The best service of one category."""

    service: Service
    score: float
    vote: Vote
    shared: str


def match(
    need: Need,
    services: Sequence[Service],
    categories: Sequence[Category],
    thesaurus: Thesaurus,
    signs: Signs | None = None,
) -> list[Match]:
    """At most five services for a worry, one a category, best first.

    Services that age or district exclude, and kinds that would frighten in an ordinary worry, are not
    among them. A worry that says nothing gets whom one can turn to with anything.
    """
    taxonomy = national()
    labels = {category.id: category for category in categories}
    title, body = _read(need.title, thesaurus), _read(need.text, thesaurus)
    found, asked = votes(title, body), _asked(signs, taxonomy)
    open_to = {
        kind: those
        for kind, those in _by_category(need, services).items()
        if kind in labels and (not taxonomy.kind(kind).guarded or asked_plainly(kind, found, asked))
    }
    asks = passed_on(together(found, asked), open_to, taxonomy)
    shares = shelf(tuple(services)).shares(content_words(title.tokens + body.tokens))
    chosen = _chosen(need, open_to, asks, shares)[:MOST]
    if len(chosen) < MOST:
        chosen.extend(_general(need, chosen, open_to, shares, taxonomy))
    return [_match(need, choice, labels[choice.service.category]) for choice in chosen]


def asked_most(
    need: Need,
    services: Sequence[Service],
    categories: Sequence[Category],
    thesaurus: Thesaurus,
    signs: Signs | None = None,
) -> tuple[str, bool]:
    """The kind of service that a worry asks for most, and whether the city has one for this child and place.

    ("", True) where its words ask for none.
    """
    taxonomy = national()
    found, asked = votes(_read(need.title, thesaurus), _read(need.text, thesaurus)), _asked(signs, taxonomy)
    asks = {
        kind: vote.weight
        for kind, vote in together(found, asked).items()
        if kind in {category.id for category in categories}
        and (not taxonomy.kind(kind).guarded or asked_plainly(kind, found, asked))
    }
    if not asks:
        return "", True
    most = min(asks, key=lambda kind: (-asks[kind], kind))
    return most, most in _by_category(need, services)


def _asked(signs: Signs | None, taxonomy: Taxonomy) -> dict[str, Vote]:
    return asked_by_signs([theme.id for theme in signs.themes] if signs else [], taxonomy)


def _read(text: str, thesaurus: Thesaurus) -> Said:
    tokens = analyse(text)
    return Said(text, tokens, thesaurus.find(text, tokens))


def _by_category(need: Need, services: Sequence[Service]) -> dict[str, list[Service]]:
    """What age and district leave, by category."""
    found: dict[str, list[Service]] = {}
    for service in services:
        fits = rules.admits(service, need.child_age_months) and rules.serves(service, need.districts)
        if fits and service.status == "active":
            found.setdefault(service.category, []).append(service)
    return found


def _chosen(need: Need, open_to: _Open, asks: Mapping[str, Vote], shares: _Shares) -> list[_Choice]:
    """The best service of each kind that the worry gives a reason for, best first."""
    strongest = max((vote.weight for vote in asks.values()), default=1.0)
    chosen = []
    for kind, services in open_to.items():
        vote = asks.get(kind, Vote())
        best = _best(need, services, vote, vote.weight / strongest, shares)
        if vote.weight or shares[best.service.id][0] >= _WORDING_ALONE:
            chosen.append(best)
    return sorted(chosen, key=lambda choice: (-choice.score, choice.service.id))


def _best(need: Need, services: Sequence[Service], vote: Vote, asked: float, shares: _Shares) -> _Choice:
    def choice(service: Service) -> _Choice:
        share, shared = shares[service.id]
        return _Choice(service, (asked + _WORDING * share) * _fit(need, service), vote, shared)

    return min(map(choice, services), key=lambda c: (-c.score, c.service.id))


def _fit(need: Need, service: Service) -> float:
    """How well a service that is not excluded suits: confirmed, near, meant for this age."""
    fit = 1.0 if service.verified else _UNCONFIRMED
    if service.districts and not need.districts:
        fit *= _ELSEWHERE
    if need.child_age_months is None:
        return fit
    if service.states_ages:
        return fit * _STATED_AGE
    suggested = rules.suggested_ages(service, national())
    if suggested and not suggested[0] <= need.child_age_months <= suggested[1]:
        return fit * _OTHER_AGE
    return fit


def _general(
    need: Need, chosen: Sequence[_Choice], open_to: _Open, shares: _Shares, taxonomy: Taxonomy
) -> list[_Choice]:
    """Whom one can turn to with anything, if not chosen already: at most one."""
    there = {choice.service.category for choice in chosen}
    for kind in taxonomy.general:
        if kind in open_to:
            if kind in there:
                return []
            best = _best(need, open_to[kind], Vote(), 0.0, shares)
            return [replace(best, shared="")]
    return []


def _match(need: Need, choice: _Choice, category: Category) -> Match:
    words = choice.vote.quoted()
    why = reason(need, choice.service, words, choice.shared, by_sign=choice.vote.by_sign)
    return Match(choice.service, category, why, "、".join(words), round(choice.score, 4))
