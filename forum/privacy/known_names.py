"""Names that nothing announces: full names, names that are no other word, and names told before."""

import re
from collections.abc import Iterator

from forum.language.tokens import Token
from forum.privacy.lists import listed
from forum.privacy.ordinary import PLACE_TOLD, other_word
from forum.privacy.shapes import AFTER, name_at, name_until
from forum.privacy.words import HIRAGANA, KANJI, KATAKANA, Words, is_given, is_place, is_surname, looks_given

_HURTS = re.compile(
    r"いじめ|いじわる|意地悪|叩|たた(?:か|い|き)|殴|なぐ|蹴|け(?:ら|ったり)|脅|無視|悪口|死ね|取られ|盗|"
    r"仲間外れ|仲間はずれ|からかわ|泣かさ|嫌がらせ|にらま|怒鳴"
)
_OBJECT = re.compile(
    r"を(?=叩|たた[いかき]|殴|なぐ|蹴|怒鳴|どな|置いて|抱いて|残して|連れて|ゆさぶ|揺さぶ|無視)"
)
_ACTS = re.compile(
    r"(?:が|は|に(?!は?(?:住|い[るま]|あ[りる]|行|引っ越))|から(?:は|の)?(?:電話|連絡|メール|返|言)|"
    r"と(?!い)|を|、|。|まで|より|\()"
)
_SUBJECT = re.compile(r"(?:が|に|と|は|から|や|も)")
_JOINED = re.compile(r"(?:さん|ちゃん|くん|君|先生)?(?:と|、|や|・|も|,|＆|&| と )(?:、)?")


def known_names(words: Words) -> Iterator[tuple[int, int]]:
    """Full names, given names that are nothing else, and family names of those who are said to hurt."""
    text = words.text
    for token in words.tokens:
        run = _listed_given(words, token)
        if run is not None:
            yield token.start, run
        elif is_surname(token):
            end = name_at(words, token.start, surname=False, kana="any")
            if end is not None and end > token.end:
                yield token.start, end
            elif len(token.surface) >= 2 and _alone(words, token):
                yield token.start, token.end
        elif is_given(token) and len(token.surface) >= 2 and KANJI.fullmatch(token.surface):
            end = name_at(words, token.start, surname=False)
            if end is not None and not KANJI.match(text[token.start - 1 : token.start]):
                yield token.start, end
    yield from _known_in_kana(words)


def _alone(words: Words, token: Token) -> bool:
    """Whether a family name stands as somebody: 佐久間に言われた, not 草津に住む, 本田の車, 石田駅."""
    text = words.text
    if token.surface in listed("known_as_places") or KANJI.match(text[token.start - 1 : token.start]):
        return False
    if _SUBJECT.match(text, token.end) and _hurts(words, token.end):
        return True
    listed_only = token.surface in listed("surnames") and not is_place(token)
    return (
        listed_only
        and bool(_ACTS.match(text, token.end))
        and not PLACE_TOLD.search(text, *words.sentence(token.start))
    )


def _listed_given(words: Words, token: Token) -> int | None:
    """Where a given name ends whose kanji are no other word, and stand by themselves."""
    text = words.text
    run = None if KANJI.match(text[token.start - 1 : token.start]) else KANJI.match(text, token.start)
    if run is None or len(run[0]) < 2 or run[0] not in listed("kanji_given") - listed("kanji_words"):
        return None
    return run.end() if AFTER.match(text, run.end()) else None


def _known_in_kana(words: Words) -> Iterator[tuple[int, int]]:
    """Names in kana that are no other word, and who is said to hurt or to be hurt."""
    text = words.text
    for found in HIRAGANA.finditer(text):
        end = name_at(words, found.start(), surname=False, kana="strong")
        if end is not None and re.compile(r"[がはをも]|、|です|の(?:こと|母|気|声|顔)").match(text, end):
            yield found.start(), end

    for found in KATAKANA.finditer(text):
        end = name_at(words, found.start(), surname=False, kana="strong")
        if end == found.end() and _SUBJECT.match(text, end) and _hurts(words, end):
            yield found.start(), end
    for found in _OBJECT.finditer(text):
        start = name_until(words, found.start(), loose=False) if found.start() else None
        run = text[start : found.start()] if start is not None else ""
        if (
            start is not None
            and KANJI.fullmatch(run)
            and 2 <= len(run) <= 3
            and looks_given(words, start, found.start())
        ):
            yield start, found.start()


def _hurts(words: Words, place: int) -> bool:
    return bool(_HURTS.search(words.text, place, min(place + 25, words.sentence(place)[1])))


def beside(words: Words, found: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The other names of a list: 湊と律, 西田と東."""
    for _start, end in found:
        at = end
        for _ in range(4):
            joint = _JOINED.match(words.text, at)
            more = name_at(words, joint.end(), kana="kin") if joint else None
            if joint is None or more is None or _plain_word(words, joint.end(), more):
                break
            yield joint.end(), more
            at = more


def _plain_word(words: Words, start: int, end: int) -> bool:
    return other_word(words, start, end) and not looks_given(words, start, end)


def repeated(words: Words, found: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same names where nothing else tells that they are names."""
    text = words.text
    for name in {text[start:end] for start, end in found}:
        if len(name) < 2:
            continue
        place = text.find(name)
        while place >= 0:
            end = place + len(name)
            token = words.token(place)
            starts_here = token is not None and token.start == place
            if starts_here and not (
                HIRAGANA.fullmatch(name) and len(name) == 2 and text[place - 1 : place + 1] == name[0] * 2
            ):
                yield place, end
            place = text.find(name, end)
