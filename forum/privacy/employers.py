"""Names of employers in a normalised text, where the sentence says that somebody works there."""

import re
from collections.abc import Iterator

from forum.privacy.proper import generic, proper_start
from forum.privacy.types import Find, Public
from forum.privacy.words import Words

_AFTER = (
    "工業|精工|精機|製作所|商事|商会|商店|建設|運輸|運送|電機|電気|電子|電工|化学|化成|製薬|"
    "ホールディングス|信用金庫|信金|銀行|証券|生命|損保|不動産|鉄工所?|重工|"
    "印刷|出版|食品|フーズ|物流|産業|興業|工務店|設備|通信|システム|システムズ|技研|機械|金属|紡績|繊維|"
    "薬品|薬局|ホテル|旅館|交通|バス|タクシー|警備保障|農園|牧場|水産|"
    "製菓|製パン|酒造|自動車|モータース|組|店|支店|本社|支社|営業所|工場"
)
_BEFORE = (
    "株式会社|有限会社|合同会社|医療法人|社会福祉法人|スーパー|ドラッグストア|デイサービス|老人ホーム|"
    "特養|グループホーム|介護施設|カフェ|居酒屋|レストラン|食堂|美容室|"
    "ヘアサロン|ホテル|旅館|コンビニ|パン屋|ベーカリー|ケアハウス|訪問介護"
)
_WORKS = (
    r"(?:で(?:働|パート|正社員|派遣|契約社員|バイト|アルバイト|夜勤|事務|レジ|(?:看護|介護|保育)|勤務)|"
    r"に(?:勤め|勤務|就職|入社|転職|在籍|内定|勤続)|"
    r"の(?:社員|店員|職員|看護師|正社員|パート|レジ|工場勤め|事務|派遣|店長|介護士|保育士|栄養士|運転手|"
    r"営業)|勤務|勤め)"
)
_WORD = r"[\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff々a-z&・]"
_SUFFIXED = re.compile(rf"(?P<kind>{_AFTER})(?=[^。\n]{{0,3}}?{_WORKS})")
_PREFIXED = re.compile(
    rf"(?P<kind>{_BEFORE})[ 「]?(?P<name>{_WORD}{{2,12}}?(?: ?[\u4e00-\u9fff]{{1,6}}店)?)(?=」?{_WORKS})"
)
_CLINIC = re.compile(rf"(?P<kind>医院|クリニック|病院|診療所|薬局|医療センター|歯科)(?={_WORKS})")
# 夫の会社は共栄建設です / 勤務先は北湖製作所
_NAMED = re.compile(
    rf"(?:会社|職場|勤め先|勤務先|仕事先|パート先|バイト先|就職先|内定先)(?:は|が|:|、|"
    rf"の)[ 「]?(?P<name>{_WORD}{{2,16}}?)(?=」?(?:です|で、|で(?:正社員|パート|働)|といい|という|と言|"
    rf"[がをにで]|。|、|$))"
)
_COMPANY = re.compile(rf"(?:{_AFTER}|病院|医院|クリニック|株式会社)\Z|\A(?:{_BEFORE})")


def find_employers(text: str, public: Public) -> Iterator[Find]:
    """Employers with a name of their own ("institution"); パート先のスーパー names none."""
    suffixed = [*_SUFFIXED.finditer(text), *_CLINIC.finditer(text)]
    prefixed = [*_PREFIXED.finditer(text)]
    named = [*_NAMED.finditer(text)]
    if not (suffixed or prefixed or named):
        return
    words = Words.of(text)
    for found in suffixed:
        start = proper_start(words, found.start())
        if start is not None and found.start() - start >= 2:
            yield Find(start, found.end(), "institution")
    for found in prefixed:
        if not generic(found["name"]):
            yield Find(found.start(), found.end("name"), "institution")
    for found in named:
        if _COMPANY.search(found["name"]) and not generic(found["name"]):
            yield Find(*found.span("name"), "institution")
