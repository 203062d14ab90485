"""Places in normal form, buildings, rooms, landmarks: 三丁目２番５号, 3-2-5 and ３ー２－５ are one. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from forum.safeguarding.lookup.spelling import folded, sound, usual
from forum.safeguarding.lookup.types import Place

_DIGITS = {letter: str(value) for value, letter in enumerate("〇一二三四五六七八九")}
_KANJI_NUMBER = re.compile(r"[〇一二三四五六七八九十百]+(?= ?(?:丁目|番|号|階|棟))")
_UNITS = re.compile(
    r"(?<=[0-9]) ?(?:丁目|番地|番|号(?!室|棟|館))(?: ?の ?(?=[0-9]))? ?|(?<=[0-9]) ?の ?(?=[0-9])"
)
_NUMBERS = r"[0-9]{1,4}-(?:[0-9]{1,4}(?![0-9])-?){0,3}"
_LOT = re.compile(rf"(?<![0-9\-])(?P<numbers>{_NUMBERS})(?![0-9])")
_COUNTED = re.compile(r" ?(?:回|人|日|時|分|歳|才|年|か月|ヶ月|週|度|階|件|枚|本|台|月)")
_TOWN = re.compile(
    r"(?:(?<=[市区町村郡 、。は\n])|^)[ぁ-ゖ]{2,5}(?= ?\Z)"
    r"|(?:(?:(?<=[市区町村郡 、。は\n])|^)[ぁ-ゖ]{1,4}(?=[一-龥])|(?<=[一-龥々])[がのつけヶ](?=[一-龥])"
    r"|[一-龥々ヶァ-ヺー])+(?= ?\Z)"
)
_ABOVE = re.compile(r"^.*?[都道府県](?=[^都道府県])")
_CITY = re.compile(r"^[^市区郡]{1,6}?(?:市(?!場|原|川)|区|郡)(?=.{2,})")
_NOT_TOWNS = frozenset(
    "この町 その町 あの町 隣町 となり町 港町 下町 城下町 同町 本町内 町 我が町 わが町 裏町".split()
)
_OAZA = re.compile(r"^(?:大字|小字|字)")
_HOMES = (
    "ニュータウン|コーポラス|コーポ|マンション|アパート|ハイツ|メゾン|レジデンス|レオパレス|団地|ハイム|エステート|パレス|"
    "ヴィラ|ビラ|シャトー|住宅|タワー|ヒルズ|プラザ|ガーデン|ハウス|コート|カーサ|ドミール|グラン|ハイム|フラット|テラス|寮|社宅|荘"
)
_ROOM = r"(?P<room>(?:[a-z]?-?|[0-9]{1,2}(?:号?棟|号館|-)[ \-]?)[0-9]{3,4})(?:号室?|室)?(?![0-9])"
_BUILDING = re.compile(
    rf"(?P<name>(?:第[一二三四五])?"
    rf"(?:[一-龥々ァ-ヺーa-z・]{{0,10}}(?:{_HOMES})|[ぁ-ゖ]{{2,8}}(?:荘|ハイツ|コーポ|ハイム|寮))"
    rf"(?:[ァ-ヺー一-龥々・]{{1,12}}|[ぁ-ゖ]{{2,8}}(?=[0-9 、。,]|\Z|の|に|で))?)"
    rf"(?:[ の]{{0,2}}{_ROOM})?"
)
# 瀬津のみどり荘: the town before a building that has no number
_TOWN_BEFORE = re.compile(r"(?:の|にある|、|,|。| )+\Z")
_OWN_NAME = re.compile(r"^[のはがにでと](?=[ぁ-ゖ]{2})")
_NOT_BEFORE = re.compile(r"(?:近く|近所|となり|隣|向かい|裏|前|横|そば|あたり|付近|駅|公園|家|自宅)\Z")
_BRAND = re.compile(
    rf"(?P<name>[一-龥々・]{{0,6}}[ァ-ヺー・]{{3,14}}[一-龥々]{{0,6}})(?:[ の]{{0,2}}){_ROOM}"
)
_ROOM_ALONE = re.compile(r"(?<![0-9\-])(?P<room>(?:[0-9]{1,2}号?棟-?)?[0-9]{3,4})号室")
_FLOOR = re.compile(r"(?<![0-9地])(?P<floor>[0-9]{1,2})階")
_BESIDE = re.compile(r"(?:号室?|室)?の?(?P<way>真上|上|真下|下|隣|となり|向かい)(?:の?階)?")
_BARE_HOMES = re.compile(rf"(?:{_HOMES})+\Z")
_PARTICLE_TAIL = re.compile(
    r"(?:にある|という|あたり|から|まで|では|には|です|らしき|のよう|[にでのはがへとも])+\Z"
)
_KINDS_OF_LANDMARKS = (
    "公園|神社|駅|交差点|郵便局|橋|コンビニ|スーパー|ドラッグストア|交番|市民センター|図書館|グラウンド"
)
_LANDMARK = re.compile(rf"(?P<name>[一-龥々ァ-ヺーぁ-ん]{{1,10}}?(?:{_KINDS_OF_LANDMARKS}))")
_BEFORE_LANDMARK = re.compile(r"[はがをにでと、。]|の(?=[一-龥ァ-ヺ]{2,}(?:公園|神社|駅|橋))")
_TOWN_SAID = re.compile(
    r"[一-龥々]{1,5}町(?![内名会長一-龥])|[一-龥々ぁ-ん]{2,6}(?:が丘|台)(?=[ のでに、。]|\Z)"
)
_LEADING = re.compile(r"^(?:近くの|そばの|この|その|あの|うちの|の|に|は|が|で|を|と)+")


def places_in(text: str, towns: Iterable[str] = ()) -> tuple[Place, ...]:
    """Every place that a text names. `towns`: the city's own names, known also without a number."""
    plain = _plain(text)
    lots = list(_lots(plain))
    homes = list(_homes(plain))
    found: list[Place] = []
    for start, end, lot in lots:
        near = next((one for one in homes if _beside(start, end, one)), None)
        if near is not None:
            homes.remove(near)
            lot = _joined(lot, near[2], plain[min(start, near[0]) : max(end, near[1])])
        found.append(lot)
    found += [home for _start, _end, home in homes]
    named = {place.town for place in found}
    bare = [place for place in _bare_towns(plain, towns) if place.town not in named]
    if len(bare) == 1 and len(found) == 1 and not found[0].town:
        found = [replace(found[0], town=bare[0].town, town_sound=bare[0].town_sound)]
        bare = []
    found += bare
    said = folded(" ".join(place.words for place in found))
    found += [
        Place(name, building=folded(name), landmark=True)
        for name in _landmarks(plain)
        if folded(name) not in said
    ]
    return tuple(dict.fromkeys(found))


