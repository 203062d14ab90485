"""Words of a Japanese text by Janome (IPADIC and the words of data/words.csv, memory-mapped)."""

import csv
import hashlib
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from janome.tokenizer import Tokenizer

from forum.language.normalise import spelled, to_katakana

_DATA = Path(__file__).parent / "data"
_WORDS = _DATA / "words.csv"
_SPELLINGS = _DATA / "spellings.csv"
_RULES = 1  # raise it when the code below cuts, spells or drops words in another way

LONGEST_WORD = 40  # characters; what is longer is noise and would only swell an index

_LETTER = re.compile(r"[\w々〇ー]")
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]+")
_HIRAGANA = re.compile(r"[\u3041-\u3096ー]+")
_ONE_KANA = re.compile(r"[\u3041-\u309f\u30a0-\u30ff]")
_FUNCTION = ("助詞", "助動詞", "記号", "接続詞", "連体詞", "接頭詞", "フィラー", "その他")
_BOUND = ("名詞,非自立", "名詞,代名詞", "動詞,非自立", "動詞,接尾", "名詞,接尾,特殊", "名詞,接尾,助動詞語幹")
_EMPTY = frozenset(("する", "ある", "いる", "なる", "さん", "ちゃん", "くん", "様", "ん", "さ"))
_GREETINGS = frozenset(
    (
        "ありがとう",
        "こんにちは",
        "こんばんは",
        "おはよう",
        "はじめまして",
        "すみません",
        "ごめんなさい",
        "よろしく",
        "お願い",
    )
)
_NOTHING_SAID = _EMPTY | _GREETINGS


class Token(NamedTuple):
    """One word. `surface` is normalised; `start` and `end` count characters of the text as typed."""

    surface: str
    base: str  # dictionary form in one spelling (ほいくえん and 保育園 both 保育園)
    pos: str  # part of speech as in IPADIC, e.g. 名詞,サ変接続,*,*
    reading: str  # katakana; empty when unknown
    start: int
    end: int


_guard = threading.Lock()


@cache
def _tokenizer() -> Tokenizer:
    return Tokenizer(str(_WORDS), udic_enc="utf-8", mmap=True)


def _new_guard() -> None:
    """A forked child must not inherit a lock that another thread of its parent held."""
    global _guard
    _guard = threading.Lock()


os.register_at_fork(after_in_child=_new_guard)


@cache
def _one_spelling() -> dict[str, str]:
    """Base form as Janome gives it -> base form of the house; ホイクエン goes where ほいくえん goes."""
    with _SPELLINGS.open(encoding="utf-8", newline="") as file:
        pairs = {row[0]: row[1] for row in csv.reader(file)}
    with _WORDS.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            if _HIRAGANA.fullmatch(row[0]):
                pairs.setdefault(to_katakana(row[0]), row[10])
    return pairs


@cache
def analyser_stamp() -> str:
    """12 hex digits that change whenever the same text may give other tokens."""
    digest = hashlib.sha256(f"{_RULES} janome {version('janome')}".encode())
    for path in (_WORDS, _SPELLINGS, Path(__file__).with_name("normalise.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


_remembered: ContextVar[dict[str, tuple[Token, ...]] | None] = ContextVar("remembered_tokens", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Inside the block the same text is analysed once. Nothing of it outlives the block."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def analyse(text: str) -> tuple[Token, ...]:
    """All tokens of `text` in order, also particles and symbols; about 0.05 ms a character.

    One Janome a process, behind a lock: a shared instance gives wrong words without any error.
    """
    kept = _remembered.get()
    if kept is None:
        return _analyse(text)
    if text not in kept:
        kept[text] = _analyse(text)
    return kept[text]


def _analyse(text: str) -> tuple[Token, ...]:
    spelling = spelled(text)
    if not spelling.text.strip():
        return ()
    with _guard:
        found = list(_tokenizer().tokenize(spelling.text))
    tokens = []
    place = 0
    for word in found:
        at = spelling.text.find(word.surface, place)  # Janome leaves out spaces at the ends only
        place = at + len(word.surface)
        tokens.append(
            Token(
                word.surface,
                _base(word.surface, word.base_form),
                word.part_of_speech,
                _reading(word.surface, word.reading),
                spelling.starts[at],
                spelling.ends[place - 1],
            )
        )
    return tuple(tokens)


def _base(surface: str, base: str) -> str:
    """Dictionary form; スーパ and スーパー are one word, and so are the pairs of data/spellings.csv."""
    form = surface if base == "*" else base
    form = _one_spelling().get(form, form)
    if len(form) > 3 and form.endswith("ー") and _KATAKANA.fullmatch(form):
        return form[:-1]
    return form


def _reading(surface: str, reading: str) -> str:
    if reading != "*":
        return reading
    kana = to_katakana(surface)
    return kana if _KATAKANA.fullmatch(kana) else ""


def is_content(token: Token) -> bool:
    """Whether the token carries meaning: not a particle, auxiliary, pronoun, bound word or symbol."""
    if token.pos.startswith(_FUNCTION) or token.pos.startswith(_BOUND) or not _LETTER.search(token.surface):
        return False
    return token.base not in _NOTHING_SAID and not _ONE_KANA.fullmatch(token.base)


def content_words(tokens: tuple[Token, ...]) -> list[str]:
    """Base forms of the content words among `tokens`, in order, repeated as often as they occur."""
    return [t.base[:LONGEST_WORD].replace(" ", "") for t in tokens if is_content(t)]


def words(text: str) -> list[str]:
    """Base forms of the content words of `text` (verbs and adjectives included), in order."""
    return content_words(analyse(text))


def reading_runs(tokens: tuple[Token, ...]) -> list[str]:
    """Katakana readings of the text between symbols and words of unknown reading, function words included:
    a text typed in kana is cut and classed otherwise, but sounds the same."""
    runs = [""]
    for token in tokens:
        if token.reading and _LETTER.search(token.surface):
            runs[-1] += token.reading
        elif runs[-1]:
            runs.append("")
    return [run for run in runs if run]


def grams(runs: list[str], n: int = 3) -> list[str]:
    """All n-grams of each run; a shorter run is one gram."""
    return [run[i : i + n] for run in runs for i in range(max(1, len(run) - n + 1))]


def reading_grams(text: str, n: int = 3) -> list[str]:
    """n-grams of the katakana reading of `text`: they meet whatever the script and however words are cut."""
    return grams(reading_runs(analyse(text)), n)


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """Base form -> the other ways in which it may stand in a text."""
    found: dict[str, list[str]] = {}
    with _WORDS.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            found.setdefault(row[10], []).append(row[0])
    for other, base in _one_spelling().items():
        found.setdefault(base, []).append(other)
    return {base: tuple(dict.fromkeys(others)) for base, others in found.items()}


def spellings(base: str) -> tuple[str, ...]:
    """`base` and the other spellings that `analyse` takes for it (保育園: also ほいくえん, ホイクエン)."""
    return (base, *_spellings().get(base, ()))
