"""Whether a text complains about a school, nursery or clinic that stands in it by name.

Whoever is named cannot answer here, and in a small place everybody knows the people behind the name. So a
person reads such a text before strangers do. Without the name, the complaint is a worry like any other.
"""

import re

from forum.language.normalise import spelled
from forum.privacy.institutions import named_institutions
from forum.privacy.types import Public

_COMPLAINT = re.compile(
    r"最悪|最低|ひど[いくすかさ]|酷[いくすか]|(?:対応|態度|感じ|言い方|説明)(?:が|は|も)?(?:とても|すごく|本当に)?"
    r"(?:悪|きつ|冷た|雑|ない|納得|なっとく)|(?:対応|態度|説明|やり方)(?:に|は).{0,8}(?:納得|なっとく)|"
    r"(?:やめ|辞め|止め)た(?:ほう|方)が|(?:お(?:すす|勧)め|信用|信頼)(?:は)?(?:しない|しません|でき(?:ない|ません))|"
    r"(?:怒鳴|どな(?!た)|叩|たた(?=[いかき])|殴|無視|差別|放置|ほったらかし|ばかに|馬鹿に|傷つけ)(?:[られいっきしさにたて]|す)|"
    r"二度と(?:行|預)|行きたく(?:ない|ありません)|許せ(?:ない|ません)|訴え(?:た|る)|クレーム|不衛生|不潔|"
    r"いやな(?:思い|おもい)|嫌な思い|聞いてもら(?:えな|えま)|見てもら(?:えな|えま)|隠(?:した|して|され)|"
    r"(?:いつも|ずっと|毎日).{0,12}(?:ぬれた|濡れた|汚れた|よごれた)まま"
)
_NOT_SO = re.compile(
    r"(?:ひど|酷)く(?:は)?(?:ない|ありません|なかった)|(?:夜泣き|湿疹|咳|熱|アトピー)(?:が|も)(?:ひど|酷)"
)

_NEXT = 60  # characters of the next sentence: "見本園です。対応が最悪でした。"


def complains_of_named(
    text: str, districts: frozenset[str] = frozenset(), numbers: frozenset[str] = frozenset()
) -> bool:
    """True if a sentence, or the one after it, complains about a place that it names. Pure.

    About 10 ms where both a complaint and a name may stand, nothing otherwise.
    """
    # Who hides names leaves 「見本医院の先生」 to the names of people; here the place is what matters.
    plain = spelled(text).text.replace("の先生", "の人々")
    if not _COMPLAINT.search(plain):
        return False
    for find, sentence in named_institutions(plain, Public(numbers, districts)):
        after = plain[find.end : find.end + len(sentence) + _NEXT].split("\n")[0]
        spoken = _NOT_SO.sub("", sentence + after)
        if _COMPLAINT.search(spoken):
            return True
    return False