def town_key(words: str) -> str:
    """A town without prefecture, city, 大字 and a closing 町: みなと県みなと市大字ふなつき町 is ふなつき."""
    town = _OAZA.sub("", _CITY.sub("", _ABOVE.sub("", usual(words).strip())))
    town = folded(town)
    return town[:-1] if len(town) > 2 and town.endswith("町") else town


def building_key(words: str) -> str:
    """A building's name as it sounds; "" for a word that names none (マンション)."""
    name = _PARTICLE_TAIL.sub("", usual(words).strip())
    if not name or _BARE_HOMES.fullmatch(name):
        return ""
    return (sound(name) or folded(name)).replace("ー", "")


def room_key(words: str) -> str:
    """A room's digits, those of its wing before a hyphen: 3号棟405 is 3-405, ２０３号室 203."""
    return "-".join(re.findall(r"[a-z]|[0-9]+", usual(words)))


def floor_of(room: str) -> int:
    """The floor that a room's number tells, 0 where it tells none."""
    last = room.split("-")[-1]
    return int(last[:-2]) if last.isdigit() and len(last) in (3, 4) else 0


def _plain(text: str) -> str:
    plain = _KANJI_NUMBER.sub(lambda found: _number(found.group()), usual(text))
    plain = re.sub(r"(?<=[0-9])ー(?=[0-9])", "-", plain)
    return _UNITS.sub("-", plain)


def _words(plain: str) -> str:
    return re.sub(r"-(?![0-9])", " ", plain).strip()


def _number(words: str) -> str:
    """十二 is 12, 二〇三 is 203."""
    if "十" not in words and "百" not in words:
        return "".join(_DIGITS[letter] for letter in words)
    value = 0
    for unit, size in (("百", 100), ("十", 10)):
        before, found, after = words.partition(unit)
        if found:
            value, words = value + size * int(_DIGITS.get(before[-1:], "1")), after
    return str(value + int(_DIGITS.get(words[:1], "0")))


