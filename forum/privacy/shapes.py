"""What looks like a person's name at a place of a text: forwards after 娘の, backwards before さん."""

import re

from forum.language.normalise import to_hiragana
from forum.privacy.lists import foreign_name, given_name, listed, weak
from forum.privacy.words import (
    HIRAGANA,
    KANJI,
    KATAKANA,
    Words,
    is_given,
    is_person,
    is_place,
    is_surname,
    looks_given,
)

LONGEST_ROLE = 12
LONGEST = 6  # letters of one part of a name
_HONORIFICS = (
    "さん|ちゃん|くん|君|先生|せんせい|様|さま|氏|たん|家|宅|一家|夫婦|夫妻|兄弟|姉妹|親子|ママ|パパ"
)
_PARTICLES = (
    "が|は|を|も|と|に|へ|で|の|や|か|だ|って|という|といい|です|でした|まで|から|より"
    "|だけ|しか|ばかり|たち|なんか|ね"
)
AFTER = re.compile(
    rf"(?=$|[^\u3041-\u3096\u4e00-\u9fff々ー\u30a1-\u30faa-z]|{_HONORIFICS}|{_PARTICLES}|たち|達|[0-9]|自身)"
)
_FOLLOWED = re.compile(r"[がはをもとにで」(]|の|です|ちゃん|くん|さん")
_JOINT = re.compile(r"[ ・=]?")
_BEFORE_KANA = re.compile(
    r"(?:\A|[^\u3041-\u3096ー]|(?:と|は|が|の|も|に|で|を|や|から|って|いつも|また|ある|いる|です|ます|"
    r"した|この|その|あの|うちの|ぞ|て|な|い))\Z"
)
_KIN_LETTERS = "父母姉兄妹弟姑嫁婿爺婆孫娘妻"
_SURNAME_ENDS = "田村井川山本野原崎島沢澤藤木口谷宮岡内森林池松坂尾瀬部橋浜津塚堀庭倉堂保浦"
_PERSONS = re.compile(r"[0-9一二三四五六七八九十何数]人\Z|[年月日週]末?\Z")


def name_at(words: Words, start: int, *, surname: bool = True, kana: str = "any") -> int | None:
    """Where a name that begins at `start` ends; None if there is none.

    surname: whether a family name alone will do. kana "strong" takes only names in kana that are no
    ordinary word, "kin" leaves out what stands after 娘の as a word, "any" takes all.
    """
    text = words.text
    if run := KANJI.match(text, start):
        return _kanji_at(words, start, run.end(), surname=surname)
    return _kana_at(text, start, kana)


def name_until(words: Words, end: int, *, loose: bool) -> int | None:
    """Where a name that ends at `end` begins; loose takes kana that no list knows (みーちゃん)."""
    text = words.text
    letter = text[end - 1 : end]
    if KANJI.match(letter):
        return _kanji_until(words, end)
    if (KATAKANA.match(letter) and letter != "ー") or _is_katakana_before(text, end):
        return _katakana_until(text, end, loose)
    if HIRAGANA.match(letter):
        return _hiragana_until(words, end, loose)
    return None


def _is_katakana_before(text: str, end: int) -> bool:
    return text[end - 1 : end] == "ー" and bool(re.match(r"[\u30a1-\u30fa]", text[end - 2 : end - 1]))


def _kanji_at(words: Words, start: int, end: int, *, surname: bool) -> int | None:
    text = words.text
    token = words.token(start)
    if token is None or token.start != start:
        return None
    if _is_role(text[start:end]) or text[start] in _KIN_LETTERS:
        return None
    if is_surname(token) or (surname and is_place(token) and len(token.surface) >= 2):
        given = _given_after(words, min(token.end, end))
        if given is not None:
            return given
        if surname and token.end <= end and AFTER.match(text, token.end):
            return token.end if len(token.surface) >= 2 or not is_given(token) else None
    for stop in range(min(end, start + 3), start, -1):
        if AFTER.match(text, stop) and looks_given(words, start, stop):
            return stop
    if surname and end - start <= 4 and _unknown_surname(words, start, end):
        return end
    return None


