"""Invented families of an invented town, and how two neighbours write of the same one."""

from __future__ import annotations

import random
from dataclasses import dataclass

from forum.sealing.content import Content, Paragraph

SURNAMES = (
    "佐藤 さとう,鈴木 すずき,高橋 たかはし,田中 たなか,伊藤 いとう,渡辺 わたなべ,山本 やまもと,"
    "中村 なかむら,小林 こばやし,加藤 かとう,"
    "吉田 よしだ,山田 やまだ,佐々木 ささき,山口 やまぐち,松本 まつもと,井上 いのうえ,木村 きむら,"
    "林 はやし,斎藤 さいとう,清水 しみず,"
    "山崎 やまざき,森 もり,池田 いけだ,橋本 はしもと,阿部 あべ,石川 いしかわ,前田 まえだ,"
    "藤田 ふじた,小川 おがわ,岡田 おかだ,"
    "後藤 ごとう,長谷川 はせがわ,村上 むらかみ,近藤 こんどう,石井 いしい,坂本 さかもと,"
    "遠藤 えんどう,青木 あおき,藤井 ふじい,西村 にしむら,"
    "福田 ふくだ,太田 おおた,三浦 みうら,岡本 おかもと,松田 まつだ,中島 なかじま,原田 はらだ,"
    "小野 おの,中野 なかの,田村 たむら,"
    "竹内 たけうち,浜田 はまだ,桜井 さくらい,広瀬 ひろせ,島田 しまだ,富田 とみた,沢田 さわだ,"
    "関 せき,辺見 へんみ,国分 こくぶ"
)
GIVEN = (
    "陽翔 はると,湊 みなと,蓮 れん,樹 いつき,大翔 ひろと,悠真 ゆうま,朝陽 あさひ,蒼 あおい,律 りつ,"
    "新 あらた,颯太 そうた,健太 けんた,"
    "太郎 たろう,拓海 たくみ,翔太 しょうた,陸 りく,結衣 ゆい,陽菜 ひな,咲良 さくら,美月 みづき,"
    "莉子 りこ,杏 あん,葵 あおい,凛 りん,"
    "花子 はなこ,美咲 みさき,優奈 ゆうな,琴音 ことね,愛 あい,千尋 ちひろ,彩花 あやか,真央 まお,"
    "恵美 えみ,静香 しずか,桃花 ももか,心春 こはる"
)
TOWNS = (
    "におの浜 仰木町 きらら町 湖城が丘 唐橋町 一里山 平津 鳰野町 帆影が丘 瀬津 堅山 本堅町 柳が崎 "
    "千町 里の原 虹ヶ丘 竜が丘 馬場川 大萱野 月輪台 "
    "神領町 玉野浦 黒津町 桜野町 松原町 枝町 若葉台 青山台 石山原 膳浜 木戸川 和邇浜 小野原 伊香原 "
    "真野川町 今堅町 雄琴台 坂浜 比叡原 穴太原"
).split()
BUILDINGS = (
    "コーポみずうみ,ハイツ青空,メゾン浜風,グリーンハイツ,サンライズマンション,コーポ桜,"
    "レジデンス湖畔,エステート松原,ハイム若葉,メゾンドール,"
    "ビラ白鳥,コーポ山本,みどり荘,パレス月見,シャトー湖南,ハイツさざなみ,プラザ唐橋,カーサ比良,"
    "レイクコート,県営住宅,第二ひかり荘,メゾン花水木"
).split(",")
SCHOOLS = (
    "平津小学校 仰木の里小学校 瀬津小学校 唐橋中学校 さくら保育園 ひかり幼稚園 わかば保育園 "
    "みどり子ども園 堅山小学校 月輪中学校 膳浜小学校 青山小学校 "
    "すみれ保育園 つくし幼稚園 真野川小学校 石山原小学校 玉野浦中学校 和邇浜小学校 比叡原小学校 "
    "若葉台幼稚園"
).split()
OLD = {
    "高": "髙",
    "渡辺": "渡邉",
    "斎": "齋",
    "崎": "﨑",
    "浜": "濱",
    "桜": "櫻",
    "広": "廣",
    "島": "嶋",
    "富": "冨",
    "沢": "澤",
    "国": "國",
    "関": "關",
}
SOUNDS = (
    ("子どもの泣き声が続いています", "ずっと泣いている声がします", "泣き叫ぶ声が聞こえる"),
    ("大声で怒鳴っています", "どなり声がします", "怒声がひどい"),
    ("叩くような音がします", "物がぶつかる音がする", "たたいているのを見ました"),
    ("「ごめんなさい」と何度も言っています", "「やめて」という声がします", "許してと言う声が聞こえた"),
    ("ベランダに出されています", "玄関の外に出されていた", "締め出されて外にいました"),
    ("子どもだけで留守番しているようです", "一人で歩いていました", "夜に子どもだけでいます"),
)
HOURS = (
    ("夜9時ごろ", "21時すぎに", "毎晩"),
    ("深夜2時に", "夜中に", "真夜中"),
    ("朝7時前に", "毎朝", "登校前"),
    ("夕方5時に", "夕方", "17時ごろ"),
)


@dataclass(frozen=True)
class Family:
    """One household as it is."""

    surname: tuple[str, str]
    child: tuple[str, str]
    town: str
    numbers: tuple[int, int, int]
    building: str
    room: int
    school: str
    age: int
    phone: str
    what: int
    when: int


def pairs_of(words: str) -> list[tuple[str, str]]:
    return [(one.split()[0], one.split()[1]) for one in words.split(",")]


