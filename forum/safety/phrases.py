"""Phrases of plain Japanese, compared by base forms, and the rules made of them.

A phrase is written as people say it: 死にたい also meets 死んでしまいたいです and しにたい. Particles,
politeness and tense do not count; negation (ない), wish (たい), passive (れる) and causative (せる) do.
"…" leaves room for a few words of the same sentence, <夫> stands for any word of that list.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from forum.language.normalise import Spelled, normalise, spelled
from forum.language.tokens import Token, analyse

GAP = 8  # words that "…" may stand for
_SENTENCE_ENDS = frozenset("。!?\n♪")
_NEGATIONS = ("ない", "ぬ", "ん", "へん", "ず", "まい")
_PASSIVE, _CAUSATIVE = ("れる", "られる"), ("せる", "させる")
_TITLES = frozenset(("さん", "ちゃん", "くん", "君", "様", "さま", "たち"))
_LIMITS = (
    "しか",
    "だけ",
    "ほど",
    "くらい",
    "ぐらい",
)  # 死ぬしかない denies nothing; 死ぬほど is a manner of speech
_SILENT_VERBS = "動詞,非自立"
# May stand before a negation: 誤飲をさせない, 叩かれたことはない, 殴られてはいない
_BETWEEN = frozenset(("する", "れる", "せる", "たい", "なる", "こと", "いる"))
_LIST = re.compile(r"<([^>]+)>")


class Step(NamedTuple):
    """One base form with its place in the text as typed, and the number of its sentence."""

    base: str
    start: int
    end: int
    sentence: int


class Place(NamedTuple):
    """Where a phrase stands."""

    start: int
    end: int
    sentence: int


class _Part(NamedTuple):
    """Base forms that stand side by side; any one of `forms`. `loose`: words may come before it."""

    forms: tuple[tuple[str, ...], ...]
    loose: bool


Phrase = tuple[_Part, ...]


@dataclass(frozen=True)
class Text:
    """A text made ready for comparing."""

    steps: tuple[Step, ...]
    spelling: Spelled
    where: Mapping[str, Sequence[int]]  # base form to the indexes of its steps

    @classmethod
    def read(cls, text: str, tokens: tuple[Token, ...] | None = None) -> "Text":
        """`tokens` spares the analysis when the caller has `analyse(text)` at hand."""
        steps = tuple(_steps(analyse(text) if tokens is None else tokens))
        where: dict[str, list[int]] = {}
        for index, step in enumerate(steps):
            where.setdefault(step.base, []).append(index)
        return cls(steps, spelled(text), where)

    def sentence_at(self, place: int) -> int:
        """Number of the sentence in which a character of the typed text stands."""
        number = 0
        for step in self.steps:
            if step.start > place:
                break
            number = step.sentence
        return number


@dataclass(frozen=True)
class Rule:
    """When a theme is read.

    says: any of these phrases; written: or any of these letters, as typed.
    together: only if one of these stands anywhere in the text; beside: in the same sentence.
    unless: not if one of these stands in the same sentence; never: anywhere in the text;
    unwritten: not if these letters do (for what only a particle tells: の子に叩かれ).
    """

    id: str
    theme: str
    says: tuple[Phrase, ...]
    written: tuple[str, ...]
    together: tuple[Phrase, ...]
    beside: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    never: tuple[Phrase, ...]
    unwritten: tuple[str, ...]

    def find(self, text: Text) -> Place | None:
        """The first place where the rule holds."""
        places = [*_places(self.says, text), *_written(self.written, text)]
        if not places or (self.together and not any(_places(self.together, text))):
            return None
        if any(_places(self.never, text)) or any(_written(self.unwritten, text)):
            return None
        allowed = {place.sentence for place in _places(self.beside, text)} if self.beside else None
        barred = {place.sentence for place in _places(self.unless, text)}
        for place in sorted(places):
            if place.sentence not in barred and (allowed is None or place.sentence in allowed):
                return place
        return None


@dataclass(frozen=True)
class RuleBook:
    """The themes in the order of their doors, and all rules. Frozen, safe to share."""

    themes: tuple[str, ...]
    rules: tuple[Rule, ...]

    @classmethod
    def load(cls, path: Path) -> "RuleBook":
        """Read a TOML file of `themes`, `[words]` lists and `[[rule]]` tables. About a second.

        Raises ValueError naming the rule that has an unknown field, theme or list, or no phrase.
        """
        with path.open("rb") as file:
            data = tomllib.load(file)
        themes = tuple(data["themes"])
        words = {name: tuple(_bases(word) for word in entries) for name, entries in data["words"].items()}
        rules = tuple(_rule(table, themes, words) for table in data["rule"])
        if len({rule.id for rule in rules}) < len(rules):
            raise ValueError("two rules have the same id")
        return cls(themes, rules)


def _rule(
    table: Mapping[str, Any], themes: Sequence[str], words: Mapping[str, tuple[tuple[str, ...], ...]]
) -> Rule:
    name = table.get("id", "without id")
    lists = ("says", "together", "beside", "unless", "never")
    unknown = set(table) - {"id", "theme", "written", "unwritten", *lists}
    if unknown:
        raise ValueError(f"rule {name}: unknown field {', '.join(sorted(unknown))}")
    if "id" not in table or table.get("theme") not in themes:
        raise ValueError(f"rule {name}: needs an id and a known theme")
    if not (table.get("says") or table.get("written")):
        raise ValueError(f"rule {name}: says nothing")
    try:
        phrases = {key: tuple(_phrase(entry, words) for entry in table.get(key, ())) for key in lists}
    except (KeyError, ValueError) as fault:
        raise ValueError(f"rule {name}: {fault}") from fault
    return Rule(
        table["id"],
        table["theme"],
        written=tuple(normalise(entry) for entry in table.get("written", ())),
        unwritten=tuple(normalise(entry) for entry in table.get("unwritten", ())),
        **phrases,
    )


def _phrase(entry: str, words: Mapping[str, tuple[tuple[str, ...], ...]]) -> Phrase:
    parts = []
    for number, piece in enumerate(entry.split("…")):
        slots: list[tuple[tuple[str, ...], ...]] = []
        for place, chunk in enumerate(_LIST.split(piece)):
            if place % 2:
                slots.append(words[chunk])
            elif chunk.strip():
                slots.append((_bases(chunk),))
        forms = tuple(sum(choice, ()) for choice in product(*slots))
        if not forms or not all(forms):
            raise ValueError(f"{entry} has a part without a word")
        parts.append(_Part(forms, number > 0))
    return tuple(parts)


def _bases(text: str) -> tuple[str, ...]:
    return tuple(step.base for step in _steps(analyse(text)))


def _steps(tokens: Sequence[Token]) -> Iterator[Step]:
    """The forms that count; ありません is ない."""
    steps = list(_forms(tokens))
    for number, step in enumerate(steps):
        if not (step.base == "ある" and [after.base for after in steps[number + 1 : number + 2]] == ["ない"]):
            yield step


def _forms(tokens: Sequence[Token]) -> Iterator[Step]:
    sentence = 0
    for token in tokens:
        if token.surface in _SENTENCE_ENDS:
            sentence += 1
            continue
        base = _counted(token)
        if base:
            yield Step(base, token.start, token.end, sentence)


def _counted(token: Token) -> str:
    """The form in which a token is compared; empty for what does not count."""
    if token.pos.startswith("助動詞"):
        return "ない" if token.base in _NEGATIONS else "たい" if token.base == "たい" else ""
    if token.base in _PASSIVE:
        return "れる"
    if token.base in _CAUSATIVE:
        return "せる"
    if token.base in _TITLES and "接尾" in token.pos:
        return ""
    if token.surface in _LIMITS:
        return token.surface
    if token.pos.startswith(("助詞", "記号", "接続詞", "フィラー", _SILENT_VERBS)):
        return ""
    if token.pos.startswith("接頭詞") and token.surface in "お御ご":
        return ""
    return token.base


def _places(phrases: Sequence[Phrase], text: Text) -> Iterator[Place]:
    steps = text.steps
    for phrase in phrases:
        # Most phrases lack a word in most texts; looking that up first is what makes reading fast.
        if not all(any(form[0] in text.where for form in part.forms) for part in phrase):
            continue
        for first in {form[0] for form in phrase[0].forms}:
            for at in text.where.get(first, ()):
                last = _end(phrase, steps, at)
                if last is not None and not _negated(steps, last, steps[at].sentence):
                    yield Place(steps[at].start, steps[last].end, steps[at].sentence)


def _end(phrase: Phrase, steps: Sequence[Step], at: int) -> int | None:
    """Index of the last step if `phrase` stands at `at`, within one sentence."""
    part, rest = phrase[0], phrase[1:]
    sentence = steps[at].sentence
    for form in part.forms:
        if steps[at].base != form[0] or at + len(form) > len(steps):
            continue
        last = at + len(form) - 1
        if steps[last].sentence != sentence or any(steps[at + i].base != base for i, base in enumerate(form)):
            continue
        if not rest:
            return last
        for following in range(last + 1, min(len(steps), last + GAP + 2)):
            if steps[following].sentence != sentence:
                break
            found = _end(rest, steps, following)
            if found is not None:
                return found
    return None


def _negated(steps: Sequence[Step], last: int, sentence: int) -> bool:
    """Whether the phrase is denied at once: 死にたくない. A phrase that ends in ない itself is not."""
    if steps[last].base == "ない":
        return False
    place = last + 1
    while place < len(steps) and steps[place].base in _BETWEEN and steps[place].sentence == sentence:
        place += 1
    return place < len(steps) and steps[place].base == "ない" and steps[place].sentence == sentence


def _written(letters: Sequence[str], text: Text) -> Iterator[Place]:
    for word in letters:
        at = text.spelling.text.find(word)
        if at >= 0:
            start, end = text.spelling.starts[at], text.spelling.ends[at + len(word) - 1]
            yield Place(start, end, text.sentence_at(start))
