"""Names that somebody gives as such: 名前は…, …と申します, …まで連絡, 「…、早く」."""

import re
from collections.abc import Iterator

from forum.privacy.lists import listed
from forum.privacy.ordinary import PLACE_TOLD, other_word
from forum.privacy.relatives import KIN
from forum.privacy.shapes import name_at, name_until
from forum.privacy.words import HIRAGANA, KANJI, Words, is_given, is_surname

_CALLED = re.compile(
    r"(?:名前|なまえ|本名|氏名|旧姓|苗字|名字|名字?|姓|表札|差出人|宛名|署名|呼び名|実名|フルネーム|自分|"
    r"(?<![一-龥々])(?:私|わたし|僕|俺|ぼく))"
    r"(?:の名前|の名)?(?:は|が|、|:|に(?=[「『])|も)[、 ]?[「『]?"
)
_SAID_SO = re.compile(
    r"[」』]?(?:さん|ちゃん|くん|君)?(?:です|でした|だ(?!け)|だった|といい|と言い|と申し|と書い|ともうし|"
    r"という(?!の|こと)|と言う(?!の|こと)|と付け|とつけ|とかい|に決め|、|。|\(|$|\n|さん|[一-龥]歳)"
)
_SAYS = re.compile(
    r"[」』]?(?:と申し|ともうし|と名[付づ]け|って(?:いう|言う|ゆう)?(?:名前|なまえ|子|人|やつ|奴)|(?:と|"
    r"って)呼|という(?:名前|保育士|教師|教員|職員|看護師|医者|医師|お母さん|お父さん|ママ|生徒|児童|上司|"
    r"指導員|コーチ|子|人|者|もの|方|[0-9一二三四五六]年生|同級生|男|女|先生|おば|おじ)"
    r"|(?:といい|と言い|っていい)ます|と呼んで(?:い|る|くだ|ね)|の(?:母|父|ママ|パパ|親|保護者|祖母|祖父|"
    r"母親|父親)(?:です|と申|より|として|にな|、|。|で)"
    r"|より$|より\n|[ 、:]?\(?0[0-9]{1,3}-|(?:まで|宛)(?:$|\n|お願い|取り|来|お越し|メール|電話|ライン|"
    r"line|dm|連絡|お電話|ご連絡|ください|に(?:連絡|お願い)|どうぞ|。)|[、 ]?\(?[0-9]{1,2}(?:歳|才|か月|"
    r"ヶ月)|[、 ]?\([0-9]|[、 ]?\((?:年[長中少]|[小中高][0-9])"
    r"|[、 ]?[0-9]年(?:生|[0-9]組)|が(?:生まれ|産まれ)|を(?:出産|産)|(?:のママ|のパパ|ママ|パパ)(?:です|"
    r"と|に|が|の|は|さん|」))"
)
_NAMED_SO = re.compile(r"と(?:申し|もうし|いい|言い)ます")
_TO_CONTACT = re.compile(r"まで(?:に)?(?:電話|お電話|連絡|ご連絡|お願い|メール)")
_SIGNED = re.compile(r"です(?=[。、!\n]|$)|と申します|より(?=\Z|\n)")
_I_AM = re.compile(r"(?:わたし|あたし|ぼく|おれ|うち|ボク|オレ|アタシ|ワタシ)(?=[\u3041-\u30fa])")
_I_AM_SAID = re.compile(r"、?(?:[0-9]|[小中高年][0-9長中少]|です|だよ|っていい|といい)")
_THEY_ARE = re.compile(rf"(?:{KIN}|[上下]が)は")
_THEY_ARE_SAID = re.compile(
    r"です|、(?:息子|娘|[長次三][男女]|弟|妹|兄|姉|[上下]|もう)|と(?:いい|言い|名[付づ]け)|で、(?:[0-9]|"
    r"[上下]|弟|妹)"
)
_CONTACT = re.compile(
    r"(?P<before>(?:連絡|問い?合わせ|申し?込み|返信|返事)(?:先)?(?:は|を|、|:)[、 ]?|"
    r"(?P<number>[0-9]{3,4}(?:号室?)?|[a-z]{2,3})(?:の|、| |\()[ ]?)(?=[\u4e00-\u9fff\u30a1-\u30fa])"
)
_CALLS = re.compile(r"「(?=[^」\n]{2,14})")
_SHOUTED = re.compile(r"[、!っぅー~ ]|の(?:ママ|パパ|お?母|お?父|親)|」(?:と|って|「|、|が|は|の)")


