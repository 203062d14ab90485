"""Postal addresses down to the lot, the building or the room, in a normalised text.

A town or district alone (鳰野町のあたり) stays: that is what neighbours talk about. The number part
is found first; from there the place is read backwards, so that the cost stays small on any text.
"""

import re
from collections.abc import Iterator

from forum.privacy.types import Find, Public

_NUM = r"(?:[0-9]{1,5}|[一二三四五六七八九十百]{1,4})"
_HYPHEN = r"[-ー~の]"
_COUNTED = (
    "人|名|円|件|回|個|つ|年|か月|ヶ月|カ月|ケ月|ヵ月|月|週|日|時|分|秒|歳|才|階|cm|mm|km|kg|g|ml|m|本|枚|冊|世帯|戸|"
    "台|坪|平米|万|千|百|点|キロ|メートル|センチ|グラム|周|度|割|倍|番|組|軒|家|部屋|種|品|食|杯|歩|畳|代|位|泊|"
    "ページ|さつ"
)
_NOT_COUNTED = rf"(?![0-9a-z.:/%]| ?(?:{_COUNTED}))"
_LOT = re.compile(
    # きらら町1丁目, 3丁目2番5号, 3丁目2-5
    rf"(?P<chome>{_NUM}丁目(?: ?の? ?{_NUM}(?:番地?|{_HYPHEN}(?=[0-9]))?"
    rf"(?:の?{_NUM}号?)?(?:{_HYPHEN}[0-9]{{1,5}}){{0,3}})?)"
    # 123番地の4, 12番5号
    rf"|(?P<banchi>{_NUM}番地(?:の? ?{_NUM}(?:号|{_HYPHEN}[0-9]{{1,5}})?)?|{_NUM}番{_NUM}号)"
    # 4-11-7, 4-11-7-202
    r"|(?<![0-9a-z.:/#\-ー])"
    rf"(?P<lot>[0-9]{{1,4}}{_HYPHEN}[0-9]{{1,5}}(?:{_HYPHEN}[0-9]{{1,5}}){{0,3}}){_NOT_COUNTED}"
)
_HOMES = (
    "ニュータウン|コーポラス|コーポ|マンション|アパート|ハイツ|メゾン|レジデンス|レオパレス|団地|ハイム|"
    "エステート"
)
# Also names of shops, clothes and halls: a home only where the sentence says so.
_PERHAPS_HOMES = (
    "パレス|ヴィラ|ビラ|シャトー|住宅|タワー|ヒルズ|プラザ|ガーデン|ハウス|コート|カーサ|ドミール|グラン|サンライズ|"
    "寮|宿舎|官舎|社宅|荘"
)
_BUILDING_WORD = rf"(?:{_HOMES}|{_PERHAPS_HOMES})"
_ROOM = (
    r"(?:[0-9a-z]{1,3}(?:号?棟|号館)[ \-]?(?:[0-9]{1,4}(?:号室?)?)?|[0-9]{1,4}(?:-[0-9]{1,4})?号室?"
    r"|[0-9]{1,3}-[0-9]{3,4}|[a-z]?-?[0-9]{3,4})"
)
_BUILDING = re.compile(
    rf"(?P<word>{_BUILDING_WORD})(?P<name>[ァ-ヶー一-龥々ぁ-んa-z・]{{0,10}}?)"
    rf" ?の?(?P<room>{_ROOM}){_NOT_COUNTED}"
)
_ROOM_ALONE = re.compile(
    r"(?<![0-9])(?:[0-9]{1,4}(?:-[0-9]{1,4})?号室|[0-9]{1,2}号棟[ \-]?(?:[0-9]{1,4}(?:号室?)?)?)"
)
_POSTCODE = re.compile(r"(?:〒|郵便番号)[ は:]{0,3}[0-9]{3}[-ー]?[0-9]{4}(?![0-9])")
# After the lot: コーポ野洲202, 3号棟405, グランメール1203, 2階
_TAIL = re.compile(
    rf" ?(?:[ァ-ヶー一-龥々a-z・ ]{{0,12}}?{_BUILDING_WORD}[ァ-ヶー一-龥々ぁ-んa-z・]{{0,10}}? ?の?{_ROOM}"
    rf"|[ァ-ヶー・a-z]{{2,14}} ?{_ROOM}|{_ROOM}){_NOT_COUNTED}"
    rf"| ?(?:[ァ-ヶー一-龥々・]{{0,12}}{_BUILDING_WORD}[ァ-ヶー一-龥々・]{{0,10}})"
)