def families(rng: random.Random, how_many: int) -> list[Family]:
    """Households, each at a place of its own."""
    found: dict[tuple[str, str, object], Family] = {}
    while len(found) < how_many:
        one = family(rng)
        found.setdefault((one.town, one.building, one.room or one.numbers), one)
    return list(found.values())


def family(rng: random.Random) -> Family:
    """Anybody: half of them live in flats, of which a few names stand in many towns."""
    flat = rng.random() < 0.55
    return Family(
        surname=rng.choice(pairs_of(SURNAMES)),
        child=rng.choice(pairs_of(GIVEN)),
        town=rng.choice(TOWNS),
        numbers=(rng.randint(1, 6), rng.randint(1, 30), rng.randint(1, 25)),
        building=rng.choice(BUILDINGS) if flat else "",
        room=rng.randint(1, 5) * 100 + rng.randint(1, 8) if flat else 0,
        school=rng.choice(SCHOOLS),
        age=rng.randint(1, 14),
        phone=f"090{rng.randint(10_000_000, 99_999_999)}",
        what=rng.randrange(len(SOUNDS)),
        when=rng.randrange(len(HOURS)),
    )


class Voice:
    """One person who tells of a family, in their own spelling, with what they know and their slips."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def tells(self, one: Family) -> Content:
        """A report."""
        knows = self.rng.random
        clue = [self.place(one)]
        told = [f"{self.rng.choice(HOURS[one.when])}、{self.rng.choice(SOUNDS[one.what])}。"]
        answers = {}
        if knows() < 0.45:
            told.append(f"{self.name(one)}{self.rng.choice(('さん', 'さんの家', 'さん宅'))}です。")
        if knows() < 0.4:
            told.append(f"子どもは{self.child(one)}と呼ばれています。")
        if knows() < 0.6:
            answers["child_age"] = self.age(one)
        if knows() < 0.25:
            answers["child_school"] = self.school(one.school)
        if knows() < 0.1:
            told.append(f"電話は{self.phone(one.phone)}です。")
        self.rng.shuffle(told)
        return Content((Paragraph("".join(told)),), clue="、".join(clue), answers=answers)

    def place(self, one: Family) -> str:
        """Where they live, in one of many writings; sometimes only 「上の階」."""
        town = self.rng.choice(
            (one.town, f"大津市{one.town}", f"滋賀県大津市{one.town}", self.town(one.town))
        )
        lot = self.numbers(one.numbers)
        if not one.building:
            return f"{town}{lot}" if self.rng.random() < 0.92 else f"{town}{one.numbers[0]}丁目あたりの家"
        building = self.building(one.building)
        way = self.rng.random()
        if way < 0.15:
            return f"{town}の{building}の{one.room // 100}階"
        if way < 0.25:
            return f"{town}、{building}の上の階"
        room = self.rng.choice(
            (f"{one.room}", f"{one.room}号室", self.wide(f"{one.room}"), f"の{one.room}号")
        )
        space = self.rng.choice(("", " ", "　"))
        return f"{town}{lot}{space}{building}{room}" if way < 0.7 else f"{town}の{building}{space}{room}"

    def town(self, town: str) -> str:
        if town.endswith("町") and len(town) > 2:
            return town[:-1]
        return town.replace("が", "ヶ").replace("浜", "濱") if self.rng.random() < 0.5 else f"大字{town}"

    def numbers(self, numbers: tuple[int, int, int]) -> str:
        first, second, third = numbers
        kanji = "〇一二三四五六七八九"
        return self.rng.choice(
            (
                f"{first}丁目{second}番{third}号",
                f"{first}-{second}-{third}",
                self.wide(f"{first}ー{second}ー{third}"),
                f"{kanji[first]}丁目{second}-{third}",
                f"{first}丁目{second}番地の{third}",
                f"{first}の{second}の{third}",
            )
        )

    def building(self, name: str) -> str:
        """In the other kana, or with one letter mistyped or left out."""
        way = self.rng.random()
        if way < 0.25:
            return (
                name.replace("みずうみ", "ミズウミ")
                .replace("さざなみ", "サザナミ")
                .replace("桜", "さくら")
                .replace("みどり", "ミドリ")
            )
        if way < 0.35 and len(name) > 5:
            return name.replace("ー", "", 1)
        return name

    def wide(self, text: str) -> str:
        return text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})

    def name(self, one: Family) -> str:
        kanji, kana = one.surname
        way = self.rng.random()
        if way < 0.25:
            return kana
        if way < 0.5:
            for usual, old in OLD.items():
                kanji = kanji.replace(usual, old)
        return kanji

    def child(self, one: Family) -> str:
        return f"{self.rng.choice(one.child)}{self.rng.choice(('ちゃん', 'くん', 'さん'))}"

    def age(self, one: Family) -> str:
        guess = max(0, one.age + self.rng.choice((-1, 0, 0, 0, 1)))
        if one.age >= 7 and one.age <= 11 and self.rng.random() < 0.5:
            return "小学生" if self.rng.random() < 0.5 else f"小学校{one.age - 6}年生くらい"
        return self.rng.choice((f"{guess}歳くらい", self.wide(f"{guess}") + "才", f"{guess}歳"))

    def school(self, name: str) -> str:
        return self.rng.choice(
            (name, f"大津市立{name}", name.replace("小学校", "小").replace("保育園", "保育所"))
        )

    def phone(self, digits: str) -> str:
        parted = f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
        return self.rng.choice(
            (
                digits,
                parted,
                self.wide(parted).replace("-", "ー"),
                f"({digits[:3]}){digits[3:7]}-{digits[7:]}",
            )
        )
