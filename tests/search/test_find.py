"""A parent types a few words and meets the threads of those who had the same worry."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forum.search.service import SearchIndex
from forum.search.types import Document
from tests.search.conftest import DOCUMENTS


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("夜泣き", "night"),
        ("よなき", "night"),
        ("ﾖﾅｷ", "night"),
        ("夜中に起きてばかりで眠れない", "night"),
        ("ねてくれない 寝かしつけ", "sleep"),
        ("保育園 落ちた", "nursery"),
        ("ほいくえんにおちました", "nursery"),
        ("待機児童になってしまった", "nursery"),
        ("びょうじほいく", "sick"),
        ("好き嫌いが多くて困る", "food"),
        ("おむつ外れ", "toilet"),
        ("不登校", "school"),
        ("ママ友ができない", "friend"),
        ("給食のお金が払えない", "money"),
    ],
)
def test_parents_words_find_the_thread(standing: SearchIndex, typed: str, first: str) -> None:
    hits = standing.find(typed)
    assert hits and hits[0].id == first


@pytest.mark.parametrize(
    "typed",
    ["量子コンピュータの仕組み", "おいしいラーメン屋", "asdfgh", "!!!", "こんにちは", "", "  ", "の が を"],
)
def test_nothing_fits_is_said_honestly(standing: SearchIndex, typed: str) -> None:
    assert standing.find(typed) == []


def test_a_concept_never_hides_an_exact_match(index: SearchIndex) -> None:
    index.put(
        [
            Document("kon1", "ぐずる", "コリックで泣き続けてばかりです。黄昏泣きもします。ギャン泣きです。"),
            Document("kon2", "泣き止まない", "黄昏泣きやコリックで泣きっぱなし。たそがれ泣きと聞きました。"),
            Document(
                "exact",
                "長い話",
                "大泣き。" + "公園で遊んだり買い物に行ったりする毎日のことを書きます。" * 20,
            ),
        ]
    )
    hits = index.find("大泣き")
    assert hits[0].id == "exact"
    assert {"kon1", "kon2"} <= {hit.id for hit in hits}


def test_a_hit_tells_the_words_and_concepts_it_shares(standing: SearchIndex) -> None:
    hit = standing.find("夜泣き 一時預かり")[0]
    assert hit.id == "night"
    assert {"夜泣き", "一時預かり"} <= set(hit.words)
    assert "夜泣き" in hit.concepts


def test_limit_and_exclusion(standing: SearchIndex) -> None:
    everything = [hit.id for hit in standing.find("一時預かり 保育園 夜泣き 食べない")]
    assert len(everything) > 2
    assert [hit.id for hit in standing.find("一時預かり 保育園 夜泣き 食べない", limit=1)] == everything[:1]
    without = standing.find("一時預かり 保育園 夜泣き 食べない", exclude=everything[:1])
    assert [hit.id for hit in without] == everything[1:]
    assert standing.find("夜泣き", limit=0) == []


def test_a_new_post_meets_its_like(standing: SearchIndex) -> None:
    hits = standing.similar(
        "もう限界",
        "10か月になる息子が毎晩よなきをして、1時間おきに目をさまします。夫は朝が早いので私ひとりで、"
        "昼間も眠くてふらふらです。いつまで続くのでしょう。",
    )
    assert hits[0].id == "night"
    assert standing.similar("", "") == []
    assert "night" not in {hit.id for hit in standing.similar("夜泣き", "夜泣き", exclude=("night",))}


def test_the_same_question_gets_the_same_answer(standing: SearchIndex) -> None:
    assert standing.find("一時預かり 保育園") == standing.find("一時預かり 保育園")


ANYTHING = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=80),
    st.text(
        st.sampled_from('夜泣きAND OR NOT()"*?~^[]{}:\\/+-!\x00\ud800\udfff\u202e\u200b\n body:title: '),
        max_size=80,
    ),
    st.text(st.sampled_from("保育園よなき漢aー1 "), min_size=1, max_size=40).map(
        lambda piece: (piece * 2000)[:2000]
    ),
)


@settings(deadline=None, max_examples=25)
@given(ANYTHING)
@example("\ud800\x00")
@example('"' * 2000)
@example("id:night OR *:*")
@example("夜泣き" * 5000)
def test_nothing_that_can_be_typed_raises(standing: SearchIndex, typed: str) -> None:
    ids = {document.id for document in DOCUMENTS}
    assert {hit.id for hit in standing.find(typed)} <= ids
    assert {hit.id for hit in standing.similar(typed, typed)} <= ids