_REACH = 40  # characters read backwards for the place
_RUNS = re.compile(r"[一-龥々ヶァ-ヺー]+|[ぁ-ゖ]+|[ ]")
_PLACE_END = re.compile(r"[一-龥々ヶァ-ヺーぁ-ゖ ]+\Z")
_UNIT = "都道府県市区郡町村"
_UNIT_INSIDE = re.compile(r"[都道府県市区郡]")
_LOT_ENDS = "町丁村丘台野原浜川谷山田島崎橋津坂森林里条央通字荘園"
_SMALL_LINKS = ("が", "の", "つ", "け", "ノ")
_PARTICLES = re.compile(r"(?:から|まで|です|ます|って|では|には|とは|[はがをにでもとのへ])+")
_ADDRESS_SAID = re.compile(r"(?:住所|宛先|あて先|宛て先|郵送先|届け先)[はが:→ ]{0,2}\Z")
_BUILDING_NAME = re.compile(r"[一-龥々ヶァ-ヺーa-z・]{1,14}\Z")
_ASKED = re.compile(
    r"(?:住所|自宅|じたく|宛先|あて先|郵送先|届け先|家|うち|実家|住んで|引っ越し先)[^。\n]{0,10}\Z"
)
_LIVES = re.compile(r"(?:に|で)(?:住|くら|暮ら|引っ越|来|いま)|まで(?:来|取り|お)")
_NOT_PLACES = re.compile(
    r"(?:型番|品番|番号|製品|比率|割合|得点|成績|評価|試合|令和|平成|昭和|スコア|体重|身長|定期)\Z"
)


def find_addresses(text: str, public: Public) -> Iterator[Find]:
    """A place with its lot number, a building with its room, a room number, a postcode."""
    for postcode in _POSTCODE.finditer(text):
        yield Find(postcode.start(), postcode.end(), "address")
    for lot in _LOT.finditer(text):
        start = _place_start(text, lot.start())
        if _is_lot(text, start, lot):
            yield Find(start, _tail_end(text, lot.end()), "address")
    for building in _BUILDING.finditer(text):
        if _names_room(text, building):
            yield Find(_name_start(text, building.start()), building.end(), "address")
    for room in _ROOM_ALONE.finditer(text):
        yield Find(room.start(), room.end(), "address")


def _is_lot(text: str, start: int, lot: re.Match[str]) -> bool:
    """Whether the numbers are a lot: みなと市中央2-3 and 鳰野町4-11-7 are, 国語3-1 is not."""
    place = text[start : lot.start()].strip()
    if not place and _ADDRESS_SAID.search(text, max(0, start - 8), start):
        return True
    if len(place) < 2 or _NOT_PLACES.search(place) or place[-1] in "はがをにでもと":
        return bool(lot["banchi"]) and "番地" in lot["banchi"]
    if not lot["lot"]:
        return True
    parts = re.split(_HYPHEN, lot["lot"])
    has_unit = any(unit in place[1:] for unit in "市区郡町村") or place.endswith("丁")
    if len(parts) == 2:
        if any(not part.isdigit() for part in parts) or "の" in lot["lot"] or "~" in lot["lot"]:
            return False
        return (has_unit and len(place) >= 3) or bool(_ASKED.search(text[max(0, start - 12) : start]))
    return has_unit or place[-1] in _LOT_ENDS or bool(_ASKED.search(text[max(0, start - 12) : lot.start()]))


def _names_room(text: str, building: re.Match[str]) -> bool:
    """マンションに引っ越して203 and コート120 name no room; コーポみずうみ203 and 12棟305 do."""
    if re.search(r"棟|号", building["room"]):
        return len(building["name"]) <= 1 or not _PARTICLES.match(building["name"])
    if re.search(r"[をにでへがはもと]", building["name"]):
        return False
    said = _ASKED.search(text, max(0, building.start() - 16), building.start())
    return building["word"] in _HOMES.split("|") or bool(said) or bool(_LIVES.match(text, building.end()))


def _place_start(text: str, end: int) -> int:
    """Where the place that ends at `end` begins; `end` itself if there is none.

    Kanji and katakana belong to it; hiragana where it stands inside a name (帆影が丘, きらら町, におの浜).
    """
    found = _PLACE_END.search(text, max(0, end - _REACH), end)
    if not found:
        return end
    runs = list(_RUNS.finditer(text, found.start(), end))
    at = len(runs)
    while at > 0:
        run = runs[at - 1].group()
        before = runs[at - 2].group() if at > 1 else ""
        after = runs[at].group() if at < len(runs) else ""
        if run == " ":
            if not (before and (before[-1] in _UNIT or at == len(runs))):
                break
        elif "ぁ" <= run[0] <= "ゖ":
            inside = run in _SMALL_LINKS and before.strip() and after and not _UNIT_INSIDE.search(after)
            # Kyoto: 御池上る
            inside = inside or (run in ("る", "がる") and before[-1:] in ("上", "下", "入"))
            if not inside and not (before and before[-1] in _UNIT):
                return _own_hiragana(runs[at - 1], after, runs, at)
        at -= 1
    return runs[at].start() if at < len(runs) else end


def _own_hiragana(run: re.Match[str], after: str, runs: list[re.Match[str]], at: int) -> int:
    """The start when hiragana begins the place: さいたま in 家はさいたま市, ひばり in ひばり台."""
    place = runs[at].start() if at < len(runs) else run.end()
    if after and after[0] not in _UNIT + "丘台野原浜川谷山田島崎橋":
        return place
    particle = _PARTICLES.match(run.group())
    own = run.start() + (particle.end() if particle else 0)
    return own if run.end() - own <= 6 else place


def _name_start(text: str, end: int) -> int:
    """Where the name of a building begins: the kanji and katakana before マンション."""
    found = _BUILDING_NAME.search(text, max(0, end - 14), end)
    return found.start() if found else end


def _tail_end(text: str, end: int) -> int:
    tail = _TAIL.match(text, end)
    return tail.end() if tail else end
