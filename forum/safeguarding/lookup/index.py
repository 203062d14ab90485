"""The summaries of all cases in memory, ready to be searched. Writes nothing, prints nothing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NoReturn

from forum.safeguarding.lookup import rules
from forum.safeguarding.lookup.clues import digits, schools_in
from forum.safeguarding.lookup.places import places_in
from forum.safeguarding.lookup.spelling import folded, is_near, kana, shortened, sound, usual
from forum.safeguarding.lookup.types import Match, Name, Part, Place, Reason, Summary

FIELDS = ("名前", "住所・場所", "園・学校", "電話", "はじめの文")
NAME, PLACE, SCHOOL, PHONE, LINE = FIELDS
FEWEST_DIGITS = 4  # the last four of a telephone number, as people remember them
_FRAME = re.compile(r"[一-龥]{1,4}[都道府県]|[一-龥]{1,5}[市区郡]|[一-龥]{2,3}[都道府県][一-龥]{1,5}[市区郡]")
_SPLIT = re.compile(r"[\s、,・]+")
_GLUED = re.compile(
    r"(?<=\S)[ 　]+(?=(?:[0-9０-９]{1,4}|[一二三四五六七八九十]+)(?:丁目|番|号|[-－ー]|\s|$))"
)


class _Term:
    """Some words of a case: how they are compared, and how they are shown."""

    __slots__ = ("case_id", "field", "key", "name", "words")

    def __init__(self, case_id: str, field: str, key: str, words: str, name: Name | None = None) -> None:
        self.case_id, self.field, self.key, self.words, self.name = case_id, field, key, words, name


class Index:
    """All summaries of one process. Give it a newer summary of a case and the older one is gone."""

    def __init__(self) -> None:
        self.summaries: dict[str, Summary] = {}
        self._terms: dict[int, _Term] = {}
        self._of_case: dict[str, list[int]] = {}
        self._grams: dict[str, list[int]] = defaultdict(list)
        self._near: dict[str, list[int]] = defaultdict(list)
        self._keys: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._known: dict[str, rules.Known] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self.summaries)

    def __repr__(self) -> str:
        return f"Index({len(self)} cases)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("what was opened in memory is never written down")

    def clear(self) -> None:
        """Let go of everything."""
        for held in (self.summaries, self._terms, self._of_case, self._grams, self._near, self._keys):
            held.clear()
        self._known.clear()

    def drop(self, case_id: str) -> None:
        """Forget a case."""
        before = self.summaries.pop(case_id, None)
        self._known.pop(case_id, None)
        for number in self._of_case.pop(case_id, ()):
            del self._terms[number]  # its number stays in the lists of letters, and leads nowhere
        if before is not None:
            for key in _keys(before):
                self._keys[key].discard(case_id)

    def put(self, summary: Summary) -> None:
        """Take in a summary in the place of any older one of the same case."""
        self.drop(summary.case_id)
        self.summaries[summary.case_id] = summary
        self._known[summary.case_id] = rules.known(summary)
        self._of_case[summary.case_id] = [self._add(term) for term in _terms(summary)]
        for key in _keys(summary):
            self._keys[key].add(summary.case_id)

    def _add(self, term: _Term) -> int:
        number, self._next = self._next, self._next + 1
        self._terms[number] = term
        sounds = (*term.name.sounds, term.name.sound) if term.name else ()
        for gram in {gram for text in (term.key, *sounds) for gram in _grams(text)}:
            self._grams[gram].append(number)
        near = sounds if term.field == NAME else (term.key,) if term.field == PHONE else ()
        for short in {short for text in near for short in shortened(text)}:
            self._near[short].append(number)
        return number

    def find(self, typed: str) -> tuple[dict[str, list[list[Match]]], int]:
        """Cases by what was typed: for each word of it, the matches; and how many words there are."""
        words = [one for one in _SPLIT.split(_GLUED.sub("", typed.strip())) if one]
        # The city alone finds everybody, and is often left out of a report.
        words = [one for one in words if not _FRAME.fullmatch(one)] or words
        found: dict[str, list[list[Match]]] = defaultdict(list)
        for word in words:
            for case_id, matches in self._of_word(word).items():
                found[case_id].append(matches)
        return found, len(words)

    def _of_word(self, word: str) -> dict[str, list[Match]]:
        found: dict[str, list[Match]] = defaultdict(list)
        for term, how, near in self._matches(word):
            match = Match(term.field, term.words, how, near)
            if match not in found[term.case_id]:
                found[term.case_id].append(match)
        for case_id, matches in self._of_places(places_in(word)).items():
            known = {match.words for match in found[case_id]}
            found[case_id] += [match for match in matches if match.words not in known]
        return found

    def _matches(self, word: str) -> Iterator[tuple[_Term, str, bool]]:
        key, number, own = folded(word), digits(word), kana(word)
        said = own or sound(word)
        seen: set[int] = set()
        if len(number) >= FEWEST_DIGITS and not re.search(r"[^\d\s()+\-ー－()]", word):
            for place, term in self._having(number, PHONE):
                seen.add(place)
                yield term, "番号が同じ" if term.key == number else "番号の一部が同じ", False
        for place, term in self._having(key, ""):
            if place not in seen and term.field != PHONE:
                seen.add(place)
                yield term, _how(key, word, term), False
        for school in schools_in(word):
            for place, term in self._having(school, SCHOOL):
                if place not in seen:
                    seen.add(place)
                    yield term, "同じ", False
        if len(said) > 1:
            yield from self._by_sound(said, own, seen)
        yield from self._almost(said, number, seen)

    def _having(self, text: str, field: str) -> Iterator[tuple[int, _Term]]:
        """The terms in whose letters a text stands."""
        lists = [self._grams.get(gram, []) for gram in _grams(text)]
        for place in min(lists, key=len, default=[]):
            term = self._terms.get(place)
            if term is not None and text in term.key and field in ("", term.field):
                yield place, term

    def _by_sound(self, said: str, own: str, seen: set[int]) -> Iterator[tuple[_Term, str, bool]]:
        lists = [self._grams.get(gram, []) for gram in _grams(said)]
        for place in min(lists, key=len, default=[]):
            term = self._terms.get(place)
            if term is None or term.name is None or place in seen:
                continue
            if said in (*term.name.sounds, term.name.sound):
                seen.add(place)
                yield term, "読みが同じ", False
            elif own and said in term.name.sound:
                seen.add(place)
                yield term, "読みの一部が同じ", False

    def _almost(self, said: str, number: str, seen: set[int]) -> Iterator[tuple[_Term, str, bool]]:
        """Names and telephone numbers that differ by one letter."""
        long_number = number if len(number) > 8 else ""
        for text in filter(None, (said, long_number)):
            for place in {place for short in shortened(text) for place in self._near.get(short, ())} - seen:
                term = self._terms.get(place)
                if term is None:
                    continue
                others = (*term.name.sounds, term.name.sound) if term.name else (term.key,)
                if any(is_near(text, other) for other in others):
                    seen.add(place)
                    yield term, "1文字ちがい", True

    def _of_places(self, wanted: Iterable[Place]) -> dict[str, list[Match]]:
        """Cases that name a place with everything that is wanted of it."""
        found: dict[str, list[Match]] = defaultdict(list)
        asked = [place for place in wanted if place.numbers or place.building or place.room]
        if not asked:
            return found
        for case_id, known in self._known.items():
            for place in known.places:
                if any(_fits(one, place) for one in asked):
                    match = Match(PLACE, place.words, "同じ場所")
                    if match not in found[case_id]:
                        found[case_id].append(match)
        return {case_id: matches for case_id, matches in found.items() if matches}

    def alike(self, summary: Summary) -> dict[str, tuple[Reason, ...]]:
        """Other cases that may concern the same house, with the reasons."""
        others = {case_id for key in _keys(summary) for case_id in self._keys.get(key, ())}
        ours, found = rules.known(summary), {}
        for case_id in others - {summary.case_id}:
            theirs = self._known[case_id]
            reasons = rules.reasons(ours, theirs)
            if rules.suggests(reasons, ours, theirs):
                found[case_id] = reasons
        return found


def _how(key: str, word: str, term: _Term) -> str:
    if term.field == NAME:
        spelled_alike = usual(word).replace(" ", "") in usual(term.words).replace(" ", "")
        exact = re.sub(r"\s", "", word) in re.sub(r"\s", "", term.words)
        if not exact and spelled_alike and term.key == key:
            return "字体をそろえると同じ"
    return "同じ" if term.key == key else "一部が同じ"


def _fits(wanted: Place, place: Place) -> bool:
    if wanted.town and not rules.same_town(wanted, place):
        return False
    if wanted.numbers and place.numbers[: len(wanted.numbers)] != wanted.numbers:
        return False
    if wanted.building and not rules.same_building(wanted, place):
        return False
    if wanted.room and wanted.room != place.room:
        return False
    return bool(wanted.town or wanted.building or wanted.room)


def _grams(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)] + list(text) if text else []


def _terms(summary: Summary) -> Iterator[_Term]:
    case_id = summary.case_id
    for part in summary.parts:
        for name in part.names:
            yield _Term(case_id, NAME, name.folded, name.words, name)
        for place in part.places:
            yield _Term(case_id, PLACE, folded(place.words), place.words)
        for school in part.schools:
            yield _Term(case_id, SCHOOL, school, school)
        for phone in part.phones:
            yield _Term(case_id, PHONE, phone, phone)
        if part.line:
            yield _Term(case_id, LINE, folded(part.line), part.line)


def _keys(summary: Summary) -> set[tuple[str, str]]:
    """By what two cases of one house can be brought together at all."""
    return {key for part in summary.parts for key in _keys_of(part)}


def _keys_of(part: Part) -> Iterator[tuple[str, str]]:
    for name in part.names:
        yield "name", name.folded
        for unit in (*name.sounds, name.sound):
            yield from (("sound", short) for short in shortened(unit) if len(short) > 1)
    for place in part.places:
        for kind, words in (("town", place.town), ("town sound", place.town_sound)):
            if words:
                yield kind, words
        if place.building:
            yield from (("building", short) for short in shortened(place.building))
    yield from (("school", school) for school in part.schools)
    yield from (("phone", phone) for phone in part.phones)
