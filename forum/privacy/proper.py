"""Where the proper name of an institution begins: the words before 保育園 or 工業, walked backwards."""

import re

from forum.privacy.words import Words

# Nurseries and schools are called after these; Janome cuts many of them into pieces.
_KANA = (
    "ひまわり|たんぽぽ|すみれ|さくら|わかば|あおば|あおぞら|なのはな|つくしんぼ|つくし|どんぐり|みどり|"
    "ひかり|めばえ|のぞみ|つぼみ|こぐま|こじか|こすずめ|"
    "ひよこ|こばと|はと|ひばり|つばめ|うぐいす|ことり|ちどり|しらさぎ|しらゆり|さゆり|ゆり|もみじ|かえで|"
    "けやき|くすのき|いちょう|まつぼっくり|しらかば|"
    "たちばな|やまびこ|せせらぎ|そよかぜ|あさひ|ゆうひ|にじいろ|にじ|ほし|つき|うみ|そら|だいち|まこと|"
    "みのり|あゆみ|すずらん|あやめ|たけのこ|めぐみ|"
    "あじさい|コスモス|こすもす|やまぶき|うめ|もも|ふじ|はぎ|きく|らん|ゆめ|きぼう|なかよし|げんき|"
    "にこにこ|すくすく|すこやか|みずほ|あかね|こだま|"
    "いずみ|しみず|みなみ|きた|ひがし|にし|ちゅうおう|わかたけ|わかくさ|わかあゆ|ほほえみ|えがお|なぎさ|"
    "さざなみ|はまなす|ふたば|よつば|みつば|"
    "まつかぜ|みらい|ひだまり|やすらぎ|きらきら|ぽかぽか|のびのび|いきいき|つつじ|さつき|くるみ|りんご|"
    "みかん|いちご|ぶどう|ぽぷら|ポプラ|キッズ|チャイルド|エンゼル|アイリス"
)
_PLACE_END = "の(?:[丘森里風海空星木花子実杜原谷宮浜湖町街台家鳥虹光泉川道園橋音詩色輪庭葉山]|音色)"
_NUMBER = "第?[一二三四五六七八九0-9]"
_KANA_BEFORE = re.compile(rf"(?:{_KANA})+(?:{_PLACE_END}|[野台丘ヶが]+)?(?:{_NUMBER})?\Z")
_JOINED_BY_NO = re.compile(rf"(?:[\u4e00-\u9fff々]{{1,4}}|{_KANA}){_PLACE_END}(?:{_NUMBER})?\Z")
_OF_HEART = re.compile(
    r"[\u4e00-\u9fff々ァ-ヶー]{2,4}(?:こころ|心|からだ|こども|子ども|子供|ことば|みんな|家族|女性)の\Z"
)
_JOINED_BY_GA = re.compile(
    r"[\u4e00-\u9fff々]{1,3}[がヶケ][丘浜浦原谷崎岡島鼻辻森池窪峰台](?:[東西南北中央第一二三]{0,3})?\Z"
)
# さかもと医院: kana behind a particle, that no adjective ends.
_KANA_RUN = re.compile(
    r"(?:\A|[、。「\n ]|[\u4e00-\u9fffァ-ヶ](?:は|が|も|を|で|に|の|と|へ))(?P<name>(?!いつ|ちか|いき|"
    r"かか|この|その|あの|どの|いい|よい|おお|ちい|べつ|ほか|おな|さい|ふつ|あた|ちょ|まわ|だけ|ある)"
    r"[\u3041-\u3096]{3,6})(?<![いなのうるたくすがはもをにで])\Z"
)
_SMALL_CLINIC = re.compile(
    r"保育園|幼稚園|こども園|保育所|乳児保育園|医院|歯科|クリニック|診療所|内科|小児科|耳鼻|眼科|皮|"
    r"整骨院|整形"
)
_ROUND = re.compile(r"[\u3041-\u3096]{2,6}(?:ヶ|が)丘\Z")
_KATAKANA_KANA = re.compile(
    r"[\u4e00-\u9fffァ-ヶー]{0,6}(?:[\u30a1-\u30fa\u30fc]{2,10}|[a-z]{2,12} ?[a-z]{0,12})\Z"
)

