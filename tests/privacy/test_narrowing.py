"""Which details together tell of few families, what a city's counts add, and what would say less."""

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.city.pack import CityPack, load_pack
from forum.privacy.masking import mask
from forum.privacy.narrowing import THRESHOLD, Narrowing, Population, joined, narrowing
from forum.privacy.types import Masked
from tests.conftest import MINATO

TODAY = date(2026, 12, 2)
NOWHERE = Population()


def population(pack: CityPack) -> Population:
    assert pack.counts is not None
    places = {district.name: frozenset((district.name,)) for district in pack.districts}
    return Population(places, pack.counts.children)


@pytest.fixture(scope="module")
def minato() -> Population:
    return population(load_pack(MINATO))


def read(text: str, known: Population = NOWHERE) -> Narrowing:
    return narrowing(text, known, TODAY)


def coarser(text: str, known: Population = NOWHERE) -> str:
    return joined(Masked(text, ()), read(text, known)).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("潮鳴に住む3歳2か月の双子です", "市内に住む3歳ごろのきょうだいです"),
        ("小2の息子は1型糖尿病です", "小学校低学年の息子は病気です"),
        (
            "11月3日、救急車を呼びました。夫は消防士、6年生の三姉妹です",
            "先月、救急車を呼びました。夫は公の仕事、小学校高学年のきょうだいです",
        ),
        ("ブラジル人の夫と、父子家庭だった義父", "海外出身の夫と、ひとり親だった義父"),
        ("17歳で出産して、北海道から引っ越してきました", "若くして出産して、市外から引っ越してきました"),
        ("２歳１か月、ダウン症です", "2歳ごろ、生まれつきの病気です"),
    ],
)
def test_a_combination_gets_coarser_words_in_its_place(text: str, said: str, minato: Population) -> None:
    assert coarser(text, minato) == said
    assert read(said, minato).score < THRESHOLD


@pytest.mark.parametrize(
    "text",
    [
        "3歳2か月で言葉が遅いです",
        "小2の息子が宿題をしません。夫は帰りが遅いです",
        "8月3日に予防接種です。2歳です",
        "双子の夜泣きで眠れません",
        "潮鳴に引っ越したい",
        "10月に引っ越してきました。1歳半です",
        "夫は看護師です。年長の子がいます",
    ],
)
def test_one_or_two_common_facts_tell_of_nobody(text: str, minato: Population) -> None:
    assert coarser(text) == text and coarser(text, minato) == text


def test_where_counts_are_known_they_decide_for_place_and_age(minato: Population) -> None:
    few = read("潮鳴に住む3歳の子です", minato)
    assert (few.level, few.counted) == ("few", True), "seven children of three years live there"
    many = read("灯台前に住む3歳の子です", minato)
    assert (many.narrow, many.counted) == (False, True)
    tens = read("磯の里に住む3歳の子で、11月3日に入園しました、吃音です", minato)
    assert (tens.level, tens.counted) == ("tens", True)


def test_what_is_not_counted_stays_unknown(minato: Population) -> None:
    """帆風 has no row: nothing is taken from its neighbours, and no number of families is said."""
    assert minato.count({"帆風"}, {3}) is None
    assert minato.count({"潮鳴", "帆風"}, {3}) is None
    assert minato.count({"潮鳴"}, {3, 99}) is None and minato.count((), {3}) is None
    unknown = read("帆風に住む3歳の双子です", minato)
    assert (unknown.level, unknown.counted, unknown.registered) == ("some", False, True)


def test_a_city_without_counts_goes_by_the_clues_alone() -> None:
    advice = read("小2の双子、夫はブラジル人です")
    assert (advice.level, advice.counted, advice.registered) == ("some", False, False)


def test_what_is_hidden_anyway_narrows_nothing() -> None:
    text = "双子の陽翔と母は090-1234-5678の父子家庭"
    spans = mask(text).spans
    assert all(
        clue.end <= span.start or span.end <= clue.start
        for clue in narrowing(text, NOWHERE, TODAY, hidden=spans).spans
        for span in spans
    )


def test_what_a_field_tells_counts_beside_the_text() -> None:
    text = "難聴の子の寝かしつけ"
    assert not narrowing(text, NOWHERE, TODAY).narrow
    assert narrowing(text, NOWHERE, TODAY, beside=("age",)).narrow


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12月1日", "今月"),
        ("11月30日の20時ごろ", "先月"),
        ("3月4日", "3月ごろ"),
        ("2024年3月4日", "2024年ごろ"),
        ("2026年11月4日", "先月"),
    ],
)
def test_a_day_becomes_a_month(text: str, said: str) -> None:
    assert coarser(f"{text}、父子家庭の双子") == f"{said}、ひとり親のきょうだい"


FACTS = [
    line
    for line in """
潮鳴に住んでいます|灯台前学区です|帆風の近所です|鈴鳴町に引っ越しました|小2の息子|中3の娘と年長の弟|6年2組の子
5年生です|3歳2か月の子|生後3か月です|生後20日目|11か月の男の子です|10歳の姉|双子|三つ子|5人きょうだい
4人のママです|ダウン症|白血病の治療|吃音|人工内耳|夫は漁師|主人が警察官で|私は看護師|フィリピン出身の妻
ベトナムから来て|北海道から転勤で|11月3日に|2025年1月2日の10時に|父子家庭|里子|16歳で産みました
全国大会で優勝|もも組の|国際結婚|生活保護|眠れません|どうしたらいいでしょう
""".replace("\n", "|").split("|")
    if line
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FACTS), min_size=1, max_size=8), st.sampled_from("。、 \n"), st.booleans())
def test_coarser_words_always_lead_below_the_threshold(facts: list[str], mark: str, counted: bool) -> None:
    known = population(load_pack_once()) if counted else NOWHERE
    text = mark.join(facts)
    offered = coarser(text, known)
    assert read(offered, known).score < THRESHOLD, (text, offered)
    assert coarser(offered, known) == offered


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300) | st.lists(st.sampled_from(FACTS), max_size=40).map("".join))
def test_any_text_has_its_spans_in_order(text: str) -> None:
    spans = read(text).spans
    assert all(text[span.start : span.end] == span.original for span in spans)
    assert all(first.end <= second.start for first, second in itertools.pairwise(spans))


_PACKS: list[CityPack] = []


def load_pack_once() -> CityPack:
    if not _PACKS:
        _PACKS.append(load_pack(MINATO))
    return _PACKS[0]
