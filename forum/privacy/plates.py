"""Licence plates in a normalised text: 滋賀 500 さ 12-34, also without the class or the kana."""

import re
from collections.abc import Iterator

from forum.privacy.types import Find, Public

# Offices and places of origin on plates, as the ministry issues them.
_OFFICE = (
    "札幌|函館|旭川|室蘭|釧路|帯広|北見|苫小牧|知床|十勝|青森|八戸|弘前|岩手|盛岡|平泉|宮城|仙台|秋田|"
    "山形|庄内|福島|会津|郡山|白河|いわき|"
    "水戸|土浦|つくば|宇都宮|那須|とちぎ|群馬|前橋|高崎|大宮|川口|所沢|川越|熊谷|春日部|越谷|千葉|成田|"
    "習志野|市川|船橋|袖ヶ浦|市原|野田|松戸|柏|"
    "品川|世田谷|練馬|杉並|板橋|足立|江東|葛飾|八王子|多摩|横浜|川崎|湘南|相模|山梨|富士山|新潟|長岡|"
    "上越|富山|石川|金沢|福井|長野|松本|諏訪|南信州|"
    "岐阜|飛騨|静岡|浜松|沼津|伊豆|富士|愛知|名古屋|豊橋|三河|岡崎|豊田|尾張小牧|一宮|春日井|三重|鈴鹿|"
    "四日市|伊勢志摩|滋賀|京都|大阪|なにわ|和泉|堺|"
    "神戸|姫路|奈良|飛鳥|和歌山|鳥取|島根|出雲|岡山|倉敷|広島|福山|山口|下関|徳島|香川|高松|愛媛|高知|"
    "福岡|北九州|久留米|筑豊|佐賀|長崎|佐世保|熊本|"
    "大分|宮崎|鹿児島|奄美|沖縄"
)
_FOUR = r"(?:[0-9]{2}[- ]?[0-9]{2}|[・.]{1,3} ?[0-9][- ]?[0-9]{0,2}|[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,4})"
_KANA = r"[あ-んア-ンa-z]"
_END = r"(?![0-9])(?!(?:年|円|人|回|分|時|歳|番地|丁目|号|cm|kg|g|m|ml|日|月|点|名|%|度))"
_WHOLE = re.compile(
    rf"(?:{_OFFICE}) ?(?:ナンバー)?(?:の)? ?[0-9]{{2}}[0-9a-z] ?の? ?(?:{_KANA} ?の?|に) ?{_FOUR}{_END}"
    rf"|(?:{_OFFICE}) ?{_KANA} ?[0-9]{{1,2}}-[0-9]{{2}}{_END}"
    rf"|(?:{_OFFICE})ナンバーの? ?[0-9]{{2}}-?[0-9]{{2}}{_END}"
)
_SAID = re.compile(
    rf"(?:ナンバー(?:プレート)?|車の?番号|プレート)(?:は|が|の|:|、|「)?[ 「]?"
    rf"(?P<plate>(?:[0-9]{{2,3}} ?{_KANA} ?)?(?:[0-9]{{2}}-[0-9]{{2}}|[0-9]{{4}}|"
    rf"[・.]{{1,3}}[0-9]{{1,3}})){_END}"
)


def find_plates(text: str, public: Public) -> Iterator[Find]:
    """Plates with their office, and the four digits after the word for plate."""
    for found in _WHOLE.finditer(text):
        yield Find(*found.span(), "plate")
    for found in _SAID.finditer(text):
        yield Find(*found.span("plate"), "plate")
