"""What a sentence does with a place that it names: the family goes there, or it is only spoken of."""

import re

_SAYS_SO = re.compile(
    r"通っ|通う|通い|通わせ|通園|通学|通院|在園|在学|在籍|うちの園|うちの子|うちの?学校|我が|わが|息子|"
    r"娘|長男|長女|次男|次女|弟が|妹が|兄が|姉が|担任|クラス|年生|"
    r"[0-9]年|[0-9]組|年[長中少]|組です|(?:入園|入学|転園|転校)(?!前|説明|案内|願書|金|資格|テスト|試験|"
    r"準備|希望|の(?:手続|申し?込み|準備))|卒園|卒業|卒で|卒の|保護者|組の|進学|進み|"
    r"進む|勤め|勤務|働[いくき]|パート|職場|お世話にな|かかりつけ|行かせ|預け|生徒です|"
    r"の子(?:です|が|に|と)|先生方|お迎え|送迎|登園|登校|運動会|発表会|参観|懇談|面談|pta|役員|給食|校区|"
    r"学区|入院し|入院中|手術|出産|産みま|産んだ|生まれ|主治医|担当医|[診看み]てもら|"
    r"辞め|やめ|行きしぶり|行き渋り|休んで|に決ま|受か|合格|内定|保護者会"
)
_ASKED = re.compile(
    r"サロン|サークル|ひろば|広場|のように|支援センター|遊べ|一時預かり|催し|おすすめ|お勧め|オススメ|"
    r"評判|口コミ|どうです|どうでしょう|どんな|ご存[知じ]|知って(?:る|いる|ます|"
    r"い)|教えて|電話(?:し|を|に|で|すれ)|問い?合わせ|予約|見学|"
    r"説明会|申し?込|受診|行ってみ|行けます|紹介|利用でき|開いて|やって(?:る|い)ます|よかった(?:です|よ)|"
    r"良かった(?:です|よ)|親切|詳しい|場所|どこ|窓口|相談でき|あり(?:ます|ました)よ|"
    r"使えます|受け付け|受付|評価|人気|土曜も|駐車場|イベント|開放|バザー|講演|投票|会場"
)
# A landmark on the way: 松が浦小学校の前の信号.
_LANDMARK = re.compile(
    r"の?(?:前の|隣の|となりの|横の|裏の|そばの|近くの|向かいの|あたり|方面|周辺|交差点|バス停|体育館で|"
    r"グラウンドで|校庭で)"
)


def belongs(sentence: str) -> bool:
    """Whether the sentence says that the writer's family goes, works or is looked after there."""
    return bool(_SAYS_SO.search(sentence))


def asked_about(sentence: str) -> bool:
    """Whether the sentence recommends a place, asks about it or telephones it."""
    return bool(_ASKED.search(sentence))


def landmark(text: str, end: int) -> bool:
    """Whether the place that ends at `end` only tells where something else is."""
    return bool(_LANDMARK.match(text, end))
