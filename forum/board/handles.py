"""A warm name for an anonymous hand: the same inside a thread, another in the next; pure."""

import hashlib
from collections.abc import Collection

COLOURS = (
    "あかねいろ", "あさぎいろ", "あじさいいろ", "あめいろ", "あんずいろ", "いちごいろ", "うすべに",
    "うめいろ", "オレンジいろ", "かきいろ", "からしいろ", "きいろ", "きみどり", "ぎんいろ", "クリームいろ",
    "こがねいろ", "こはくいろ", "こむぎいろ", "さくらいろ", "さつきいろ", "さんごいろ", "しろ",
    "すみれいろ", "そらいろ", "たまごいろ", "つきいろ", "なのはないろ", "はちみついろ", "ばらいろ",
    "ひだまりいろ", "ふじいろ", "みかんいろ", "みずいろ", "みどり", "ミルクいろ", "ミントいろ", "ももいろ",
    "やまぶきいろ", "ゆきいろ", "ラベンダーいろ", "るりいろ", "レモンいろ", "わかくさいろ", "わかばいろ",
)  # fmt: skip
BEINGS = (
    "アヒル", "アルパカ", "イルカ", "インコ", "ウグイス", "ウサギ", "エナガ", "オコジョ", "カエデ",
    "カナリア", "カメ", "カモ", "カモメ", "カルガモ", "カワウソ", "キツツキ", "キツネ", "キリン", "クジラ",
    "クローバー", "コアラ", "コスモス", "コトリ", "コマドリ", "シマリス", "スズメ", "スズラン", "セキレイ",
    "ゾウ", "タンポポ", "チョウ", "ツグミ", "ツバメ", "ツル", "テントウムシ", "トンボ", "ドングリ",
    "ニワトリ", "ハクチョウ", "ハト", "ハムスター", "ハリネズミ", "パンダ", "ヒツジ", "ヒナギク", "ヒバリ",
    "ヒマワリ", "フクロウ", "ペンギン", "ホタル", "マーガレット", "ミツバチ", "メジロ", "メダカ",
    "モモンガ", "ヤマネ", "ヤギ", "ラッコ", "リス", "レンゲ",
)  # fmt: skip
NAMES = len(COLOURS) * len(BEINGS)


def _name(place: int) -> str:
    colour, being = divmod(place % NAMES, len(BEINGS))
    return f"{COLOURS[colour]}の{BEINGS[being]}さん"


def handle_for(author_tag: str, taken: Collection[str]) -> str:
    """A name such as 「みずいろのカモメさん」 for a tag, different from all names `taken` in the thread.

    The first choice comes from the tag alone. If it is taken, the next free name follows; if all are
    taken, the first choice with a number.
    """
    first = int.from_bytes(hashlib.sha256(author_tag.encode()).digest()[:8]) % NAMES
    for step in range(min(NAMES, len(taken) + 1)):
        # A step that is no divisor of NAMES goes round all of them and changes both words.
        name = _name(first + step * 1_021)
        if name not in taken:
            return name
    number = 2
    while (name := f"{_name(first)}{number}") in taken:
        number += 1
    return name