# Which one is meant they do not say.
_GENERIC = frozenset(
    "公立 私立 市立 県立 国立 町立 村立 区立 府立 都立 道立 認可 無認可 認可外 小規模 企業主導型 企業 "
    "事業所 院内 民間 近所 近く 地元 "
    "市内 区内 県内 町内 市外 他 別 同じ 母校 我 希望 第一 第二 第三 転園 転校 転園先 転校先 入園 入学 "
    "進学 地域 一時 病児 病後児 夜間 休日 "
    "総合 大学 附属 付属 個人 近隣 最寄り 駅前 小児 小児科 産科 婦人科 産婦人科 眼科 歯科 内科 外科 "
    "皮膚科 耳鼻科 精神科 救急 専門 大病院 大 小 新 元 旧 "
    "普通 通常 認定 分園 本園 各 全 系列 姉妹 併設 隣接 新設 既存 保育 幼稚 小学 中学 高等 学校 学区 "
    "校区 市 県 町 村 区 隣町 隣 里帰り先 里帰り "
    "放課後 民営 公設 併願 通信制 定時制 全寮制 女子 男子 共学 中高一貫 小中一貫 特別 養護 職場 上 下 兄 "
    "姉 弟 妹 娘 息子 長男 長女 次男 "
    "次女 三男 三女 子 子ども 子供 こども 自分 夫 妻 旦那 主人 孫 甥 姪 友人 友達 知人 ママ友 今 昔 前 "
    "次 来年 今年 去年 昨年 春 秋 夏 冬 毎日 毎朝 今度 "
    "園 校 先生 担任 園長 校長 全員 年長 年中 年少 乳児 幼児 児童 生徒 学童 地区 一般 有名 人気 大規模 "
    "中規模 国公立 私 うち 複数 大手 地方 都会 田舎 "
    "心療内科 メンタル 思春期 発達 発達外来 療育 訪問 往診 在宅 当番 当番医 紹介 中央 市民 県民 赤十字 "
    "日赤 動物 ペット レディース マタニティ 女性 家庭 自主 "
    "インターナショナル 英語 バイリンガル モンテッソーリ シュタイナー 森 自然 オンライン フリー プレ "
    "未満児 以上児 実家 義実家 帰省先 出身 都内 某 株式 有限 下請け "
    "町 街 商店 大型 普段 平日 土日 週末 夏休み 冬休み 春休み 新年度 昼間 夕方 早朝 午前 午後 希望 志望 "
    "第一希望 第二希望 第一志望 隣の市 担当 主治 訪問先 勤務 バイト パート "
    "こちら そこ ここ どこ あちら 校内 園内 卒 卒園 現在 当時 以前 最近 先日 昨日 今日 明日 来週 先週 "
    "毎週 初め 最初 最後 途中 全国 日本 海外 外国 本 家 家族 親 母 父".split()
)
_STOP = (
    "助詞", "助動詞", "記号", "連体詞", "接続詞", "感動詞", "動詞", "形容詞", "副詞", "フィラー",
    "名詞,代名詞",
    "名詞,非自立", "名詞,副詞可能", "名詞,接尾,助数詞", "名詞,数",
)  # fmt: skip
_STOP_UNLESS_KANA = ("名詞,サ変接続", "名詞,形容動詞語幹", "名詞,接続詞的")
_PREFIXES = ("お", "ご", "各", "同", "全", "元", "旧", "本", "某", "当", "我が")
_LONGEST = 16
# What stands before 小, 中 and 高 without being a school.
_NOT_SHORT = re.compile(
    r"(?:(?<![\u4e00-\u9fff])(?:[大最縮極過弱狭矮微群中世背夜真日年水空途集命心熱的手渦胸懐円身残崇標割座町村国県市街家体頭顔腕血目口耳園人話夢闇土雪雨嵐風山海森川霧食])|"
    r""
    r"電車|授業|仕事|勤務|妊娠|午前|連休|移動|運転|外出|入院|通院|休職|育休|産休|休み|療養|留守|旅行|"
    r"治療|検査|相談|準備|使用|食事|会議|一日|期間|一年|半日|生涯|部屋"
    r"|世界|日本|全国|地域|学校|クラス|営業|就業|作業|工事|放送|放映|上映|発売|販売|募集|予約|受付|申請|"
    r"審査|面接|出張|通勤|通学|登園|登校|帰省|別居|離婚|調停|裁判|"
    r"訴訟|喧嘩|けんか|遊び|昼寝|睡眠|入浴|授乳|離乳食|発熱|下痢|生理|更年期|思春期|反抗期|在宅|テレワーク"
    r")\Z"
)