def introduced(words: Words) -> Iterator[tuple[int, int]]:
    """Names after 名前は, before と申します, at the end of a sentence, beside a telephone number."""
    yield from _after_called(words)
    yield from _before_says(words)
    yield from _own_and_childs(words)
    yield from _signed(words)
    yield from _single(words)


def _after_called(words: Words) -> Iterator[tuple[int, int]]:
    text = words.text
    for found in _CALLED.finditer(text):
        start = found.end()
        for at in _starts(words, start):
            end = name_at(words, at, kana="any" if "名" in found[0] or "姓" in found[0] else "strong")
            if (
                end is not None
                and _SAID_SO.match(text, end)
                and not other_word(words, at, end, places="私" in found[0])
            ):
                yield at, end
                break


def _before_says(words: Words) -> Iterator[tuple[int, int]]:
    text = words.text
    for found in _SAYS.finditer(text):
        begin = name_until(words, found.start(), loose=False) if found.start() else None
        if begin is not None and _could_introduce(words, begin, found.start()):
            yield begin, found.start()


def _own_and_childs(words: Words) -> Iterator[tuple[int, int]]:
    text = words.text
    for pattern, said in ((_I_AM, _I_AM_SAID), (_THEY_ARE, _THEY_ARE_SAID)):
        for found in pattern.finditer(text):
            end = name_at(words, found.end(), surname=False, kana="any")
            if end is not None and said.match(text, end) and not other_word(words, found.end(), end):
                yield found.end(), end


def _signed(words: Words) -> Iterator[tuple[int, int]]:
    text = words.text
    for found in _SIGNED.finditer(text):
        begin = name_until(words, found.start(), loose=False) if found.start() else None
        token = words.token(begin) if begin is not None else None
        if begin is None or token is None or not is_surname(token) or found.start() - begin < 2:
            continue
        if _is_person_there(words, begin):
            yield begin, found.start()
    for found in _CONTACT.finditer(text):
        end = name_at(words, found.end("before"), kana="strong")
        if end is not None and not other_word(words, found.end("before"), end, places=False):
            yield found.end("before"), end


def _is_person_there(words: Words, start: int) -> bool:
    """申し込みたい小林です, but not 住まいは瀬田です: what stands before speaks of no place."""
    return not PLACE_TOLD.search(words.text, words.sentence(start)[0], start)


def _could_introduce(words: Words, start: int, end: int) -> bool:
    """Whether [start, end) may be what somebody says of himself: known as a name, not a word in kana."""
    name = words.text[start:end]
    if len(name) < 2 or other_word(words, start, end):
        return len(name) >= 2 and _is_contact(words.text, end)
    if HIRAGANA.fullmatch(name) and len(name) < 3:
        return name not in listed("ordinary_after_kin") and not words.text[start - 1 : start].isalpha()
    if KANJI.match(name):
        known = any(is_surname(token) or is_given(token) for token in words.within(start, end))
        return known or _is_contact(words.text, end)
    return True


def _is_contact(text: str, end: int) -> bool:
    """Whether one is asked to get in touch with what ends at `end`: 沢木まで電話ください."""
    return bool(_TO_CONTACT.match(text, end))


def _single(words: Words) -> Iterator[tuple[int, int]]:
    """うちは梶といいます: a family name of one letter."""
    for found in _NAMED_SO.finditer(words.text):
        start = found.start() - 1
        alone = start >= 0 and not KANJI.match(words.text[start - 1 : start])
        if alone and words.text[start] in listed("surnames_single"):
            yield start, found.start()


def _starts(words: Words, start: int) -> Iterator[int]:
    """Places where the name may begin after 名前は: at once, or after 長男は."""
    yield start
    if kin := re.compile(rf"(?:{KIN}|[上下]が)(?:は|が|、)").match(words.text, start):
        yield kin.end()


def called_out(words: Words) -> Iterator[tuple[int, int]]:
    """「優斗、早くして」 and 「大樹」と叫ぶ声."""
    for found in _CALLS.finditer(words.text):
        end = name_at(words, found.end(), surname=False, kana="strong")
        if end is not None and end - found.end() >= 2 and _SHOUTED.match(words.text, end):
            yield found.end(), end
