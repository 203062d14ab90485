"""Ids of LINE and other accounts in a normalised text."""

import re
from collections.abc import Iterator

from forum.privacy.types import Find, Public

_LETTER = r"[a-z0-9_.\-]"
_NOT_INSIDE = r"(?<![a-z0-9_.\-@/%+])"
# What no plain word looks like: a letter first, and digits, an underline or a dot inside.
_CODE = rf"(?=[a-z]{_LETTER}*[0-9_])[a-z]{_LETTER}{{3,39}}+"
_PLACE = (
    r"(?:line|ライン|らいん|インスタ(?:グラム)?|insta(?:gram)?|ツイッター|twitter|旧ツイ|スレッズ|threads|tiktok|"
    r"ティックトック|カカオ(?:トーク)?|kakao|ディスコード|discord|フェイスブック|facebook|スカイプ|skype|"
    r"ブルースカイ|bluesky|ミクシィ|mixi|フレンドコード|アカウント|アカ(?=[はの:→])|垢|ユーザー名|(?<![a-z])id(?![a-z])|"
    r"(?<![a-z])dm(?![a-z])|メアド|アドレス|(?<![a-z0-9])x(?= ?(?:の?id|の?アカ|\(旧)))"
)
_AT_NAME = re.compile(r"(?<![a-z0-9_.\-@/%+])@ ?(?P<id>[a-z0-9_][a-z0-9_.\-]{1,38}[a-z0-9_])")
_PLACE_FIRST = re.compile(rf"{_PLACE}[^a-z0-9@。\n]{{0,24}}[。\n]?[^a-z0-9@。\n]{{0,8}}(?P<id>{_CODE})")
_ID_FIRST = re.compile(
    rf"{_NOT_INSIDE}(?P<id>{_CODE})(?=[^a-z0-9。\n]{{0,10}}(?:line|ライン|インスタ|insta|id(?![a-z])"
    r"|アカウント|検索|さがして|探して|フォロー|友だち追加|友達追加|dm|ディーエム))"
)
# A plain word may be an id where the sentence says so: LINE ID: hanako / IDは hanako / LINE: hanako
_NETWORK = "line|ライン|インスタ|insta|x|ツイッター|twitter|tiktok|discord|カカオ|スカイプ"
_PLAIN = r"(?P<id>[a-z0-9_][a-z0-9_.\-]{3,38}[a-z0-9_])"
_SAID = re.compile(
    rf"(?:(?:{_NETWORK})[ の]?(?:id|アカウント|アカ|名)|(?<![a-z])id|アカウント(?:名)?|ユーザー名)"
    rf" ?[は:→=が] ?[「\"'(]?{_PLAIN}"
)
_PLACE_COLON = re.compile(rf"(?<![a-z])(?:{_NETWORK})(?: ?[:→=] ?|は ?)(?=[a-z]){_PLAIN}")
_UNDERLINED = re.compile(rf"{_NOT_INSIDE}(?=[a-z0-9.\-]*_)(?=[0-9_.\-]*[a-z]){_PLAIN}(?![a-z0-9_@])")
_CONTACT_CODE = re.compile(r"(?:フレンドコード|sw-)[^0-9\n。]{0,8}(?P<id>[0-9]{4}-[0-9]{4}-[0-9]{4})")
# Words in Latin letters that stand near such places without being anybody's id.
_WORDS = re.compile(
    r"(?:i?phone|ipad|android|windows|covid-|wi-fi|mp|rs|h[0-9]n|ps|switch|[abp](?=[0-9]{1,2}\Z)|cosme|home|"
    r"vol\.?|ver\.?|official|stamp|works|pay|story|stories|reels?|line|instagram|twitter|openchat|nikon)[0-9.]*(?:pro|plus|max)?"
)


def find_accounts(text: str, public: Public) -> Iterator[Find]:
    """@names, ids named as such, and codes such as hana_25 near the name of a network."""
    for pattern in (_AT_NAME, _PLACE_FIRST, _ID_FIRST, _SAID, _PLACE_COLON, _UNDERLINED, _CONTACT_CODE):
        for found in pattern.finditer(text):
            start, end = found.span("id")
            end = start + len(text[start:end].rstrip(".-"))
            name = text[start:end]
            if end - start < 3 or _WORDS.fullmatch(name) or (pattern is _AT_NAME and name.isdigit()):
                continue
            yield Find(found.start() if pattern is _AT_NAME else start, end, "line_id")
