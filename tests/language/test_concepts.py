"""Different words for one worry fire the same concept, and say which words of the text did it."""

import time
from pathlib import Path

import pytest

from forum.language.concepts import Group, Thesaurus
from forum.language.tokens import analyse


@pytest.fixture(scope="module")
def national() -> Thesaurus:
    return Thesaurus.load()


def small(*words: str) -> Thesaurus:
    return Thesaurus([Group("眠り", 1.0, words, ("infant_visit",), "母子保健")])


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("よなきがひどいです", "夜泣き"),
        ("夜中に何度も起きるので限界", "夜泣き"),
        ("ぜんぜん寝てくれへん", "寝ない"),
        ("ねない子をどうすれば", "寝ない"),
        ("赤ちゃんをかわいいとは思えなくて", "産後うつ"),
        ("ほいくえんに落ちてしまいました", "保育園落ちた"),
        ("保育園 落ちた", "保育園落ちた"),
        ("ﾌｧﾐｻﾎﾟを使ってみたい", "ファミサポ"),
        ("＃８０００にかけるか迷う", "救急"),
        ("学校に行きません", "不登校"),
        ("子どもを叩いてしまった", "手をあげる"),
        ("りにゅうしょくをたべない", "離乳食"),
        ("じどうてあてはどこですか", "手当"),
    ],
)
def test_parents_words_fire_the_concept(national: Thesaurus, text: str, group: str) -> None:
    assert group in {hit.group for hit in national.find(text)}


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("足にまつわりつく猫", "悪阻"),  # つわり inside another word
        ("nurseさんに聞いた", "感染症"),  # rs inside a latin word
        ("子どもと一緒に寝る", "寝ない"),  # the negation is part of the word
        ("一時間ほど電車を見ていた", "一時預かり"),
        ("今日は天気がいい。保育士になりたい", "保育園落ちた"),
    ],
)
def test_a_piece_of_another_word_does_not(national: Thesaurus, text: str, group: str) -> None:
    assert group not in {hit.group for hit in national.find(text)}


def test_a_hit_shows_the_words_as_typed() -> None:
    text = "毎晩、ﾖﾅｷで\u3000寝てくれません。"
    hits = small("夜泣き", "寝ない").find(text)
    assert [(hit.surface, text[hit.start : hit.end]) for hit in hits] == [
        ("ﾖﾅｷ", "ﾖﾅｷ"),
        ("寝てくれません", "寝てくれません"),
    ]
    assert hits[0].needs == ("infant_visit",)


def test_overlapping_words_of_one_group_count_once() -> None:
    assert [hit.surface for hit in small("寝かしつけ", "寝かしつけない").find("寝かしつけない日")] == [
        "寝かしつけない"
    ]


def test_a_run_does_not_cross_a_full_stop_but_crosses_a_space() -> None:
    thesaurus = small("保育園いや")
    assert thesaurus.find("保育園 いや")
    assert not thesaurus.find("あれは保育園。いやでも行く")


def test_a_word_left_with_one_general_base_counts_only_as_written() -> None:
    thesaurus = small("何から")
    assert thesaurus.find("何から始めれば")
    assert not thesaurus.find("何が食べたい?")


def test_tokens_at_hand_give_the_same(national: Thesaurus) -> None:
    text = "夜泣きがつらい。一時預かりはどこに頼めば?"
    assert national.find(text, analyse(text)) == national.find(text)


def test_a_city_adds_words_and_groups(tmp_path: Path, national: Thesaurus) -> None:
    city = tmp_path / "synonyms.toml"
    city.write_text(
        '[[group]]\nid = "支援センター"\nwords = ["ゆめっこ広場"]\n\n'
        '[[group]]\nid = "湖の遊び"\nwords = ["しじみ取り"]\nneeds = ["childrens_hall"]\nowner = "市"\n',
        encoding="utf-8",
    )
    both = Thesaurus.load(city)
    assert {hit.group for hit in both.find("ゆめっこ広場でしじみ取り")} >= {"支援センター", "湖の遊び"}
    assert both.groups["支援センター"].needs == national.groups["支援センター"].needs
    assert both.stamp != national.stamp
    assert Thesaurus.load().stamp == national.stamp


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('id = "空"\nwords = []', "words are missing"),
        ('id = "二 語"\nwords = ["あ"]', "one word"),
        ('id = "重"\nwords = ["あ"]\nweight = 3', "weight"),
        ('id = "誤"\nword = ["あ"]', "unknown field word"),
        ('id = "型"\nwords = [1]', "words must be"),
    ],
)
def test_a_faulty_group_is_named(tmp_path: Path, table: str, said: str) -> None:
    path = tmp_path / "city.toml"
    path.write_text(f"[[group]]\n{table}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"city.toml: group 1.*{said}"):
        Thesaurus.load(path)


def test_each_national_group_has_an_owner_and_no_word_twice(national: Thesaurus) -> None:
    assert len(national.groups) > 150
    for group in national.groups.values():
        assert group.owner, group.id
        assert len(set(group.words)) == len(group.words), group.id
    everywhere = {"いつ", "いつから", "費用", "写真", "父", "真似", "準備", "困る", "相談", "夫"}
    assert not everywhere & {word for group in national.groups.values() for word in group.words}


def test_it_is_quick(national: Thesaurus) -> None:
    text = "2歳の子がイヤイヤ期で、毎晩寝かしつけに2時間かかります。夫は帰りが遅く、頼れる人もいません。" * 6
    tokens = analyse(text)
    started = time.perf_counter()
    for _ in range(20):
        national.find(text, tokens)
    assert (time.perf_counter() - started) / 20 < 0.02  # 1 ms on a quiet machine
