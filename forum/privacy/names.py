"""Personal names in a normalised text: own, the child's, a teacher's, a neighbour's.

A name is told by what the sentence does with it (娘の…, …先生, 表札は…), not by a list of names alone:
who is famous, invented, a relative or only an occupation names nobody here.
"""

import re
from collections.abc import Iterator

from forum.privacy.famous import known_to_all, spoken_of_publicly
from forum.privacy.introductions import called_out, introduced
from forum.privacy.known_names import beside, known_names, repeated
from forum.privacy.lists import listed
from forum.privacy.relatives import after_kin, after_role
from forum.privacy.shapes import name_until
from forum.privacy.types import Find, Public
from forum.privacy.words import KANJI, Words, is_surname

_HONORIFIC = re.compile(
    r"さん(?!ざん|ぽ|すう|せい|にん|ぷん|かい|かく|ご(?!は|が|の))|ちゃん(?!とし|こ|ねる)|くん(?!くん|"
    r"せい|れん)|君(?![がはの]?(?:主|代))|たん(?=[のはがもとにを、。]|ママ)|先生|せんせい|様(?![々子式])|"
    r"氏(?![名神])|(?:宅|家|夫妻|夫婦|一家)(?=[のはがにをでとも、。])"
)
_TITLE = re.compile(
    r"(?:コーチ|園長|校長|教頭|主任|課長|係長|部長|店長|社長|医師|保健師|助産師|保育士|巡査|記者|指導員|"
    r"相談員|ママ|パパ|夫人|君達|さんち|(?P<elder>お?[じば][さち]ゃ?ん|お?[兄姉]さん|お?[兄姉]ちゃん|"
    r"お?にいちゃん|お?ねえちゃん))(?![\u30a1-\u30fa\u4e00-\u9fff]|ー)"
)
_HOUSEHOLD = re.compile(
    r"一家|宅|ち|家|夫婦|の(?:お母|お父|お宅|奥|家|旦那|ママ|夫|妻|子|お子|赤ちゃん|息子|娘)"
)
_LOOSE = ("ちゃん", "くん", "君")
_REAL = re.compile(
    r"クラス|同じ|組|園|ママ|母|さんち|いじめ|叩|たたか|誘わ|年生|友|先生|担任|保育|学校|[0-9]歳|うちの|"
    r"息子|娘"
)


def find_names(text: str, public: Public) -> Iterator[Find]:
    """Names of persons without what follows them (さん, 先生), also where they stand again."""
    words = Words.of(text)
    found: set[tuple[int, int]] = set()
    for start, end in _told(words):
        if start < end and not known_to_all(words, start, end) and not spoken_of_publicly(text, start, end):
            found.add((start, end))
    found |= set(beside(words, found))
    for start, end in sorted(found | set(repeated(words, found))):
        yield Find(start, end, "person_name")


def _told(words: Words) -> Iterator[tuple[int, int]]:
    yield from _with_honorific(words)
    yield from _with_title(words)
    yield from after_kin(words)
    yield from after_role(words)
    yield from introduced(words)
    yield from called_out(words)
    yield from known_names(words)


def _with_honorific(words: Words) -> Iterator[tuple[int, int]]:
    for found in _HONORIFIC.finditer(words.text):
        end = _before_reading(words.text, found.start())
        if not end:
            continue
        start = name_until(
            words, end, loose=found[0] in _LOOSE or bool(_HOUSEHOLD.match(words.text, found.end()))
        )
        if start is None:
            continue
        name = words.text[start:end]
        if name in listed("characters") and not _REAL.search(words.text, *words.sentence(start)):
            continue
        if found[0] in ("家", "宅", "様", "氏", "夫妻", "夫婦", "一家") and not _is_family(words, start, end):
            continue
        yield start, end


def _with_title(words: Words) -> Iterator[tuple[int, int]]:
    """本間コーチ, 竹中園長: family names before what a person is."""
    for found in _TITLE.finditer(words.text):
        start = name_until(words, found.start(), loose=False) if found.start() else None
        token = words.token(start) if start is not None else None
        if start is None or token is None:
            continue
        if found["elder"]:
            if found.start() - start >= 2 and words.text[start : found.start()] not in listed("characters"):
                yield start, found.start()
        elif (is_surname(token) and token.end == found.start() > token.start + 1) or (
            found[0] in ("ママ", "パパ") and found.start() - start >= 3 and not KANJI.match(token.surface)
        ):
            yield start, found.start()


def _before_reading(text: str, end: int) -> int:
    """The end of the name in 柊(ひいらぎ)くん."""
    reading = re.compile(r"\([\u3041-\u3096\u30a1-\u30fc]{1,8}\)\Z").search(text, max(0, end - 10), end)
    return reading.start() if reading else end


def _is_family(words: Words, start: int, end: int) -> bool:
    """山田家, but not 実家, 専門家, 神様."""
    token = words.token(start)
    return token is not None and token.start == start and is_surname(token) and token.end <= end
