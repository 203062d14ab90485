"""Names beside the word for who bears them: 娘の…, 長女凛、…, 担任の…, 隣の…."""

import re
from collections.abc import Iterator

from forum.privacy.ordinary import other_word
from forum.privacy.shapes import name_at
from forum.privacy.words import KANJI, Words, is_given, is_surname

KIN = (
    "息子|娘|長男|次男|二男|三男|四男|長女|次女|二女|三女|四女|末っ子|上の子|下の子|真ん中の子|一人目|"
    "二人目|三人目|第一子|第二子|子ども|子供|赤ちゃん|"
    "夫|妻|主人|旦那|嫁|元夫|元妻|元旦那|彼氏|彼女|元彼|元カレ|再婚相手|姉|妹|兄|弟|甥っ子|姪っ子|孫娘|"
    "一人娘|一人息子|愛娘|末娘|義姉|義妹|義兄|義弟|義母|義父|母|父|祖母|祖父|叔母|伯母|叔父|伯父|"
    "おば|おじ|いとこ|従兄弟|従姉妹|孫|甥|姪|うち|我が家|わが家|我が子|わが子|双子|年子|三つ子|友人|友達|"
    "友だち|親友|同級生|幼なじみ|男の子|女の子|兄妹|姉弟"
)
_AFTER_KIN = re.compile(
    rf"(?:{KIN}|[0-9]{{1,2}}(?:歳|才|か月|ヶ月)|年[長中少]|[小中高][1-6]|[1-6]年生)(?:の|、|「|\(| |"
    rf"である|は、|・|:)?[「『]?"
)
_ROLE = (
    "担任|副担任|校長|教頭|副校長|園長|副園長|主任|養護教諭|保育士|指導員|顧問|コーチ|監督|店長|社長|"
    "部長|課長|係長|上司|同僚|先輩|後輩|主治医|医師|"
    "保健師|助産師|民生委員|相談員|ケースワーカー|大家|管理人|隣|お隣|隣人|隣家|向かい|お向かい|近所|"
    "ご近所|上の階|下の階|斜め向かい|クラス|同じクラス|同じ班|"
    "同じ園|同じ学年|同じ組|部活|いじめっ子|加害者|相手|犯人|ママ友|パパ友|友人|知人|親友|代表|会長|役員|"
    "ファミサポ|シッター|元カレ|元彼|恋人|先生|同級生"
)
_AFTER_ROLE = re.compile(rf"(?:{_ROLE})(?:の子)?(?:の|が|は|:|、|「| )")


def after_kin(words: Words) -> Iterator[tuple[int, int]]:
    text = words.text
    for found in _AFTER_KIN.finditer(text):
        joint = found[0][-1]
        # うちの…, 夫、… are followed by anything; a name there must look like nothing else.
        sure = joint in "の「『("
        end = name_at(words, found.end(), surname=False, kana="kin" if sure else "strong")
        if end is None:
            continue
        if not sure and KANJI.match(text[found.end()]) and not _bare_given(words, found.end(), end):
            continue
        yield found.end(), end


def _bare_given(words: Words, start: int, end: int) -> bool:
    """長女凛、 息子蓮3歳: a given name right beside the kin word, and then a pause."""
    if end - start == 1:
        return bool(re.compile(r"[、。,・(0-9 「」]|は|が|の|と|$").match(words.text, end))
    return True


def after_role(words: Words) -> Iterator[tuple[int, int]]:
    text = words.text
    for found in _AFTER_ROLE.finditer(text):
        end = name_at(words, found.end(), kana="strong")
        token = words.token(found.end())
        if end is None or token is None:
            continue
        called = re.compile("です|先生|だ").match(text, end) is not None
        if (
            (
                is_surname(token)
                or called
                or (is_given(token) and end - found.end() >= 2)
                or text[found.end() - 1] in "の:"
            )
            and end - found.end() >= 2
            and not other_word(words, found.end(), end, places=found[0][0] in "隣近お向上下斜" and not called)
        ):
            yield found.end(), end
