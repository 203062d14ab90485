"""The line under a hit shows why it was found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.language.concepts import Thesaurus
from forum.search.passages import Segment, passage, passage_of
from tests.search.conftest import DOCUMENTS

NIGHT = DOCUMENTS[0]


def shown(segments: tuple[Segment, ...]) -> str:
    return "".join(f"[{s.text}]" if s.marked else s.text for s in segments)


def test_inflected_words_are_marked_as_written() -> None:
    assert (
        shown(passage("昨日は夜中に３回も起きました。", ["夜中", "起きる"]))
        == "昨日は[夜中]に３回も[起き]ました。"
    )


def test_another_spelling_is_marked_too() -> None:
    assert shown(passage("ほいくえんは\u3000楽しい", ["保育園"])) == "[ほいくえん]は 楽しい"


def test_the_window_lies_where_most_words_are() -> None:
    text = "天気の話。" * 40 + "夜泣きがひどく、一時預かりを使いました。" + "買い物の話。" * 40
    line = shown(passage(text, ["夜泣き", "一時預かり"], width=60))
    assert line.startswith("…[夜泣き]がひどく、[一時預かり]を使いました。")
    assert line.endswith("…")
    assert len(line) < 75


def test_without_a_match_the_beginning_is_shown() -> None:
    assert passage("あさごはんの話です。", ["夜泣き"]) == (Segment("あさごはんの話です。", False),)
    assert passage("", ["夜泣き"]) == ()


def test_common_short_kana_is_not_marked() -> None:
    assert shown(passage("いい夢を見ない夜", ["いい", "ない", "夢"])) == "いい[夢]を見ない夜"


def test_a_concept_is_marked_by_the_words_that_say_it(thesaurus: Thesaurus) -> None:
    segments = passage("なんどもなんども夜中に何度も起きる子", [], 90, thesaurus, ["夜泣き"])
    assert "[夜中に何度も起きる]" in shown(segments)


@pytest.mark.parametrize(
    ("words", "part", "reply"),
    [
        (["夜泣き"], "title", None),
        (["夜中", "抱っこ"], "body", None),
        (["一時預かり", "昼"], "reply", 1),
        (["生活", "リズム"], "reply", 0),
        ([], "body", None),
    ],
)
def test_it_tells_which_part_speaks(words: list[str], part: str, reply: int | None) -> None:
    found = passage_of(NIGHT, words)
    assert (found.part, found.reply) == (part, reply)
    assert any(segment.marked for segment in found.segments) == bool(words)


@settings(deadline=None, max_examples=60)
@given(
    st.text(
        st.one_of(st.characters(exclude_categories=()), st.sampled_from("夜泣き。保育園 \n")), max_size=300
    ),
    st.lists(st.sampled_from(["夜泣き", "保育園", "園", "\ud800", "a"]), max_size=3),
    st.integers(1, 120),
)
def test_a_passage_is_made_of_the_text(text: str, words: list[str], width: int) -> None:
    squeezed = "".join(text.split())
    segments = passage(text, words, width)
    inner = [s.text for i, s in enumerate(segments) if not (s.text == "…" and i in (0, len(segments) - 1))]
    assert "".join("".join(inner).split()) in squeezed
    assert sum(map(len, inner)) <= width