def _unknown_surname(words: Words, start: int, end: int) -> bool:
    """Kanji that the dictionary knows only in pieces: 野々村, 大河内."""
    tokens = words.covered(start, end)
    if not tokens or end - start < 2 or not AFTER.match(words.text, end):
        return False
    pieces = [token for token in tokens if not token.pos.startswith(("名詞,数", "名詞,接尾", "名詞,非自立"))]
    name = words.text[start:end]
    if len(name) <= 3 and len(tokens) > 1 and name[-1] in _SURNAME_ENDS and tokens[0].pos.startswith("名詞"):
        return True
    known = any(is_person(token) or is_place(token) for token in tokens)
    return known and len(pieces) == len(tokens) and all(len(token.surface) <= 2 for token in tokens)


def _given_after(words: Words, place: int) -> int | None:
    """Where a given name that follows a family name ends."""
    text = words.text
    joint = _JOINT.match(text, place)
    start = joint.end() if joint else place
    if run := KANJI.match(text, start):
        for stop in range(min(run.end(), start + 3), start, -1):
            if not AFTER.match(text, stop) or text[start:stop] in listed("roles"):
                continue
            if looks_given(words, start, stop) or (stop - start >= 2 and _all_names(words, start, stop)):
                return stop
        return None
    return _kana_at(text, start, "any") if start < len(text) else None


def _all_names(words: Words, start: int, end: int) -> bool:
    tokens = words.covered(start, end)
    return bool(tokens) and all(is_person(token) for token in tokens or ())


def _kana_at(text: str, start: int, kana: str) -> int | None:
    if run := re.compile(r"[\u30a1-\u30fa\u30fc]{2,}").match(text, start):
        return _katakana_at(text, start, run.end(), kana)
    for length in range(LONGEST, 1, -1):
        sound = text[start : start + length]
        if len(sound) != length or not HIRAGANA.fullmatch(sound) or not given_name(sound):
            continue
        if AFTER.match(text, start + length) and not _is_word(sound, kana):
            return start + _without_particle(text, start, length)
    return None


def _without_particle(text: str, start: int, length: int) -> int:
    """The length without は or の where a shorter name stands there as well: りつ|は2歳."""
    shorter = text[start : start + length - 1]
    ends_alike = text[start + length - 1] in "はのとか" and len(shorter) >= 2 and given_name(shorter)
    return length - 1 if ends_alike and not _FOLLOWED.match(text, start + length) else length


def _katakana_at(text: str, start: int, end: int, kana: str) -> int | None:
    sound = text[start:end]
    if not AFTER.match(text, end):
        return None
    if foreign_name(sound) or (given_name(sound) and not _is_word(sound, kana)):
        more = re.compile(r"[・=][\u30a1-\u30fa\u30fc]{2,10}").match(text, end)
        return more.end() if more else end
    return None


def _is_word(sound: str, kana: str) -> bool:
    if kana == "strong":
        return len(sound) < 3 or weak(sound)
    return kana == "kin" and to_hiragana(sound) in listed("ordinary_after_kin")


def _kanji_until(words: Words, end: int) -> int | None:
    text = words.text
    start = end
    while start > 0 and end - start < 8 and KANJI.match(text[start - 1]):
        start -= 1
    run = text[start:end]
    if _is_role(run):
        return None
    tokens = words.within(start, end)
    if not tokens or tokens[-1].end > end + 1 or text[start - 1 : start].isdigit():
        return None
    taken = end
    for token in reversed(tokens):
        if not (is_person(token) or is_place(token) or len(token.surface) == 1) or end - token.start > 5:
            break
        if (
            token.pos.startswith(("名詞,接尾", "名詞,数", "接頭詞", "名詞,代名詞", "名詞,非自立"))
            and taken == end
        ):
            break
        taken = token.start
    if taken < end:
        return _full_start(words, taken)
    # No part is known as a name: a short run by itself may still be one, unless it is a plain word.
    if (
        len(run) <= 3
        and len(tokens) > 1
        and not any(_plain(token.pos) and len(token.surface) > 1 for token in tokens)
    ):
        return start
    return None