_PLACEHOLDER = re.compile(r"[a-z〇○◯△□×☆*]{1,3}")  # X小学校, ○○保育園


def generic(name: str) -> bool:
    """Whether a word says of no institution which one it is."""
    return name in _GENERIC or not name or name.isdigit() or bool(_PLACEHOLDER.fullmatch(name))


def proper_start(words: Words, end: int, *, short: bool = False) -> int | None:
    """Where the proper name that ends at `end` begins; None if what stands there names nothing."""
    text = words.text
    if short and _NOT_SHORT.search(text, max(0, end - 8), end):
        return None
    window = text[max(0, end - _LONGEST) : end]
    start = _ordinal(words, _walked(words, end, short))
    for pattern in (_JOINED_BY_NO, _OF_HEART, _JOINED_BY_GA, _ROUND, _KANA_BEFORE, _KATAKANA_KANA):
        if found := pattern.search(window):
            at = end - len(window) + found.start()
            at = _behind_generic(words, at, end) if pattern is _JOINED_BY_NO else at
            start = min(start, at)
    if _SMALL_CLINIC.match(text, end) and (kana := _KANA_RUN.search(text, max(0, end - 10), end)):
        start = min(start, kana.start("name"))
    start = _numbered(text, start)
    name = text[start:end].strip(" 、「(")
    if generic(name) or all(generic(token.surface) for token in words.within(start, end)):
        return None
    return end - len(text[start:end].lstrip(" 、「("))


def _ordinal(words: Words, start: int) -> int:
    """The start with what stands before 第一: 湖東第一小学校."""
    found = re.compile(r"第?[一二三四五六七八九0-9]\Z").search(words.text, max(0, start - 2), start)
    return min(start, _walked(words, found.start(), False)) if found and found[0][0] == "第" else start


def _numbered(text: str, start: int) -> int:
    """The start with 第二 in front: 第二あおぞら保育所."""
    found = re.compile(r"第[一二三四五六七八九0-9]\Z").search(text, max(0, start - 2), start)
    return found.start() if found else start


def _behind_generic(words: Words, start: int, end: int) -> int:
    """息子の園 and 近所の森保育園 are not joined names: the part before の must name something."""
    head = words.token(start)
    plain = head is not None and (generic(head.surface) or head.pos.startswith("名詞,副詞可能"))
    return end if plain or head is None or head.start != start else start


def _walked(words: Words, end: int, short: bool) -> int:
    start = end
    for token in reversed(words.within(max(0, end - _LONGEST), end)):
        if token.end > end and not short:
            continue
        if (
            not token.surface[0].isalnum()
            or token.pos.startswith(_STOP)
            or token.surface in _GENERIC - {"中央", "市民", "第一", "第二", "第三"}
        ):
            break
        if token.pos.startswith(_STOP_UNLESS_KANA) and start == end and not token.surface[0] >= "\u4e00":
            break
        if token.pos.startswith("接頭詞") and token.surface in _PREFIXES:
            break
        start = token.start
    return start