def _lots(plain: str) -> Iterator[tuple[int, int, Place]]:
    for lot in _LOT.finditer(plain):
        numbers = [number for number in lot["numbers"].split("-") if number]
        before = _TOWN.search(plain[max(0, lot.start() - 24) : lot.start()])
        if _COUNTED.match(plain, lot.end()) or before is None or numbers[0].startswith("0"):
            continue
        town = town_key(before.group())
        if len(town) < 2 or re.fullmatch(r"[令平昭]和|平成", town):
            continue
        start = lot.start() - len(plain[max(0, lot.start() - 24) : lot.start()]) + before.start()
        room = numbers.pop() if len(numbers) == 4 else ""  # 3-2-5-203
        words = _words(plain[start : lot.end()])
        place = Place(words, town, sound(town), tuple(numbers), room=room, floor=floor_of(room))
        yield start, lot.end(), place


def _homes(plain: str) -> Iterator[tuple[int, int, Place]]:
    taken: list[tuple[int, int]] = []
    for pattern in (_BUILDING, _BRAND, _ROOM_ALONE):
        for home in pattern.finditer(plain):
            if any(start < home.end() and home.start() < end for start, end in taken):
                continue
            parts = home.groupdict()
            name = parts.get("name") or ""
            own = _OWN_NAME.sub("", name)  # のみどり荘
            key = building_key(own)
            room, floor, end = _whose_room(plain, parts.get("room") or "", home.end())
            if not key and not room and not floor:
                continue
            taken.append(home.span())
            start, town = _town_before(plain, home.start() + len(name) - len(own))
            words = _words(plain[start:end])
            yield start, end, Place(words, town, sound(town) if town else "", (), key, room, floor)


def _town_before(plain: str, at: int) -> tuple[int, str]:
    """Where the words of a home begin, and the town that stands right before it; "" if none does."""
    before = plain[max(0, at - 24) : at]
    join = _TOWN_BEFORE.search(before)
    found = _TOWN.search(before[: join.start()]) if join else None
    if join is None or found is None or _NOT_BEFORE.search(found.group()):
        return at, ""
    town = town_key(found.group())
    return (at - len(before) + found.start(), town) if len(town) > 1 else (at, "")


def _whose_room(plain: str, room: str, end: int) -> tuple[str, int, int]:
    """Room, floor, end of the words.

    203の上 is the room of whoever reports: of the family only the floor is known.
    """
    key = room_key(room) if room else ""
    tail = _FLOOR.search(plain, end, end + 12)
    if not key:
        return "", int(tail["floor"]) if tail else 0, tail.end() if tail else end
    beside = _BESIDE.match(plain, end)
    if beside is None:
        return key, floor_of(key), end
    floor = floor_of(key)
    step = {"上": 1, "真": 1 if "上" in beside["way"] else -1, "下": -1}.get(beside["way"][0], 0)
    return "", max(0, floor + step) if floor else 0, beside.end()


def _joined(lot: Place, home: Place, words: str) -> Place:
    return replace(
        lot,
        words=_words(words),
        building=home.building,
        room=home.room or lot.room,
        floor=home.floor or lot.floor,
    )


def _beside(start: int, end: int, home: tuple[int, int, Place]) -> bool:
    """True if a building stands right after a lot, or right before it."""
    return -1 <= home[0] - end <= 20 or -12 <= home[1] - start <= 0


def _bare_towns(plain: str, towns: Iterable[str]) -> Iterator[Place]:
    for town in towns:
        if len(town) > 1 and usual(town) in plain:
            yield Place(town, town_key(town), sound(town))
    for found in _TOWN_SAID.finditer(plain):
        words = _CITY.sub("", _ABOVE.sub("", _LEADING.sub("", found.group())))
        if words not in _NOT_TOWNS and len(words) > 1:
            yield Place(words, town_key(words), sound(town_key(words)))


def _landmarks(plain: str) -> Iterator[str]:
    for found in _LANDMARK.finditer(plain):
        name = _LEADING.sub("", _BEFORE_LANDMARK.split(found["name"])[-1])
        if len(name) > 2 and name not in _KINDS_OF_LANDMARKS.split("|"):
            yield name