def _full_start(words: Words, start: int) -> int:
    """The start with a family name in front of a given name, divided by a space: 村瀬 奈々."""
    if words.text[start - 1 : start] in (" ", "・") and start > 1:
        before = words.token(start - 2)
        if before is not None and is_surname(before):
            return before.start
    return start


def _plain(pos: str) -> bool:
    return pos.startswith(
        ("名詞,一般", "名詞,サ変接続", "名詞,副詞可能", "名詞,形容動詞語幹", "名詞,接尾", "名詞,代名詞")
    )


def _is_role(run: str) -> bool:
    """Whether kanji end in the word for a role: 若手保育士, 担当保健師, 隣, 皆."""
    roles = listed("roles")
    if run[-1] in _KIN_LETTERS or _PERSONS.search(run):
        return True
    return any(
        run[cut:] in roles and (cut == 0 or len(run) - cut >= 2)
        for cut in range(max(0, len(run) - LONGEST_ROLE), len(run))
    )


def _katakana_until(text: str, end: int, loose: bool) -> int | None:
    start = end
    while start > 0 and end - start < 20 and re.match(r"[\u30a1-\u30fa\u30fc・]", text[start - 1]):
        start -= 1
    run = text[start:end].lstrip("・")
    start = end - len(run)
    if run in listed("roles") or len(run) < 2 or len(run) > 16 or (start > 0 and text[start - 1] == "ー"):
        return None
    if foreign_name(run) or given_name(run) or any(foreign_name(part) for part in run.split("・")):
        return start
    return start if loose and len(run) <= 5 else None


def _hiragana_until(words: Words, end: int, loose: bool) -> int | None:
    text = words.text
    start = end
    while start > 0 and end - start < 12 and HIRAGANA.match(text[start - 1]):
        start -= 1
    run = text[start:end]
    if run in listed("roles") or any(
        run.endswith(role) for role in listed("roles") if len(role) >= 3 and HIRAGANA.fullmatch(role)
    ):
        return None
    for length in range(min(LONGEST, len(run)), 1, -1):
        at = end - length
        if text[at:end] in listed("roles"):
            return None
        if _inside_word(words, at):
            continue
        if given_name(text[at:end]) and _BEFORE_KANA.search(text, max(0, at - 4), at):
            return _with_surname(words, at)
    if run[0] == "と" and re.compile(r"(?:くん|ちゃん|さん|君)と").match(text, max(0, start - 2)):
        start, run = start + 1, run[1:]
    elif (among := re.compile(r"(?:くん|ちゃん|さん)(?:と|や|も|、)").search(run)) is not None:
        start, run = start + among.end(), run[among.end() :]
    if loose and 2 <= len(run) <= 4 and not _starts_like_grammar(run):
        return start
    return None


def _inside_word(words: Words, place: int) -> bool:
    """Whether a word with kanji reaches over `place`: 新|しい先生."""
    token = words.token(place)
    return token is not None and token.start < place and bool(KANJI.match(words.text[place - 1]))


def _with_surname(words: Words, start: int) -> int:
    """The start with the family name before a given name in kana: 田村りく."""
    before = words.token(start - 1) if start else None
    if before is not None and before.end == start and is_surname(before):
        return before.start
    return _full_start(words, start)


def _starts_like_grammar(run: str) -> bool:
    return (
        run[-1] in "がをはのにでとへもてらいく"
        or run[0] in "がをはのにでとへもんっょゃゅーるれ"
        or run in {"なん", "ごめ", "ふく", "じゃ", "いっ", "たく", "どく", "らく", "おく"}
    )
